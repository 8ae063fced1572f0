import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  type MetricData,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { GrpcCode } from '../../../src/base/grpc-code';
import { Clarifai } from '../../../src/client';
import { type Emulator, startEmulator } from '../../../src/emulator/index';
import { instrument } from '../../../src/otel/index';
import { V2Stub } from '../../../src/rpc/index';

const spans = new InMemorySpanExporter();
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
const metrics = new InMemoryMetricExporter(AggregationTemporality.DELTA);
// Nothing is exported until it is asked for.
const reader = new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 3_600_000 });
const meterProvider = new MeterProvider({ readers: [reader] });
const model = 'https://clarifai.com/clarifai/main/models/general-image-recognition';
const inputs = ['https://samples.clarifai.com/metro-north.jpg'];

let emulator: Emulator;
let clarifai: Clarifai;
let stop: () => void;

beforeAll(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  emulator = await startEmulator();
  clarifai = new Clarifai(emulator.clientOptions);
});

beforeEach(async () => {
  stop = instrument({ tracerProvider, meterProvider });
  await meterProvider.forceFlush();
  metrics.reset();
  spans.reset();
});

afterEach(() => stop());

afterAll(async () => {
  await clarifai.close();
  await emulator.close();
  await meterProvider.shutdown();
  context.disable();
  propagation.disable();
});

const server = (): object => ({
  'server.address': '127.0.0.1',
  'server.port': Number(new URL(emulator.base).port),
});

/** Name, parent's name and attributes of each span. */
function tree(): { name: string; parent: string | undefined; attributes: object }[] {
  const all = spans.getFinishedSpans();
  const nameOf = (id: string | undefined): string | undefined =>
    all.find((span) => span.spanContext().spanId === id)?.name;
  return all.map(({ name, parentSpanContext, attributes }) => ({
    name,
    parent: nameOf(parentSpanContext?.spanId),
    attributes,
  }));
}

async function recorded(): Promise<Record<string, { value: unknown; attributes: object }[]>> {
  await meterProvider.forceFlush();
  const all = metrics.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  const points = ({ dataPoints }: MetricData): { value: unknown; attributes: object }[] =>
    dataPoints.map(({ value, attributes }) => ({
      value: typeof value === 'number' ? value : value.count,
      attributes,
    }));
  return Object.fromEntries(all.map((metric) => [metric.descriptor.name, points(metric)]));
}

