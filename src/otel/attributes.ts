import type { Attributes } from '@opentelemetry/api';
import { ClarifaiError } from '../base/errors';
import { grpcCodeName } from '../base/grpc-code';
import type { ClientIdentity, Ending } from '../diagnostics/messages';

/** The RPC's full name, as the conventions want it. */
export function rpcMethod(method: string): string {
  return `clarifai.api.V2/${method}`;
}

export function serverAttributes({ address }: ClientIdentity): Attributes {
  const colon = address.lastIndexOf(':');
  return { 'server.address': address.slice(0, colon), 'server.port': Number(address.slice(colon + 1)) };
}

/** What is known of an RPC when it starts. */
export function rpcAttributes(method: string, client: ClientIdentity): Attributes {
  return { 'rpc.system.name': 'grpc', 'rpc.method': rpcMethod(method), ...serverAttributes(client) };
}

/** How it ended; an abort is no error. */
export function endAttributes(ending: Ending | undefined, error: unknown): Attributes {
  if (ending === 'ok') return { 'rpc.response.status_code': 'OK' };
  if (ending === 'aborted') return { 'rpc.response.status_code': 'CANCELLED' };
  const grpc = grpcStatus(error);
  return { ...(grpc === undefined ? {} : { 'rpc.response.status_code': grpc }), ...errorType(error) };
}

/** What a span has of an error: never its message, which may quote what was sent. */
export function errorDetails(error: unknown): Attributes {
  if (!(error instanceof ClarifaiError)) return {};
  const { statusCode, requestId } = error;
  return {
    ...(statusCode === undefined ? {} : { 'clarifai.status_code': statusCode }),
    ...(requestId === undefined ? {} : { 'clarifai.request_id': requestId }),
  };
}

export function errorType(error: unknown): Attributes {
  if (error === undefined) return {};
  if (error instanceof ClarifaiError) return { 'error.type': error.code };
  return { 'error.type': error instanceof Error ? error.name : '_OTHER' };
}

/** `undefined` when there was no gRPC status, as for a request that could not be encoded. */
function grpcStatus(error: unknown): string | undefined {
  if (!(error instanceof ClarifaiError)) return undefined;
  // The failure is told in the body of an answer that gRPC calls a success.
  if (error.source === 'status') return 'OK';
  return error.grpcCode === undefined ? undefined : (grpcCodeName(error.grpcCode) ?? String(error.grpcCode));
}
