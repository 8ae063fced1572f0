import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import Long from 'long';
import type { Codec } from '../../src/wire/codec';
import { DecodeError } from '../../src/wire/errors';
import { arbitraryEdits, arbitraryEncoded, codecs } from '../unit/wire/arbitrary-message';

// The reference is protobuf's C++ parser, asked through Debian's python3-protobuf. Without it these tests fail.
const root = join(__dirname, '../..');
let oracle: ChildProcessWithoutNullStreams;
let complaint = '';
let answers: AsyncIterator<string>;

beforeAll(() => {
  const descriptors = join(root, '.cache/descriptors.binpb');
  mkdirSync(join(root, '.cache'), { recursive: true });
  execFileSync(process.execPath, [join(root, 'node_modules/@bufbuild/buf/bin/buf'), 'build', '-o', descriptors], {
    cwd: root,
  });
  oracle = spawn('/usr/bin/python3', [join(__dirname, 'codec-oracle.py'), descriptors]);
  // It logs every string that is not UTF-8; what it says last matters when it ends.
  oracle.stderr.on('data', (chunk: Buffer) => (complaint = chunk.toString()));
  answers = createInterface(oracle.stdout)[Symbol.asyncIterator]();
});

afterAll(() => oracle.stdin.end());

/** What the official parser makes of the bytes. */
async function official({ typeName }: Codec<object>, bytes: Uint8Array): Promise<string> {
  oracle.stdin.write(`${typeName} ${Buffer.from(bytes).toString('base64')}\n`);
  const answer = await answers.next();
  if (answer.done === true) throw new Error(`codec-oracle.py has ended; is python3-protobuf installed? ${complaint}`);
  return answer.value;
}

function decoded(codec: Codec<object>, bytes: Uint8Array): string {
  try {
    return `accept ${Buffer.from(codec.encode(finite(codec.decode(bytes)) as object)).toString('base64')}`;
  } catch (error) {
    if (error instanceof DecodeError) return `reject: ${error.message}`;
    throw error;
  }
}

/** Where we reject what C++ 3.21 accepts, by our message. */
const stricter = [
  {
    message: 'A tag is larger than 32 bits',
    reason:
      'the conformance suite (BadTag_FieldNumberSlightlyTooHigh) wants an error; C++ 3.21 still cut the number to 29 bits',
  },
];

/** The same message with 0 for every NaN and infinity: NaN loses its payload, and a Struct that holds them does not encode. */
function finite(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : 0;
  if (Array.isArray(value)) return value.map(finite);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Long.isLong(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, finite(item)]));
}

test('valid messages have the same bytes after a round trip', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryEncoded, async ({ codec, bytes }) => {
      expect(decoded(codec, bytes)).toBe(await official(codec, bytes));
    }),
    { numRuns: 2000 },
  );
}, 120_000);

test('damaged messages are accepted and rejected, and read, as the official parser does', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryEncoded, arbitraryEdits, async ({ codec, bytes }, edit) => {
      const damaged = edit(bytes);
      const shown = `${codec.typeName} ${Buffer.from(damaged).toString('hex')}: `;
      const [mine, theirs] = [decoded(codec, damaged), await official(codec, damaged)];
      if (theirs !== 'reject' && stricter.some(({ message }) => mine === `reject: ${message}`)) return;
      expect(shown + mine.replace(/^reject: .*/, 'reject')).toBe(shown + theirs);
    }),
    { numRuns: 20_000 },
  );
}, 300_000);

/** A message in a message ...: so many levels, with these tags in turns from the inside. */
function nested(levels: number, tags: readonly [number, number]): Buffer {
  let bytes: Buffer = Buffer.alloc(0);
  for (let level = 0; level < levels; level++) bytes = inside(tags[level % 2 === 0 ? 0 : 1], bytes);
  return bytes;
}

function inside(tag: number, content: Buffer): Buffer {
  const { length } = content;
  return Buffer.concat([Uint8Array.from([tag, (length & 0x7f) | 0x80, length >> 7]), content]);
}

test.each([50, 51, 98, 99, 100, 101, 102])(
  'messages, maps and groups nest %i deep when the official parser lets them',
  async (levels) => {
    const data = codecs.get('clarifai.api.Data');
    if (data === undefined) throw new Error('There is no codec for Data');
    const group = (tag: number): Buffer => Buffer.alloc(levels * 2, Uint8Array.of(tag, 0x06));
    const key = Buffer.from('0a0161', 'hex');
    const value = inside(0x12, nested(levels - 3, levels % 2 === 0 ? [0x32, 0x0a] : [0x0a, 0x32]));
    for (const bytes of [
      Buffer.concat([group(0xa3), group(0xa4)]),
      // Data.regions, Region.data
      nested(levels, levels % 2 === 0 ? [0x1a, 0x5a] : [0x5a, 0x1a]),
      // Data.metadata, its entry, and then Value.list_value and ListValue.values
      inside(0x2a, inside(0x0a, Buffer.concat([key, value]))),
    ]) {
      const mine = decoded(data, bytes).replace(/ .*/, '').replace(':', '');
      expect(mine).toBe((await official(data, bytes)).replace(/ .*/, ''));
      expect(mine).toBe(levels > 100 ? 'reject' : 'accept');
    }
  },
);
