import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import * as clarifaiGrpc from '../../../src/index';
import { rows as surface } from '../../emulator/client/resources/surface/rows';

const root = join(__dirname, '../../..');

type Row = readonly [method: string, here: string, rpc: string, test: readonly [file: string, title: string]];

/** The rows as the script that writes the page sees them. */
const rows = JSON.parse(
  spawnSync(
    process.execPath,
    ['-e', "import('./scripts/sdk-map.mjs').then((m) => console.log(JSON.stringify([m.sdkRows(), m.legacyRows()])))"],
    { cwd: root, encoding: 'utf8' },
  ).stdout,
) as readonly [sdk: readonly Row[], legacy: readonly Row[]];
const [sdk, legacy] = rows;
const all = [...sdk, ...legacy];

const documented = JSON.parse(readFileSync(join(root, 'test/fixtures/sdk-methods.json'), 'utf8')) as {
  readonly sdk: readonly string[];
  readonly client: readonly string[];
};

const clarifai = new clarifaiGrpc.Clarifai({ base: 'http://127.0.0.1:1', pat: 'none', userId: 'u', appId: 'a' });
afterAll(() => clarifai.close());

/** An expression without its last call: `clarifai.app(appId).models.list`. */
function calleeOf(expression: string): string {
  return expression.replace(/\((?:[^()]|\([^()]*\))*\)$/, '');
}

/** What an expression stands for, its last call left out. */
function typeOf(expression: string): string {
  const callee = calleeOf(expression);
  const handles = /\.(user|app|dataset|model|workflow|module|runner)$/.test(callee) ? expression : callee;
  return evaluated(`typeof (${handles.replace(/^new /, '')})`);
}

function evaluated(expression: string): string {
  const names = ['userId', 'appId', 'datasetId', 'modelId', 'workflowId', 'moduleId', 'runnerId', 'conceptId'];
  const scope = { ...clarifaiGrpc, clarifai, ...Object.fromEntries(names.map((name) => [name, 'x'])) };
  return String(runInNewContext(expression, scope));
}

test('docs/sdk-map.md is what the rows say', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/sdk-map.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
});

test('every method that Clarifai documents has a row, and no cell is empty', () => {
  const inSdk = new Set(sdk.map(([method]) => method));
  const inLegacy = new Set(legacy.map(([method]) => method));
  expect(documented.sdk.filter((method) => !inSdk.has(method))).toEqual([]);
  expect(documented.client.filter((method) => !inLegacy.has(method))).toEqual([]);
  expect(all.filter(([method, here, rpc, test]) => [method, here, rpc, ...test].includes(''))).toEqual([]);
});

test.each(all.filter(([, here]) => !here.startsWith('{')))('%s: %s exists', (_method, here) => {
  expect(['function', 'object']).toContain(typeOf(here));
});

test.each(all)('%s (%s, %s) is shown by a test that is there: %j', (_method, _here, _rpc, [file, title]) => {
  const quoted = readFileSync(join(root, file), 'utf8').matchAll(/[([]\s*(['"`])((?:(?!\1)[^\\]|\\.)*)\1,/g);
  const titles = [...quoted].map(([, , text = '']) => text.replaceAll('\\', ''));
  expect(titles.filter((one) => one.startsWith(title))).not.toEqual([]);
});

test.each(all.filter(([, , rpc]) => rpc !== 'none' && rpc !== 'any list'))(
  '%s: the RPCs of %s are RPCs: %s',
  (_method, _here, rpc) => {
    for (const name of rpc.split(', ')) expect(clarifai.rpc).toHaveProperty(name);
  },
);

/** The call that an expression makes, as the surface knows it: `Models.list`. */
function methodOf(expression: string): string {
  const [, owner, method] = /^(clarifai.*)\.(\w+)$/.exec(calleeOf(expression)) ?? [];
  return owner === undefined ? '' : `${evaluated(`(${owner}).constructor.name`)}.${method}`;
}

const sending = all.flatMap(([python, here, rpc]) => {
  const row = surface[methodOf(here)];
  return row?.kind !== 'call' || rpc === 'any list' ? [] : [[python, here, rpc, row.rpcs] as const];
});

test('most rows are calls whose RPCs are known from the tests of the surface', () => {
  expect(sending.length).toBeGreaterThan(all.length / 2);
});

test.each(sending)('%s: %s sends the RPCs %s', (_python, here, rpc, rpcs) => {
  // The inputs that are downloaded are listed by the caller.
  const sent = here.includes('.download(inputs') ? ['none'] : rpcs;
  expect(rpc.split(', ')).toEqual(expect.arrayContaining([...sent]));
});
