import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { methods } from '../../generated/methods';
import type { MethodName } from '../../generated/methods';
import { type Emulator, startEmulator } from '../../src/emulator';
import { portPythonSnippet } from '../../src/python/port/port-python-snippet';
import type { Codec } from '../../src/wire/codec';
import { recordStream } from './record-stream';
import { runModule } from './run-module';
import { typeErrorsOf } from './type-errors';

interface Snippet {
  readonly name: string;
  readonly path: string;
  readonly source: string;
  readonly request_b64?: string;
  readonly stream_requests?: readonly { readonly request_b64: string }[];
}

const { snippets, constants } = JSON.parse(
  readFileSync(join(__dirname, '../fixtures/golden/grpc-snippets.json'), 'utf8'),
) as { readonly snippets: readonly Snippet[]; readonly constants: { readonly PATTERN_b64: string } };

/** What the recorder gave to every snippet, but for what the porter takes from the environment by itself. */
const preamble = 'FILE_BYTES = open("pattern.bin", "rb").read()\n';
const ported = (['idiomatic', 'python'] as const).flatMap((style) =>
  snippets.map((snippet) => ({ ...snippet, style, ...portPythonSnippet(preamble + snippet.source, { style }) })),
);

/** See grpc-snippets.test.ts: the number no longer fits its field. */
const retyped = 'own-post-annotations-polygon-span-track';
const same = ported.filter(({ name, stream_requests }) => name !== retyped && stream_requests === undefined);
const streams = ported.filter(({ stream_requests }) => stream_requests !== undefined);

let emulator: Emulator;
let folder: string;
const before = process.cwd();
const environment = { ...process.env };

beforeAll(async () => {
  emulator = await startEmulator({ userId: 'user-1', appId: 'app-1', pat: 'pat-0123456789abcdef' });
  folder = mkdtempSync(join(tmpdir(), 'port-'));
  for (const file of ['pattern.bin', 'metro-north.jpg']) {
    writeFileSync(join(folder, file), Buffer.from(constants.PATTERN_b64, 'base64'));
  }
  process.chdir(folder);
  Object.assign(process.env, {
    CLARIFAI_PAT: emulator.pat,
    CLARIFAI_USER_ID: 'user-1',
    CLARIFAI_APP_ID: 'app-1',
    CLARIFAI_API_BASE: emulator.base,
  });
});
beforeEach(() => emulator.reset());
afterAll(async () => {
  process.chdir(before);
  process.env = environment;
  rmSync(folder, { recursive: true });
  await emulator.close();
});

test('what is ported passes the type checker', () => {
  expect(typeErrorsOf(ported.map(({ name, style, code }) => ({ name: `${name}.${style}`, code })))).toEqual([]);
});

test.each(same)(
  '$style: $name has no problems and sends what Python sends',
  async ({ code, problems, path, request_b64 }) => {
    expect(problems).toEqual([]);
    // The emulator does not implement every RPC, and refuses inputs that do not exist; it records each request all the same.
    await runModule(code).catch(() => undefined);

    const method = path.slice(path.lastIndexOf('/') + 1) as MethodName;
    const [call] = emulator.requests({ method });
    const codec = methods[method].request() as unknown as Codec<object>;
    const sent = (call?.requests ?? []).map((request) => Buffer.from(codec.encode(request)).toString('base64'));
    expect(sent).toEqual([request_b64]);
  },
);

test.each(streams)(
  '$style: $name sends every message that Python sends',
  async ({ code, problems, path, stream_requests }) => {
    expect(problems).toEqual([]);
    const server = await recordStream(path);
    process.env['CLARIFAI_API_BASE'] = server.base;
    try {
      await runModule(code);
    } finally {
      process.env['CLARIFAI_API_BASE'] = emulator.base;
      server.close();
    }
    const sent = server.messages.map((message) => message.toString('base64'));
    expect(sent).toEqual(stream_requests?.map(({ request_b64 }) => request_b64));
  },
);

test('a number that does not fit its field is left out, with a comment and a problem', () => {
  const message = '18446744073709551615 does not fit FrameInfo.time, which is uint32';
  for (const { name, problems, code } of ported) {
    if (name !== retyped) continue;
    expect(problems).toEqual([{ line: expect.any(Number), column: expect.any(Number), message }]);
    expect(code).toContain(`// PORT line ${problems[0]?.line}: ${message}`);
  }
});

/** The initialisation as the documentation writes it. */
const initialisation = `
from clarifai_grpc.channel.clarifai_channel import ClarifaiChannel
from clarifai_grpc.grpc.api import resources_pb2, service_pb2, service_pb2_grpc
from clarifai_grpc.grpc.api.status import status_code_pb2

USER_ID = 'user-1'
PAT = 'pat-0123456789abcdef'
APP_ID = 'app-1'

channel = ClarifaiChannel.get_grpc_channel()
stub = service_pb2_grpc.V2Stub(channel)

metadata = (('authorization', 'Key ' + PAT),)
`;

test.each(['idiomatic', 'python'] as const)(
  'a whole program carries its own credential, in %s style',
  async (style) => {
    const snippet = snippets.find(({ name }) => name === '003-post-inputs-url');
    const { code, problems } = portPythonSnippet(initialisation + snippet?.source, { style });
    expect(problems).toEqual([]);
    delete process.env['CLARIFAI_PAT'];
    await runModule(code);
    const [call] = emulator.requests({ method: 'PostInputs' });
    expect(call).toMatchObject({ statusCode: 10000, metadata: { authorization: 'Key [redacted]' } });
  },
);
