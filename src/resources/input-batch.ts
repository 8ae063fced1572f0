import { Input as InputCodec } from '../../generated/codec/core';
import type { Input } from '../../generated/proto/clarifai/api/resources';

/** Key of the only field of the message InputBatch: number 1, with a length. */
const inputsKey = 0x0a;

/** What one input may take, so that a broken length is not waited for. */
const maxInputBytes = 256 * 1024 * 1024;

/**
 * The inputs of an encoded InputBatch, one by one: the batch is never in memory as a whole.
 *
 * @throws Error for bytes that are something else
 */
export async function* readInputBatch(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Input, void, undefined> {
  const bytes = new Bytes(pieces);
  try {
    while (await bytes.areLeft()) {
      if ((await bytes.byte()) !== inputsKey) throw new Error('it holds something else than inputs');
      const length = await lengthIn(bytes);
      if (length > maxInputBytes) throw new Error(`an input of ${length} bytes is too large`);
      yield InputCodec.decode(await bytes.take(length));
    }
  } finally {
    await bytes.close();
  }
}

/** A varint, which a length is written as. */
async function lengthIn(bytes: Bytes): Promise<number> {
  let length = 0;
  for (let weight = 1; weight < 2 ** 35; weight *= 128) {
    const byte = await bytes.byte();
    length += (byte & 0x7f) * weight;
    if (byte < 0x80) return length;
  }
  throw new Error('it has a length that is none');
}

/** Bytes that come in pieces, taken in others. */
class Bytes {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  async areLeft(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const next = await this.#pieces.next();
      if (next.done === true) return false;
      this.#rest = next.value;
    }
    return true;
  }

  async byte(): Promise<number> {
    const [byte = 0] = await this.take(1);
    return byte;
  }

  async take(count: number): Promise<Uint8Array> {
    const pieces = [this.#rest];
    for (let have = this.#rest.length; have < count;) {
      const next = await this.#pieces.next();
      if (next.done === true) throw new Error('it ends in the middle of an input');
      pieces.push(next.value);
      have += next.value.length;
    }
    const all = pieces.length === 1 ? this.#rest : Buffer.concat(pieces);
    this.#rest = all.subarray(count);
    return all.subarray(0, count);
  }

  async close(): Promise<void> {
    await this.#pieces.return?.();
  }
}
