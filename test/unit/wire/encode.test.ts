import Long from 'long';
import { runInNewContext } from 'node:vm';
import { Concept, Data, Image, Input, PostInputsRequest, Timestamp, Worker } from '../../../generated/codec/core';
import { DatasetVersionMetricsGroup } from '../../../generated/codec/resources';
import type { Input as InputMessage } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../../src/wire/codec';
import { EncodeError } from '../../../src/wire/errors';
import { Writer } from '../../../src/wire/writer';

/** Encodes what the types would not let a caller pass. */
const encodeInput = (message: unknown): string =>
  Buffer.from(Input.encode(message as DeepPartial<InputMessage>)).toString('hex');
const metadata = (value: unknown): string => encodeInput({ data: { metadata: value } });

describe('what counts as set', () => {
  test('null and undefined are not set', () => {
    expect(encodeInput({ id: 'a', data: undefined, status: null, unheardOf: undefined, other: null })).toBe('0a0161');
  });

  test('null is a value where any JSON value may stand', () => {
    const group = (value: unknown): string => Buffer.from(DatasetVersionMetricsGroup.encode({ value })).toString('hex');
    expect(group(null)).toBe('1a020800');
    expect(group(undefined)).toBe('');
    expect(DatasetVersionMetricsGroup.decode(Buffer.from('1a020800', 'hex')).value).toBeNull();
    class OfAClass {
      get value(): null {
        return null;
      }
    }
    expect(Buffer.from(DatasetVersionMetricsGroup.encode(new OfAClass())).toString('hex')).toBe('1a020800');
  });

  test('a default is left out, but for a member of a oneof', () => {
    expect(Concept.encode({ id: '', value: 0 })).toHaveLength(0);
    expect(Concept.encode({ value: -0 })).toEqual(Buffer.from('1d00000080', 'hex'));
  });

  test('fields are written in the order of their numbers, however they are named', () => {
    expect(encodeInput({ datasetIds: ['d'], data: {}, id: 'a' })).toBe(
      encodeInput({ id: 'a', data: {}, datasetIds: ['d'] }),
    );
  });

  test('an object may have no prototype, come from another realm, or be of a class with getters', () => {
    class Own {
      readonly data = {};
      get id(): string {
        return 'a';
      }
    }
    const expected = encodeInput({ id: 'a', data: {} });
    expect(encodeInput(Object.assign(Object.create(null) as object, { id: 'a', data: {} }))).toBe(expected);
    expect(encodeInput(runInNewContext('({ id: "a", data: {} })'))).toBe(expected);
    expect(encodeInput(new Own())).toBe(expected);
    expect(
      encodeInput({
        ...new Own(),
        get id() {
          return 'a';
        },
      }),
    ).toBe(expected);
  });

  test('a getter is asked once', () => {
    let asked = 0;
    encodeInput({
      get id() {
        return `${asked++}`;
      },
    });
    expect(asked).toBe(1);
  });
});

