import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { methods } from '../../generated/methods';
import type { MethodName } from '../../generated/methods';
import { type Emulator, startEmulator } from '../../src/emulator';
import { portPythonSnippet } from '../../src/python/port/port-python-snippet';
import type { Codec } from '../../src/wire/codec';
import { runModule } from './run-module';
import { seedNames, seedProgram } from './seed-snippets';
import { typeErrorsOf } from './type-errors';

// The snippets whole, as the documentation has them, where port-snippets.test.ts has what was recorded of each.
const { snippets, constants } = JSON.parse(
  readFileSync(join(__dirname, '../fixtures/golden/grpc-snippets.json'), 'utf8'),
) as {
  readonly snippets: readonly { readonly name: string; readonly path: string; readonly request_b64?: string }[];
  readonly constants: { readonly PATTERN_b64: string };
};

const ported = seedNames.flatMap((name) =>
  (['idiomatic', 'python'] as const).map((style) => ({
    name,
    style,
    ...portPythonSnippet(seedProgram(name), { style }),
  })),
);

let emulator: Emulator;
let folder: string;
const before = process.cwd();
const environment = { ...process.env };

beforeAll(async () => {
  emulator = await startEmulator({ userId: 'user-1', appId: 'app-1', pat: 'pat-0123456789abcdef' });
  folder = mkdtempSync(join(tmpdir(), 'seeds-'));
  writeFileSync(join(folder, 'pattern.bin'), Buffer.from(constants.PATTERN_b64, 'base64'));
  process.chdir(folder);
  Object.assign(process.env, { CLARIFAI_PAT: emulator.pat, CLARIFAI_API_BASE: emulator.base });
});
beforeEach(() => emulator.reset());
afterAll(async () => {
  process.chdir(before);
  process.env = environment;
  rmSync(folder, { recursive: true });
  await emulator.close();
});

test('every snippet of the documentation is here', () => {
  const files = readdirSync(join(__dirname, '../fixtures/python/seeds'));
  expect(files.map((file) => file.replace('.py', '')).sort()).toEqual([...seedNames].sort());
});

test('the snippets pass the type checker once they are ported', () => {
  expect(typeErrorsOf(ported.map(({ name, style, code }) => ({ name: `${name}.whole.${style}`, code })))).toEqual([]);
});

test.each(ported)('$style: $name has no problems and sends what Python sends', async ({ name, code, problems }) => {
  expect(problems).toEqual([]);
  // The emulator refuses a job that does not exist; it records the request all the same.
  await runModule(code).catch(() => undefined);

  const recorded = snippets.find((one) => one.name === name);
  const method = (recorded?.path ?? '').split('/').at(-1) as MethodName;
  const codec = methods[method].request() as unknown as Codec<object>;
  const sent = emulator
    .requests()
    .map((call) => [call.method, Buffer.from(codec.encode(call.requests[0] ?? {})).toString('base64')]);
  expect(sent).toEqual([[method, recorded?.request_b64]]);
});
