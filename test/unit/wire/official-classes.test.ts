import fc from 'fast-check';
import * as resources from 'clarifai-nodejs-grpc/proto/clarifai/api/resources_pb';
import * as service from 'clarifai-nodejs-grpc/proto/clarifai/api/service_pb';
import * as status from 'clarifai-nodejs-grpc/proto/clarifai/api/status/status_pb';
import * as matrix from 'clarifai-nodejs-grpc/proto/clarifai/api/utils/matrix_pb';
import { DecodeError } from '../../../src/wire/errors';
import { arbitraryEncoded, codecs } from './arbitrary-message';

interface OfficialClass {
  deserializeBinary(bytes: Uint8Array): { serializeBinary(): Uint8Array };
}

/** The class of a message: a nested one is a property of the class around it. */
function officialClass(typeName: string): OfficialClass | undefined {
  const path = typeName.split('.').filter((part) => /^[A-Z]/.test(part));
  for (const module of [resources, service, status, matrix]) {
    const found = path.reduce<unknown>((scope, name) => (scope as Record<string, unknown> | undefined)?.[name], module);
    if (found !== undefined) return found as OfficialClass;
  }
  return undefined;
}

const withClass = arbitraryEncoded.filter(({ codec }) => officialClass(codec.typeName) !== undefined);

function reencoded(typeName: string, bytes: Uint8Array): string {
  const official = officialClass(typeName);
  if (official === undefined) throw new Error(`${typeName} has no official class`);
  return Buffer.from(official.deserializeBinary(bytes).serializeBinary()).toString('hex');
}

test('every message of the service has its official class', () => {
  const missing = [...codecs.keys()].filter((name) => officialClass(name) === undefined);
  expect(missing).toEqual(['google.protobuf.Timestamp', 'google.protobuf.Duration']);
});

test('a message has the same bytes from both', () => {
  fc.assert(
    fc.property(withClass, ({ codec, bytes }) => {
      const theirs = reencoded(codec.typeName, bytes);
      expect(theirs.length).toBe(bytes.length * 2);
      // They write fields in the order of their declaration, which is not always that of their numbers.
      expect(codec.encode(codec.decode(Buffer.from(theirs, 'hex')))).toEqual(bytes);
      expect(codec.encode(codec.decode(bytes))).toEqual(bytes);
    }),
    { numRuns: 500 },
  );
});

test('a message that is cut off anywhere is accepted and rejected by both', () => {
  fc.assert(
    fc.property(withClass, ({ codec, bytes }) => {
      const accepted = (read: (cut: Uint8Array) => unknown): number[] =>
        Array.from(bytes.keys()).filter((length) => {
          try {
            read(bytes.subarray(0, length));
            return true;
          } catch {
            return false;
          }
        });
      expect(accepted((cut) => codec.decode(cut))).toEqual(accepted((cut) => reencoded(codec.typeName, cut)));
    }),
    { numRuns: 200 },
  );
});

/**
 * Where google-protobuf 3.21 for JavaScript differs from the C++ parser and the conformance suite, which we follow:
 * Concept messages, what we make of them, what it makes of them, and why. Not run: it never ends on a length of 2^31 or more.
 */
const deviations: readonly (readonly [what: string, hex: string, ours: string, theirs: string, reason: string])[] = [
  ['bytes that are not UTF-8', '0a02c328', 'A string is not valid UTF-8', 'accept', 'it decodes what it can'],
  ['a surrogate in UTF-8', '0a03eda080', 'A string is not valid UTF-8', 'accept', 'it makes a lone surrogate of it'],
  ['field number 0, varint', '0000', 'A field has the number 0', 'accept', 'it skips any field it does not know'],
  ['field number 0, bytes', '0200', 'A field has the number 0', 'accept', 'the same'],
  [
    'an unknown varint of 11 bytes',
    'e83effffffffffffffffffff01',
    'A varint is longer than 10 bytes',
    'accept',
    'it skips to its end',
  ],
  ['the end of no group', 'a406', 'A group ends that has not begun', 'accept', 'it stops there and ignores the rest'],
  ['a field number above 2^29', 'faffffff7f00', 'A tag is larger than 32 bits', 'accept', 'it cuts the number'],
  ['a tag of 6 bytes', '8a808080800000', 'A tag is larger than 32 bits', 'accept', 'it cuts the number'],
  [
    'a number where a string belongs',
    '0801',
    'accept',
    'reject',
    'it goes by the field number only; C++ skips the field as unknown',
  ],
  ['bytes where a float belongs', '1a0401020304', 'accept', 'reject', 'the same'],
];

test.each(deviations)('%s (%s): we say %s, google-protobuf: %s', (_what, hex, ours, theirs) => {
  const verdict = (read: () => unknown): string => {
    try {
      read();
      return 'accept';
    } catch (error) {
      return error instanceof DecodeError ? error.message : 'reject';
    }
  };
  const bytes = Buffer.from(hex, 'hex');
  expect(verdict(() => codecs.get('clarifai.api.Concept')?.decode(bytes))).toBe(ours);
  expect(verdict(() => reencoded('clarifai.api.Concept', bytes))).toBe(theirs);
});