describe('what is refused', () => {
  class Unknown {
    readonly id = 'a';
    readonly url = 'u';
  }

  test.each<[string, unknown]>([
    ['a field that does not exist', { identifier: 'a' }],
    ['a proto name', { dataset_ids: [] }],
    ['a field that does not exist, in a class', new Unknown()],
    ['a name of Object.prototype', { toString: 'x' }],
    ['an array for a message', { data: [] }],
    ['an array of a message for a message', [{ id: 'a' }]],
    ['a date for a message', { createdAt: new Date(0) }],
    ['a Map for a message', { data: new Map() }],
    ['a promise for a message', { data: Promise.resolve({}) }],
    ['a function for a message', { data: () => ({}) }],
    ['a string for a message', { data: 'text' }],
    ['a number for a message', { data: 1 }],
    ['an object for a list', { datasetIds: { 0: 'a' } }],
    ['a string for a list', { datasetIds: 'abc' }],
    ['a hole in a list', { datasetIds: [, 'a'] }],
    ['null in a list', { data: { concepts: [null] } }],
    ['a number for a string', { id: 1 }],
    ['a lone surrogate', { id: '\ud800' }],
    ['a lone surrogate in a long string', { id: 'é'.repeat(100) + '\udc00' }],
    ['text for bytes', { data: { image: { base64: 'aGk=' } } }],
    ['other views for bytes', { data: { image: { base64: new Uint16Array(1) } } }],
    ['an ArrayBuffer for bytes', { data: { image: { base64: new ArrayBuffer(1) } } }],
    [
      'an object that pretends to be bytes',
      { data: { image: { base64: Object.create(Uint8Array.prototype) as unknown } } },
    ],
    ['a string for a boolean', { data: { image: { allowDuplicateUrl: 'true' } } }],
    ['a string for a number', { data: { concepts: [{ value: '1' }] } }],
    ['a fraction for an integer', { status: { code: 1.5 } }],
    ['more than 32 bits', { status: { code: 2 ** 31 } }],
    ['an unsafe number for 64 bits', { createdAt: { seconds: 2 ** 53 } }],
    ['a fraction for 64 bits', { createdAt: { seconds: '1.5' } }],
    ['more than 64 bits', { createdAt: { seconds: 2n ** 63n } }],
    ['more than 64 bits as text', { createdAt: { seconds: '-9223372036854775809' } }],
  ])('%s', (_what, message) => {
    expect(() => encodeInput(message)).toThrow(EncodeError);
  });

  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['NaN', NaN],
    ['infinity', Infinity],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a BigInt', 1n],
    ['a Date', new Date(0)],
    ['a Map', new Map()],
    ['a Set', new Set()],
    ['bytes', new Uint8Array(1)],
    ['a class instance', new Unknown()],
    ['a Long', Long.ONE],
    ['a hole', [, 1]],
    ['a lone surrogate', '\udfff'],
  ])('%s in a Struct', (_what, value) => {
    expect(() => metadata({ key: value })).toThrow(EncodeError);
    expect(() => metadata({ list: [value] })).toThrow(EncodeError);
  });

  test.each<[string, unknown]>([
    ['a list', []],
    ['a Map', new Map([['a', 1]])],
    ['text', 'text'],
    ['a class instance', new Unknown()],
  ])('%s for a Struct', (_what, value) => {
    expect(() => metadata(value)).toThrow(EncodeError);
  });

  test('a cycle', () => {
    const loop: Record<string, unknown> = {};
    loop['loop'] = loop;
    expect(() => metadata(loop)).toThrow('messages to nest at most 100 deep');
  });

  test('two members of a oneof', () => {
    expect(() => Worker.encode({ user: {}, model: {} })).toThrow('only one member of the oneof worker');
    expect(() => Worker.encode({ user: undefined, model: {} })).not.toThrow();
  });

  test('bytes that were transferred away', () => {
    const base64 = new Uint8Array(8);
    structuredClone(base64.buffer, { transfer: [base64.buffer] });
    expect(() => Image.encode({ base64 })).toThrow('bytes that have not been transferred away');
    expect(Image.encode({ base64: new Uint8Array(0) })).toHaveLength(0);
  });
});

describe('64-bit numbers', () => {
  const seconds = (value: Long | number | bigint | string): Long =>
    Timestamp.decode(Timestamp.encode({ seconds: value })).seconds;

  test.each(['9223372036854775807', '-9223372036854775808', '-1', '0', '4294967296'])(
    '%s goes through in every form',
    (text) => {
      expect(seconds(text).toString()).toBe(text);
      expect(seconds(BigInt(text)).toString()).toBe(text);
      expect(seconds(Long.fromString(text)).toString()).toBe(text);
      if (Number.isSafeInteger(Number(text))) expect(seconds(Number(text)).toString()).toBe(text);
    },
  );

  test('unsigned ones reach 2^64-1 and refuse what is negative', () => {
    const write = (value: Long | number | bigint | string): string => {
      const writer = new Writer();
      writer.uint64(8, value);
      return Buffer.from(writer.finish()).toString('hex');
    };
    const most = '08ffffffffffffffffff01';
    expect([write('18446744073709551615'), write(2n ** 64n - 1n), write(Long.MAX_UNSIGNED_VALUE)]).toEqual([
      most,
      most,
      most,
    ]);
    for (const value of [-1, -1n, '-1', Long.NEG_ONE, 2n ** 64n, '18446744073709551616']) {
      expect(() => write(value)).toThrow('an unsigned 64-bit integer');
    }
  });
});

