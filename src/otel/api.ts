import { optionalPackage } from '../base/optional-package';

/** What `@opentelemetry/api` exports. */
export type OpenTelemetryApi = typeof import('@opentelemetry/api');

export function loadApi(): OpenTelemetryApi {
  return optionalPackage(
    '@opentelemetry/api',
    'clarifai-grpc/otel needs',
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- an optional package is loaded when it is used
    () => require('@opentelemetry/api') as OpenTelemetryApi,
  );
}
