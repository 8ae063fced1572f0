import type { StatusObject } from '@grpc/grpc-js';
import type { ClarifaiError } from '../base/errors';
import { fromGrpcStatus } from '../base/to-clarifai-error';
import { fromMetadata } from './metadata';
import type { Transport } from './transport';

/** The error for a call that did not end with OK, or ended without an answer. */
export function toRpcError(
  { code, details, metadata }: StatusObject,
  method: string,
  transport: Transport,
): ClarifaiError {
  const { redact, maxReceiveBytes, clock } = transport;
  return fromGrpcStatus(
    { code, details, metadata: fromMetadata(metadata) },
    { method, redact, maxReceiveBytes, clock },
  );
}
