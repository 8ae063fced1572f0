import Long from 'long';
import {
  Concept,
  Data,
  Embedding,
  Image,
  Input,
  MultiOutputResponse,
  PostInputsRequest,
  Timestamp,
} from '../../../generated/codec/core';
import { decodeListValue, decodeStruct, decodeValue } from '../../../src/wire/well-known';
import { DecodeError } from '../../../src/wire/errors';
import { Reader } from '../../../src/wire/reader';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

const struct = (text: string): unknown => {
  const bytes = hex(text);
  return decodeStruct(new Reader(bytes), bytes.length);
};

/** A field of wire type 2. */
function delimited(tag: number, content: Uint8Array): Buffer {
  const length: number[] = [];
  let rest = content.length;
  for (; rest > 0x7f; rest >>>= 7) length.push((rest & 0x7f) | 0x80);
  return Buffer.concat([Uint8Array.from([tag, ...length, rest]), content]);
}

/** A ListValue that holds a list that holds a list ...: two messages, a Value and a ListValue, a level. */
function nestedLists(levels: number): Buffer {
  let bytes: Buffer = Buffer.alloc(0);
  for (let level = 0; level < levels; level++) bytes = delimited(10, delimited(50, bytes));
  return bytes;
}

function nestedGroups(levels: number): Buffer {
  return Buffer.concat([Buffer.alloc(levels * 2, hex('a306')), Buffer.alloc(levels * 2, hex('a406'))]);
}

describe('illegal tags, as the conformance suite has them', () => {
  test.each([
    ['IllegalZeroFieldNum_Case_0', '01 4445414442454546'],
    ['IllegalZeroFieldNum_Case_1', '02 01 01'],
    ['IllegalZeroFieldNum_Case_2', '03 04'],
    ['IllegalZeroFieldNum_Case_3', '05 44454144'],
    ['BadTag_FieldNumberTooHigh', '88 8080808080 0f d209'],
    ['BadTag_FieldNumberSlightlyTooHigh', '88 808080 40 d209'],
    ['BadTag_OverlongVarint', '88 80808080808080 00 d209'],
    ['BadTag_VarintMoreThanTenBytes', '88 8080808080808080808080 00 d209'],
  ])('%s is rejected', (_name, bytes) => {
    expect(() => Concept.decode(hex(bytes))).toThrow(DecodeError);
  });
});

describe('what a message may hold', () => {
  test('messages and groups nest 100 deep and no deeper', () => {
    const lists = (levels: number): unknown => {
      const bytes = nestedLists(levels);
      return decodeListValue(new Reader(bytes), bytes.length);
    };
    expect(() => lists(50)).not.toThrow();
    expect(() => lists(51)).toThrow('Messages nest deeper than 100');
    expect(() => Concept.decode(nestedGroups(100))).not.toThrow();
    expect(() => Concept.decode(nestedGroups(101))).toThrow('Messages nest deeper than 100');
    expect(() => Concept.decode(nestedGroups(200_000))).toThrow('Messages nest deeper than 100');
  });

  test('a field never overruns the message around it', () => {
    expect(() => Input.decode(hex('12 02 0a 05 0a 03 61 62 63'))).toThrow('The message ends in the middle of a field');
  });

  test('a message that occurs twice is merged', () => {
    const first = Input.encode({ data: { image: { url: 'u' }, concepts: [{ id: 'a' }] } });
    const second = Input.encode({ data: { image: { allowDuplicateUrl: true }, concepts: [{ id: 'b' }] } });
    expect(Input.decode(Buffer.concat([first, second]))).toMatchObject({
      data: { image: { url: 'u', allowDuplicateUrl: true }, concepts: [{ id: 'a' }, { id: 'b' }] },
    });
  });

  test('an empty message that occurs twice does not change what others share', () => {
    expect(
      Input.decode(Buffer.concat([hex('1200'), Input.encode({ data: { text: { raw: 'x' } } })])).data?.text?.raw,
    ).toBe('x');
    expect(Input.decode(hex('1200')).data?.text).toBeUndefined();
  });

  test('lists of numbers are read packed and unpacked', () => {
    const expected = { vector: [1, 2, 3], numDimensions: 0 };
    expect(Embedding.decode(hex('0a08 0000803f 00000040 0d 00004040'))).toEqual(expected);
    expect(Embedding.decode(hex('0d 0000803f 0a08 00000040 00004040'))).toEqual(expected);
    expect(() => Embedding.decode(hex('0a06 0000803f 0000'))).toThrow(DecodeError);
  });

  test('unknown fields are dropped and unknown enum values kept', () => {
    expect(Concept.decode(hex('0a0161 e83e05'))).toEqual(Concept.decode(hex('0a0161')));
    expect(MultiOutputResponse.decode(hex('0a03 08e707')).status?.code).toBe(999);
  });

  test('numbers are cut to their 32 or 64 bits', () => {
    expect(Timestamp.decode(hex('08 ffffffffffffffffff01 10 ffffffffffffffffff01'))).toEqual({
      seconds: Long.fromInt(-1),
      nanos: -1,
    });
    expect(Timestamp.decode(hex('10 8080808010'))).toMatchObject({ nanos: 0 });
  });

  test('a boolean is true for any bit of 64', () => {
    expect(Image.decode(hex('20 8080808080 01')).allowDuplicateUrl).toBe(true);
  });

  test('-0 and NaN stay what they are', () => {
    expect(Object.is(Concept.decode(hex('1d 00000080')).value, -0)).toBe(true);
    expect(Concept.decode(hex('1d 0000c07f')).value).toBeNaN();
  });
});

