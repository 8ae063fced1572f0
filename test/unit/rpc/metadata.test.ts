import { Metadata } from '@grpc/grpc-js';
import { fromMetadata, toMetadata } from '../../../src/rpc/metadata';
import type { MetadataInit } from '../../../src/options/rpc-options';

const bytes = new Uint8Array([1, 2, 3]);

/** A Metadata of another copy of grpc-js. */
function foreign(): MetadataInit {
  const own = new Metadata();
  own.add('a', '1');
  own.add('a', '2');
  own.add('b-bin', Buffer.from(bytes));
  return { getMap: () => own.getMap(), toHttp2Headers: () => own.toHttp2Headers() };
}

describe('metadata', () => {
  it.each<[string, MetadataInit]>([
    [
      'pairs',
      [
        ['A', '1'],
        ['a', '2'],
        ['b-bin', bytes],
      ],
    ],
    ['a plain object', { A: ['1', '2'], 'b-bin': bytes }],
    ['a Metadata of another copy of grpc-js', foreign()],
  ])('may be given as %s', (_form, init) => {
    const metadata = toMetadata(init);
    expect(metadata.get('a')).toEqual(['1', '2']);
    expect(metadata.get('b-bin')).toEqual([Buffer.from(bytes)]);
  });

  it('of this copy of grpc-js is taken as it is', () => {
    const metadata = new Metadata({ waitForReady: true });
    expect(toMetadata(metadata)).toBe(metadata);
  });

  it.each<[string, unknown, string]>([
    [
      'no object',
      5,
      'Expected `metadata` to be pairs, a plain object, or a grpc-js Metadata, got a value that is not shown (number)',
    ],
    ['null', null, 'Expected `metadata` to be pairs, a plain object, or a grpc-js Metadata, got `null`'],
    [
      'half a pair',
      [['a']],
      'Expected `metadata[0]` to be a pair of name and value, got a value that is not shown (object)',
    ],
    [
      'a name with a space',
      { 'a b': '1' },
      'Expected a name in `metadata` to be of letters, digits, `-`, `_` and `.`, got a string that is not shown',
    ],
    [
      'a line break',
      { a: 'secret\r\n' },
      'Expected `metadata.a` to be a string of printable ASCII, got a string that is not shown',
    ],
    [
      'a number',
      { a: 5 },
      'Expected `metadata.a` to be a string of printable ASCII, got a value that is not shown (number)',
    ],
    [
      'text for bytes',
      { 'a-bin': 'AAAA' },
      'Expected `metadata.a-bin` to be a Uint8Array, as its name ends in -bin, got a string that is not shown',
    ],
  ])('is refused when it holds %s, without showing the value', (_what, init, message) => {
    expect(() => toMetadata(init as MetadataInit)).toThrow(
      expect.objectContaining({ name: 'InvalidRequestError', message }),
    );
  });

  it('comes back as plain data, several values of a name joined', () => {
    const metadata = new Metadata();
    metadata.add('A', '1');
    metadata.add('a', '2');
    metadata.add('b-bin', Buffer.from(bytes));
    expect(fromMetadata(metadata)).toEqual({ a: '1, 2', 'b-bin': Buffer.from(bytes) });
  });
});

test.each(['connection', 'Keep-Alive', 'transfer-encoding', 'upgrade', 'te', 'host', 'content-length', 'grpc-timeout'])(
  'the header %s is HTTP/2’s or gRPC’s own and refused by name',
  (name) => {
    const own = new Metadata();
    own.set(name, 'close');
    for (const init of [{ [name]: 'close' }, [[name, 'close'] as const], own]) {
      expect(() => toMetadata(init)).toThrow(new RegExp(`leave .${name}. to HTTP/2 and gRPC`, 'i'));
    }
  },
);
