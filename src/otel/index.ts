/**
 * Spans and metrics for OpenTelemetry.
 *
 * @module clarifai-grpc/otel
 */

export { instrument } from './instrument';
export type { InstrumentOptions } from './instrument';
