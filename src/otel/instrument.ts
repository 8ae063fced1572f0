import type { MeterProvider, TracerProvider } from '@opentelemetry/api';
import { assertObject } from '../base/assert';
import { version } from '../base/version';
import { loadApi } from './api';
import { observeIngestion } from './ingestion-metrics';
import { RpcTelemetry } from './rpc-telemetry';

/** Where spans and metrics go. */
export interface InstrumentOptions {
  /** @default the global one */
  readonly tracerProvider?: TracerProvider | undefined;
  /** @default the global one, as it is when `instrument` is called */
  readonly meterProvider?: MeterProvider | undefined;
}

const scope = 'clarifai-grpc';

/**
 * Makes OpenTelemetry spans and metrics of what every client and stub of this process does, in the conventions for RPC: one
 * span a call with one below it for each attempt, the trace context in the metadata of the attempt, the duration of calls, and
 * what an ingestion sent and what became of its inputs. Call it once, after the SDK has started.
 *
 * @returns what ends it
 * @throws an error that names the package when `@opentelemetry/api` is not installed
 * @example
 * new NodeSDK().start();
 * instrument();
 */
export function instrument(options: InstrumentOptions = {}): () => void {
  assertObject(options, 'options', ['tracerProvider', 'meterProvider']);
  const api = loadApi();
  const { tracerProvider = api.trace.getTracerProvider(), meterProvider = api.metrics.getMeterProvider() } = options;
  const meter = meterProvider.getMeter(scope, version);
  const rpc = new RpcTelemetry(api, tracerProvider.getTracer(scope, version), meter);
  const stop = observeIngestion(meter);
  return () => {
    rpc.stop();
    stop();
  };
}