describe('a Struct', () => {
  test('the key __proto__ is a key like others', () => {
    const metadata = JSON.parse('{ "__proto__": { "a": null } }') as Record<string, unknown>;
    const decoded = Data.decode(Data.encode({ metadata })).metadata ?? {};
    expect(Object.keys(decoded)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
  });

  test('of a key that comes twice the last value counts', () => {
    expect(struct('0a07 0a0161 1202 2001 0a07 0a0161 1202 2000')).toEqual({ a: false });
  });

  test('a value without a kind reads as null', () => {
    expect(struct('0a03 0a0161')).toEqual({ a: null });
    expect(struct('0a05 0a0161 1200')).toEqual({ a: null });
    expect(decodeValue(new Reader(hex('')), 0)).toBeNull();
  });

  test('a value that comes twice in an entry is merged', () => {
    expect(struct('0a09 0a0161 1202 2001 1200')).toEqual({ a: true });
  });
});

describe('what is empty', () => {
  test('lists and messages are shared and frozen, so nobody can change them for others', () => {
    const { data } = Input.decode(hex('1200'));
    expect(data).toBe(Input.decode(hex('1200')).data);
    expect(Object.isFrozen(data)).toBe(true);
    expect(Object.isFrozen(Data.decode(hex('')).concepts)).toBe(true);
  });

  test('a message decoded from no bytes is one of its own', () => {
    expect(Input.decode(hex(''))).not.toBe(Input.decode(hex('')));
    expect(Object.isFrozen(Input.decode(hex('')))).toBe(false);
  });
});

test('bytes are a view into what was received', () => {
  const bytes = PostInputsRequest.encode({ inputs: [{ data: { image: { base64: Buffer.from('abc') } } }] });
  const image = PostInputsRequest.decode(bytes).inputs[0]?.data?.image?.base64;
  expect(image).toEqual(Uint8Array.from([97, 98, 99]));
  expect(image?.buffer).toBe(bytes.buffer);
  expect(Buffer.isBuffer(image)).toBe(false);
});

test('a short string is the same whether it was read before or not', () => {
  for (const id of ['a', 'ab', 'été', 'x'.repeat(24), 'x'.repeat(25), 'a', 'été', '\ufffd']) {
    expect(Concept.decode(Concept.encode({ id })).id).toBe(id);
  }
  expect(() => Concept.decode(hex('0a02 c328'))).toThrow('A string is not valid UTF-8');
});
