import type { ClientIdentity } from './messages';

/** Stands in messages for a client that nobody named. */
export const unknownClient: ClientIdentity = Object.freeze({ address: '' });
