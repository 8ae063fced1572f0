import { randomBytes } from 'node:crypto';

/** A new id in the service's own form: 32 hexadecimal digits of randomness. */
export function randomId(bytes: (size: number) => Uint8Array = randomBytes): string {
  return Buffer.from(bytes(16)).toString('hex');
}