describe('bytes', () => {
  test.each([0, 1, 127, 128, 2047, 2048, 16383, 16384, 2 ** 21])('of length %i arrive whole at any depth', (length) => {
    const base64 = Buffer.alloc(length, 7);
    const inputs = [{ id: 'a', data: { image: { base64, url: 'u' } } }, { data: { image: { base64 } } }, { id: 'b' }];
    const encoded = PostInputsRequest.encode({ inputs });
    expect(PostInputsRequest.size({ inputs })).toBe(encoded.length);
    const decoded = PostInputsRequest.decode(encoded).inputs;
    expect(decoded.map(({ id, data }) => [id, data?.image?.url])).toEqual([
      ['a', 'u'],
      ['', ''],
      ['b', undefined],
    ]);
    for (const { data } of decoded.slice(0, 2)) expect(base64.equals(data?.image?.base64 ?? base64)).toBe(true);
  });

  test('may be a Buffer or lie in shared memory', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(2)).fill(5);
    expect(Image.encode({ base64: shared })).toEqual(Image.encode({ base64: Buffer.from([5, 5]) }));
  });
});

test('a text of any length keeps its characters', () => {
  for (const unit of ['a', 'é', '漢', '😀', '\0']) {
    for (const length of [1, 31, 63, 64, 127, 128, 5000]) {
      const id = unit.repeat(length);
      expect(Input.decode(Input.encode({ id })).id).toBe(id);
    }
  }
});

