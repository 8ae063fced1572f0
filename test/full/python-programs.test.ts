import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { PNG } from 'pngjs';
import { portPythonSnippet } from '../../src/python/port/port-python-snippet';
import { seedNames, seedProgram } from '../golden/seed-snippets';
import { typeErrorsOf } from '../golden/type-errors';
import { generatePython, runPorted, runPython } from './python-programs';

// Each program runs in Python and, ported in either style, here; what they send and what they print is the same.
const fixtures = join(__dirname, '../fixtures/python/programs');
const own = readdirSync(fixtures)
  .filter((file) => file.endsWith('.py'))
  .map((file) => ({ name: basename(file, '.py'), source: readFileSync(join(fixtures, file), 'utf8') }));

/** The documentation's snippets that leave the initialisation out; it names no user and app, but the key of one. */
const initialisation = `
from clarifai_grpc.channel.clarifai_channel import ClarifaiChannel
from clarifai_grpc.grpc.api import resources_pb2, service_pb2, service_pb2_grpc
from clarifai_grpc.grpc.api.status import status_code_pb2

stub = service_pb2_grpc.V2Stub(ClarifaiChannel.get_grpc_channel())
metadata = (("authorization", "Key key-0123456789abcdef"),)
`;
const seeds = seedNames.map((name) => {
  const source = seedProgram(name);
  return { name, source: name.startsWith('000') ? initialisation + source : source };
});

const programs = [...seeds, ...own];
const styles = ['idiomatic', 'python'] as const;
const ported = programs.flatMap(({ name, source }) =>
  styles.map((style) => ({ name, style, ...portPythonSnippet(source, { style }) })),
);

let folder: string;
const before = process.cwd();

beforeAll(() => {
  generatePython();
  folder = mkdtempSync(join(tmpdir(), 'python-'));
  writeFileSync(
    join(folder, 'pattern.bin'),
    Uint8Array.from({ length: 64 }, (_, index) => (index * 37 + 11) % 256),
  );
  writeFileSync(join(folder, 'captions.txt'), 'a train\na dog, asleep\n\nübermorgen\n');
  writeFileSync(join(folder, 'concepts.json'), '[{"id": "cat", "name": "Cat"}, {"id": "dog", "name": "Dög"}]');
  process.chdir(folder);
});

afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

test('nothing is left untranslated', () => {
  const left = ported.flatMap(({ name, style, problems }) =>
    problems.map(({ line, message }) => `${name}, ${style}, line ${line}: ${message}`),
  );
  expect(left).toEqual([]);
});

test('what is ported passes the type checker', () => {
  expect(typeErrorsOf(ported.map(({ name, style, code }) => ({ name: `${name}.full.${style}`, code })))).toEqual([]);
});

test.each(programs)('$name sends and prints in both styles what it does in Python', async ({ name, source }) => {
  const file = join(folder, `${name}.py`);
  writeFileSync(file, source);
  const inPython = await runPython(file, folder);
  for (const style of styles) {
    const code = ported.find((one) => one.name === name && one.style === style)?.code ?? '';
    expect({ style, ...(await runPorted(code)) }).toEqual({ style, ...inPython });
  }
});

test('a Python client gets the documented answer for each snippet of the documentation', async () => {
  writeFileSync(join(folder, 'picture.png'), PNG.sync.write(new PNG({ width: 8, height: 8, fill: true })));
  for (const { name, source } of seeds) {
    const answer = /^(\w+) = stub\./m.exec(source)?.[1] ?? '';
    const asking = `${untilAnswer(source)}print(status_code_pb2.StatusCode.Name(${answer}.status.code))\n`;
    const file = join(folder, `${name}-answer.py`);
    writeFileSync(
      file,
      asking.replaceAll('pattern.bin', 'picture.png').replace(/^INPUTS_EXTRACTION_JOB_ID = .*/m, startedJob),
    );
    const { printed } = await runPython(file, folder);
    expect([name, printed.trim()]).toEqual([name, 'SUCCESS']);
  }
});

/** A snippet without what it makes of the answer. */
function untilAnswer(source: string): string {
  return source.replace(/^if \w+\.status\.code[^]*/m, '');
}

/** The job that snippets about jobs ask for is one that was started before. */
const startedJob = [
  untilAnswer(seedProgram('003-post-inputs-data-sources')),
  'INPUTS_EXTRACTION_JOB_ID = post_inputs_response.inputs_add_jobs[0].extraction_jobs[0].id',
].join('');
