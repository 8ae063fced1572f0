import type { Meter } from '@opentelemetry/api';
import { observe } from '../diagnostics/observe';
import { errorType, rpcMethod, serverAttributes } from './attributes';

/** Seconds: a chunk of large files takes longer than most calls. */
const durationBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80];
/** Powers of four from 1 KiB to the 128 MiB that a request may have. */
const sizeBuckets = [1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864, 134217728];
/** Powers of two to the 128 inputs that a request may have. */
const inputBuckets = [1, 2, 4, 8, 16, 32, 64, 128];

/** Counts what ingestions send and what became of it. */
export function observeIngestion(meter: Meter): () => void {
  const duration = meter.createHistogram('clarifai.ingestion.chunk.duration', {
    unit: 's',
    description: 'Time from sending a chunk of inputs to its answer',
    advice: { explicitBucketBoundaries: durationBuckets },
  });
  const size = meter.createHistogram('clarifai.ingestion.chunk.size', {
    unit: 'By',
    description: 'Encoded size of the inputs of a chunk',
    advice: { explicitBucketBoundaries: sizeBuckets },
  });
  const inputs = meter.createHistogram('clarifai.ingestion.chunk.inputs', {
    unit: '{input}',
    description: 'Inputs of a chunk',
    advice: { explicitBucketBoundaries: inputBuckets },
  });
  const outcomes = meter.createCounter('clarifai.ingestion.outcomes', {
    unit: '{input}',
    description: 'What became of the inputs that were read',
  });
  const ackFailures = meter.createCounter('clarifai.ingestion.ack.failures', {
    unit: '{call}',
    description: 'Calls of ack, nack and extend of a source that failed',
  });
  const stops = [
    observe('clarifai-grpc:chunk', ({ client, method, items, bytes, durationMs, error }) => {
      const attributes = { 'rpc.method': rpcMethod(method), ...serverAttributes(client), ...errorType(error) };
      duration.record(durationMs / 1000, attributes);
      size.record(bytes, attributes);
      inputs.record(items, attributes);
    }),
    observe('clarifai-grpc:outcome', ({ client, kind, error }) => {
      outcomes.add(1, { 'clarifai.outcome': kind, ...serverAttributes(client), ...errorType(error) });
    }),
    observe('clarifai-grpc:ack-failed', ({ client, call, error }) => {
      ackFailures.add(1, { 'clarifai.source.call': call, ...serverAttributes(client), ...errorType(error) });
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
