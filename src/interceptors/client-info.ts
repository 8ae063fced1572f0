import { Metadata } from '@grpc/grpc-js';

/** What says which client is calling; the service starts its request ids with the prefix. */
export function clientInfo(requestIdPrefix: string): Metadata {
  const metadata = new Metadata();
  metadata.set('x-clarifai-request-id-prefix', requestIdPrefix);
  return metadata;
}
