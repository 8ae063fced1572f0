import { randomBytes } from 'node:crypto';

/** Source of the random bytes that ids are made of. */
export type RandomBytes = (size: number) => Uint8Array;

const poolBytes = 4096;

/** Bytes that are the same in every run for the same seed; without a seed, bytes that nobody can guess. */
export function createRandomBytes(seed?: number): RandomBytes {
  if (seed === undefined) return pooledRandomBytes();
  const next = createRandom(seed);
  return (size) => Uint8Array.from({ length: size }, () => Math.floor(next() * 256));
}

/** Random bytes from a pool: to fetch them from the system for every id would cost more than most calls do otherwise. */
function pooledRandomBytes(): RandomBytes {
  let pool: Uint8Array = new Uint8Array();
  return (size) => {
    if (size > poolBytes) return randomBytes(size);
    if (pool.length < size) pool = randomBytes(poolBytes);
    const bytes = pool.subarray(0, size);
    pool = pool.subarray(size);
    return bytes;
  };
}

/** Numbers in [0, 1) that follow from the seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
