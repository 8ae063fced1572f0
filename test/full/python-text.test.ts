import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { MessageToDict, MessageToJson, ParseDict } from '../../src/python';
import { MessageClass } from '../../src/python/message-class';
import { arbitraryEncoded } from '../unit/wire/arbitrary-message';

// The reference is Debian's python3-protobuf. Without it these tests fail.
const root = join(__dirname, '../..');
let oracle: ChildProcessWithoutNullStreams;
let complaint = '';
let answers: AsyncIterator<string>;

interface Official {
  readonly text: string;
  readonly json: string;
  readonly all: string;
  readonly back: string;
  readonly error?: string;
}

beforeAll(() => {
  const descriptors = join(root, '.cache/descriptors-of-text.binpb');
  mkdirSync(join(root, '.cache'), { recursive: true });
  execFileSync(process.execPath, [join(root, 'node_modules/@bufbuild/buf/bin/buf'), 'build', '-o', descriptors], {
    cwd: root,
  });
  oracle = spawn('/usr/bin/python3', [join(__dirname, 'text-oracle.py'), descriptors]);
  oracle.stderr.on('data', (chunk: Buffer) => (complaint = chunk.toString()));
  answers = createInterface(oracle.stdout)[Symbol.asyncIterator]();
});

afterAll(() => {
  oracle.stdin.end();
  oracle.kill();
});

async function official(typeName: string, bytes: Uint8Array): Promise<Official> {
  oracle.stdin.write(`${typeName} ${Buffer.from(bytes).toString('base64')}\n`);
  const answer = await answers.next();
  if (answer.done === true) throw new Error(`text-oracle.py has ended; is python3-protobuf installed? ${complaint}`);
  return JSON.parse(answer.value) as Official;
}

test('messages are printed and turned into JSON letter for letter as Python does, and come back from that JSON', async () => {
  const all = { preserving_proto_field_name: true, including_default_value_fields: true };
  await fc.assert(
    fc.asyncProperty(arbitraryEncoded, async ({ codec, bytes }) => {
      const message = MessageClass.of(codec.typeName).create(codec.decode(bytes)) as ReturnType<typeof fresh>;
      const { text, json, all: everything, back, error } = await official(codec.typeName, bytes);
      // Timestamps outside of the years 1 to 9999 and the like have no JSON.
      if (error !== undefined) return;
      expect(message.toString()).toBe(text);
      expect(MessageToJson(message, { sort_keys: true })).toBe(json);
      const options = { ...all, sort_keys: true, indent: null, ensure_ascii: false };
      expect(MessageToJson(message, options)).toBe(everything);
      const parsed = ParseDict(MessageToDict(message), fresh(codec.typeName));
      expect(Buffer.from(parsed.SerializeToString()).toString('base64')).toBe(back);
    }),
    { numRuns: 3000 },
  );
}, 300_000);

function fresh(typeName: string): { SerializeToString(): Uint8Array; toString(): string } {
  return MessageClass.of(typeName).call() as { SerializeToString(): Uint8Array; toString(): string };
}