describe('a message that was encoded before', () => {
  const message = { id: 'a', data: { image: { base64: Buffer.alloc(5000, 1) }, metadata: { k: [1, { z: null }] } } };

  test('is copied into a request as it is', () => {
    const once = Input.encodeOnce(message);
    expect(once.byteLength).toBe(Input.size(message));
    expect(PostInputsRequest.encode({ inputs: [once, { id: 'b' }, once] })).toEqual(
      PostInputsRequest.encode({ inputs: [message, { id: 'b' }, message] }),
    );
    expect(Input.encode(once)).toEqual(Input.encode(message));
  });

  // One in each of the ways to be kept: with a length of one byte and of two, by itself, with large bytes apart.
  const lengths = [1, 120, 130, 900, 3000, 60, 20_000, 50, 40];
  const data = (length: number, index: number): DeepPartial<InputMessage> =>
    index % 4 === 3 ? { id: 'b', data: { image: { base64: Buffer.alloc(length, 7) } } } : { id: 'i'.repeat(length) };

  test.each([
    ['the tag of the list', 18],
    ['the tag of another list', 26],
    ['no tag', undefined],
  ])('is copied in with those around it when it was encoded for a list, with %s', (_what, tag) => {
    const messages = Array.from({ length: 400 }, (_, index) => data(lengths[index % lengths.length] ?? 0, index));
    const kept = messages.map((message) => Input.encodeOnce(message, undefined, tag));
    const orders = [(index: number) => index, (index: number) => 399 - index, (index: number) => (index * 7) % 400];
    for (const order of orders) {
      const inputs = messages.map((_, index) => messages[order(index)] ?? {});
      const spliced = messages.map((_, index) => kept[order(index)] ?? {});
      expect(PostInputsRequest.encode({ inputs: spliced })).toEqual(PostInputsRequest.encode({ inputs }));
    }
    for (const [index, once] of kept.entries()) expect(once.byteLength).toBe(Input.size(messages[index] ?? {}));
  });

  test('is copied in at once with those that were encoded for the list before and after it', () => {
    const copies = jest.spyOn(Buffer.prototype, 'copy');
    const copiesOf = (tag: number): number => {
      const inputs = Array.from({ length: 64 }, (_, index) => Input.encodeOnce({ id: `${index}` }, undefined, tag));
      copies.mockClear();
      PostInputsRequest.encode({ inputs });
      return copies.mock.calls.length;
    };
    expect(copiesOf(26)).toBeGreaterThanOrEqual(64);
    // The request itself, and what may lie in two buffers.
    expect(copiesOf(18)).toBeLessThanOrEqual(4);
    copies.mockRestore();
  });

  test('may be encoded while another is', () => {
    const outer = Input.encodeOnce(
      {
        get id() {
          Input.encodeOnce({ id: 'inner' }, undefined, 18);
          return 'outer';
        },
      },
      undefined,
      18,
    );
    const after = Input.encodeOnce({ id: 'after' }, undefined, 18);
    expect(PostInputsRequest.encode({ inputs: [outer, after] })).toEqual(
      PostInputsRequest.encode({ inputs: [{ id: 'outer' }, { id: 'after' }] }),
    );
  });

  test('is not disturbed by one that could not be encoded', () => {
    const [first, , last] = [{ id: 'a' }, { id: 1 }, { id: 'c' }].map((message) => {
      try {
        return Input.encodeOnce(message as { id: string }, undefined, 18);
      } catch {
        return undefined;
      }
    });
    const inputs = [first, last].filter((each) => each !== undefined);
    expect(PostInputsRequest.encode({ inputs })).toEqual(
      PostInputsRequest.encode({ inputs: [{ id: 'a' }, { id: 'c' }] }),
    );
  });

  test('is completed from its own bytes', () => {
    let content = new Uint8Array();
    const complete = (view: () => Uint8Array): { id: string } => {
      content = view().slice();
      return { id: 'made' };
    };
    Input.encodeOnce({ id: 'one before' }, undefined, 18);
    const once = Input.encodeOnce(message, complete, 18);
    expect(Buffer.from(content)).toEqual(Input.encode(message));
    expect(Input.decode(Input.encode(once)).id).toBe('made');
  });

  test('fits only where its type belongs, framed for a list or not', () => {
    const framed: object = Data.encodeOnce({ text: { raw: 'x' } }, undefined, 18);
    expect(() => PostInputsRequest.encode({ inputs: [framed] })).toThrow('a message of this type');
    expect(() => PostInputsRequest.encode({ inputs: [Input.encodeOnce({}, undefined, 18), framed] })).toThrow(
      'a message of this type',
    );
  });

  test('fits only where its type belongs', () => {
    const once = Data.encodeOnce({ text: { raw: 'x' } });
    expect(encodeInput({ data: once })).toBe(encodeInput({ data: { text: { raw: 'x' } } }));
    expect(() => encodeInput({ status: once })).toThrow('a message of this type');
    expect(() => metadata(once)).toThrow(EncodeError);
  });

  test('counts with all its levels against the limit, framed for a list or not', () => {
    const inner = (levels: number): DeepPartial<InputMessage> =>
      levels === 0 ? { data: { text: { raw: 'x' } } } : { data: { regions: [{ data: inner(levels - 1).data }] } };
    // Data, Region, Data, Region, ... Data, Text.
    const deepest = inner(49);
    for (const tag of [18, undefined]) {
      const once = Input.encodeOnce(deepest, undefined, tag);
      expect(Input.encode(once)).toEqual(Input.encode(deepest));
      expect(() => PostInputsRequest.encode({ inputs: [{}, once] })).toThrow('at most 100 deep');
    }
  });

  test('counts with all its levels against the limit', () => {
    let deep: unknown = 'end';
    for (let level = 0; level < 48; level++) deep = [deep];
    const once = Data.encodeOnce({ metadata: { deep } });
    expect(() => Input.encode({ data: once })).not.toThrow();
    expect(() => PostInputsRequest.encode({ inputs: [{ data: { regions: [{ data: once }] } }] })).toThrow(
      'at most 100 deep',
    );
  });
});

test('an encoder that fails leaves nothing behind', () => {
  expect(() => encodeInput({ id: 'a'.repeat(100), datasetIds: [1] })).toThrow(EncodeError);
  expect(encodeInput({ id: 'b' })).toBe('0a0162');
});

test('a getter may encode another message meanwhile', () => {
  expect(
    encodeInput({
      get id() {
        return Input.encode({ id: 'inner' }).toString();
      },
      datasetIds: ['d'],
    }),
  ).toBe(encodeInput({ id: Input.encode({ id: 'inner' }).toString(), datasetIds: ['d'] }));
});
