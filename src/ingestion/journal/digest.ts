import { hash } from 'node:crypto';
import type { DoneKind } from './records';

/**
 * An id and what became of its item, in twelve bytes: 93 bits of hash, and in the three lowest bits of the third word the
 * kind, which is never 0. A list of digests is a Uint32Array with three words each.
 */
export const wordsPerDigest = 3;
export const digestBytes = 12;
export const kindBits = 0b111;

/** By number. What says that there is an input is higher than what does not. */
const kinds: readonly (DoneKind | undefined)[] = [
  undefined,
  'rejected',
  'dead-lettered',
  'already-existed',
  'accepted',
  'confirmed',
];

export function digestOf(id: string, kind?: DoneKind): Uint32Array {
  const bytes = Buffer.from(hash('sha256', id, 'hex').slice(0, 2 * digestBytes), 'hex');
  const digest = Uint32Array.of(bytes.readUInt32LE(0), bytes.readUInt32LE(4), bytes.readUInt32LE(8) & ~kindBits);
  if (kind !== undefined) digest[2] = (digest[2] as number) | kinds.indexOf(kind);
  return digest;
}

/** @param word the third of a digest */
export function kindOf(word: number): DoneKind | undefined {
  return kinds[word & kindBits];
}