describe('spans', () => {
  test('are one for a call and one below it for each attempt, with the attributes of the RPC conventions', async () => {
    emulator.script('PostModelOutputs', [{ grpc: GrpcCode.UNAVAILABLE }, { status: 11005 }, 'ok']);
    await clarifai.postModelOutputs({ model, inputs });
    const rpc = { 'rpc.system.name': 'grpc', 'rpc.method': 'clarifai.api.V2/PostModelOutputs', ...server() };
    const attempt = { name: 'Attempt clarifai.api.V2/PostModelOutputs', parent: 'clarifai.api.V2/PostModelOutputs' };
    const unavailable = { 'rpc.response.status_code': 'UNAVAILABLE', 'error.type': 'UNAVAILABLE' };
    const all = tree();
    expect(all).toHaveLength(4);
    expect(all).toContainEqual({
      name: 'clarifai.api.V2/PostModelOutputs',
      parent: undefined,
      attributes: { ...rpc, 'rpc.response.status_code': 'OK' },
    });
    expect(all).toContainEqual({ ...attempt, attributes: { ...rpc, 'clarifai.attempt': 1, ...unavailable } });
    for (const number of [2, 3]) {
      const attributes = { ...rpc, 'clarifai.attempt': number, 'rpc.response.status_code': 'OK' };
      expect(all).toContainEqual({ ...attempt, attributes });
    }
    expect(spans.getFinishedSpans().map(({ kind }) => kind)).toEqual(all.map(() => SpanKind.CLIENT));
  });

  test('of a call tell of its retries', async () => {
    emulator.script('PostModelOutputs', [{ status: 11005 }, 'ok']);
    await clarifai.postModelOutputs({ model, inputs });
    const call = spans.getFinishedSpans().find(({ name }) => !name.startsWith('Attempt'));
    expect(call?.events).toMatchObject([
      { name: 'clarifai.retry', attributes: { 'clarifai.attempt': 1, 'error.type': 'CONN_THROTTLED' } },
    ]);
    expect(call?.status.code).toBe(SpanStatusCode.UNSET);
  });

  test('of a call that failed are errors, and quote no message', async () => {
    await expect(clarifai.postModelOutputs({ model: 'secret-model-name', inputs })).rejects.toThrow();
    const call = tree().find(({ parent }) => parent === undefined);
    expect(call?.attributes).toMatchObject({
      'rpc.response.status_code': 'OK',
      'error.type': 'MODEL_DOES_NOT_EXIST',
      'clarifai.status_code': 21200,
      'clarifai.request_id': expect.any(String),
    });
    const span = spans.getFinishedSpans().find(({ name }) => !name.startsWith('Attempt'));
    expect(span?.status).toEqual({ code: SpanStatusCode.ERROR });
    expect(JSON.stringify([tree(), spans.getFinishedSpans().map(({ events }) => events)])).not.toContain('secret');
  });

  test('of a call that was aborted are no errors', async () => {
    const controller = new AbortController();
    emulator.script('PostModelOutputs', [{ latencyMs: 60_000 }]);
    const outcomes = clarifai.postModelOutputs({ model, inputs }, { signal: controller.signal });
    while (emulator.requests({ method: 'PostModelOutputs' }).length === 0 || emulator.pendingScripts().length > 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    controller.abort(new Error('enough'));
    await expect(outcomes).rejects.toThrow('enough');
    for (const span of spans.getFinishedSpans()) {
      expect(span.attributes).toMatchObject({ 'rpc.response.status_code': 'CANCELLED' });
      expect(span.status.code).toBe(SpanStatusCode.UNSET);
    }
    expect(spans.getFinishedSpans()).toHaveLength(2);
  });

  test('of concurrent calls do not mix, and lie below the span that was active', async () => {
    const tracer = tracerProvider.getTracer('test');
    await Promise.all(
      ['a', 'b'].map((name) =>
        tracer.startActiveSpan(name, async (span) => {
          await clarifai.postModelOutputs({ model, inputs });
          span.end();
        }),
      ),
    );
    const parents = tree().filter(({ name }) => name === 'clarifai.api.V2/PostModelOutputs');
    expect(parents.map(({ parent }) => parent).sort()).toEqual(['a', 'b']);
    const traces = new Set(spans.getFinishedSpans().map((span) => span.spanContext().traceId));
    expect(traces.size).toBe(2);
  });

  test('of a raw call are the call itself', async () => {
    const stub = new V2Stub({ base: emulator.base, pat: emulator.pat });
    await stub.ListInputs({ userAppId: { userId: emulator.userId, appId: emulator.appId } });
    await stub.close();
    expect(tree().map(({ name, parent }) => [name, parent])).toEqual([['clarifai.api.V2/ListInputs', undefined]]);
  });

  test('of a raw call that a credential source makes lie below the call that asked for it', async () => {
    const stub = new V2Stub({ base: emulator.base, pat: emulator.pat });
    const token = async (): Promise<string> => {
      await stub.ListInputs({ userAppId: { userId: emulator.userId, appId: emulator.appId } });
      return emulator.pat;
    };
    const { pat: _, ...options } = emulator.clientOptions;
    await using own = new Clarifai({ ...options, token });
    await own.postModelOutputs({ model, inputs });
    await stub.close();
    expect(tree()).toContainEqual(
      expect.objectContaining({ name: 'clarifai.api.V2/ListInputs', parent: 'clarifai.api.V2/PostModelOutputs' }),
    );
  });

  test('of a stream are made likewise, also when its reader leaves', async () => {
    for await (const _ of clarifai.rpc.GenerateModelOutputs({
      userAppId: { userId: 'clarifai', appId: 'main' },
      modelId: 'synthetic-text-generation',
      inputs: [{ data: { text: { raw: 'count to three' } } }],
    })) {
      break;
    }
    expect(tree()).toMatchObject([
      { name: 'clarifai.api.V2/GenerateModelOutputs', attributes: { 'rpc.response.status_code': 'CANCELLED' } },
    ]);
  });
});

test('the trace context goes with every attempt, in its metadata', async () => {
  emulator.script('PostModelOutputs', [{ status: 11005 }, 'ok']);
  await clarifai.postModelOutputs({ model, inputs });
  const attempts = spans.getFinishedSpans().filter(({ name }) => name.startsWith('Attempt'));
  const sent = emulator.requests({ method: 'PostModelOutputs' }).slice(-2);
  expect(sent.map(({ metadata }) => metadata['traceparent'])).toEqual(
    attempts.map((span) => `00-${span.spanContext().traceId}-${span.spanContext().spanId}-01`),
  );
});

describe('metrics', () => {
  test('count a call once, whatever its attempts, by how it ended', async () => {
    emulator.script('PostModelOutputs', [{ status: 11005 }, 'ok']);
    await clarifai.postModelOutputs({ model, inputs });
    await expect(clarifai.postModelOutputs({ model: 'no-such-model', inputs })).rejects.toThrow();
    const rpc = { 'rpc.system.name': 'grpc', 'rpc.method': 'clarifai.api.V2/PostModelOutputs', ...server() };
    const ok = { 'rpc.response.status_code': 'OK' };
    const all = await recorded();
    expect(all['rpc.client.call.duration']).toEqual([
      { value: 1, attributes: { ...rpc, ...ok } },
      { value: 1, attributes: { ...rpc, ...ok, 'error.type': 'MODEL_DOES_NOT_EXIST' } },
    ]);
    expect(all['clarifai.client.retries']).toEqual([
      { value: 1, attributes: { ...rpc, 'error.type': 'CONN_THROTTLED' } },
    ]);
  });

  test('say what an ingestion sent and what became of its inputs', async () => {
    const items = Array.from({ length: 130 }, (_, n) => ({ text: `number ${n}` }));
    const { chunks } = await clarifai.ingest([...items, { file: 'there-is-no-such-file.jpg' }]).done;
    const all = await recorded();
    expect(all['clarifai.ingestion.chunk.duration']).toEqual([
      { value: chunks, attributes: { 'rpc.method': 'clarifai.api.V2/PostInputs', ...server() } },
    ]);
    // Which of the two comes first is the run's business.
    expect(all['clarifai.ingestion.outcomes']).toHaveLength(2);
    expect(all['clarifai.ingestion.outcomes']).toEqual(
      expect.arrayContaining([
        { value: 1, attributes: { 'clarifai.outcome': 'rejected', 'error.type': expect.any(String), ...server() } },
        { value: 130, attributes: { 'clarifai.outcome': 'accepted', ...server() } },
      ]),
    );
  });
});

test('after its end nothing is observed', async () => {
  stop();
  await clarifai.postModelOutputs({ model, inputs });
  expect(spans.getFinishedSpans()).toEqual([]);
  expect(emulator.requests({ method: 'PostModelOutputs' }).at(-1)?.metadata).not.toHaveProperty('traceparent');
});

test('without providers the global ones are used', async () => {
  stop();
  trace.setGlobalTracerProvider(tracerProvider);
  stop = instrument();
  await clarifai.postModelOutputs({ model, inputs });
  trace.disable();
  expect(spans.getFinishedSpans()).toHaveLength(2);
});
