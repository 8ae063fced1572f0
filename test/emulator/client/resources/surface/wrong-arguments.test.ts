import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ClarifaiError, InvalidRequestError } from '../../../../../src/base/errors';
import { arrived } from '../harness';
import { settled } from './row';
import { methodOf, rows } from './rows';
import { methodsOf, reachableHandles } from './walk';
import { useWorld } from './world';

const world = useWorld();
const [home, folder] = [process.cwd(), mkdtempSync(join(tmpdir(), 'nonsense-'))];

// What is taken for the name of a file or folder would appear here.
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

beforeEach(() => arrived(world()));

const methods = Object.entries(rows).flatMap(([name, { kind }]) =>
  kind === 'elsewhere' || name !== methodOf(name) ? [] : [name],
);

const nonsense: readonly unknown[] = [
  ...[5, null, true, 1n, Symbol('nonsense'), new Date(0), (): void => undefined],
  ...['', 'nonsense', 'non/sense/id', 'https://clarifai.com/u/a/inputs/i'],
  ...[[], [5], [null], [{}], [''], ['non/sense/id'], {}, { nonsense: 1 }, { id: 5 }],
];

/** Methods whose first argument is a text of any kind, or inputs, of which one that is wrong is an outcome. */
const takeNoId = [
  ...['Concepts.search', 'Model.generate', 'Model.stream', 'Model.call'],
  ...['Clarifai.postInputs', 'Clarifai.ingest', 'Inputs.add', 'Inputs.ingest'],
  ...['Dataset.add', 'Dataset.ingest', 'Dataset.upload'],
];

/** Methods that read what their arguments are checked against: signatures, templates, and which evaluation is the latest. */
const readFirst = ['Model.generate', 'Model.stream', 'Model.call', 'Model.train', 'Evaluations.latest'];

/** What a method does when it is called with these arguments: what it rejects with, and what it has sent. */
async function called(method: string, args: readonly unknown[]): Promise<{ error: unknown; sent: number }> {
  const [className = '', name = ''] = method.split('.');
  const handle = reachableHandles(world(), rows).get(className) as Readonly<Record<string, unknown>>;
  const { emulator } = world();
  const before = emulator.requests().length;
  const answer = (async () =>
    settled(await (handle[name] as (...given: unknown[]) => unknown).apply(handle, [...args])))();
  const error = await answer.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  await arrived(world());
  return { error, sent: emulator.requests().length - before - 1 };
}

test('every method is tried', () => {
  const elsewhere = Object.keys(rows).filter((name) => rows[name]?.kind === 'elsewhere');
  expect([...methods, ...elsewhere].sort()).toEqual(methodsOf(reachableHandles(world(), rows)).sort());
});

test.each(methods)('%s meets nonsense with an error of its own, and sends nothing that it refuses', async (method) => {
  for (const argument of nonsense) {
    for (const args of [[argument], ['some-id', argument]]) {
      const { error, sent } = await called(method, args);
      if (error === undefined) continue;
      const call = `${method}(${args.map((arg) => inspect(arg)).join(', ')})`;
      expect([call, error]).toEqual([call, expect.any(ClarifaiError)]);
      if ((error as ClarifaiError).source !== 'client' || readFirst.includes(method)) continue;
      expect([call, sent]).toEqual([call, 0]);
    }
  }
});

test.each(methods.filter((method) => !takeNoId.includes(method)))(
  '%s takes no id with a slash, names the argument, and sends nothing',
  async (method) => {
    for (const argument of ['non/sense/id', ['non/sense/id']]) {
      const { error, sent } = await called(method, [argument]);
      expect(error).toBeInstanceOf(InvalidRequestError);
      expect((error as InvalidRequestError).message).toMatch(/`[^`]+`/);
      expect(sent).toBe(0);
    }
  },
);

test('what is refused makes no file and no folder', () => expect(readdirSync(folder)).toEqual([]));
