import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import * as clarifaiGrpc from '../../../src/index';

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

/** What an expression stands for, its last call left out: `typeof clarifai.app(appId).models.list`. */
function typeOf(expression: string): string {
  const callee = expression.replace(/\((?:[^()]|\([^()]*\))*\)$/, '');
  const handles = /\.(user|app|dataset|model|workflow|module|runner)$/.test(callee) ? expression : callee;
  const names = ['userId', 'appId', 'datasetId', 'modelId', 'workflowId', 'moduleId', 'runnerId'];
  const scope = { ...clarifaiGrpc, clarifai, ...Object.fromEntries(names.map((name) => [name, 'x'])) };
  return String(runInNewContext(`typeof (${handles.replace(/^new /, '')})`, scope));
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
  expect(all.filter(([method, here, rpc, [file]]) => [method, here, rpc, file].includes(''))).toEqual([]);
});

test.each(all.filter(([, here]) => !here.startsWith('{')))('%s: %s exists', (_method, here) => {
  expect(['function', 'object']).toContain(typeOf(here));
});

test.each(all)('%s (%s, %s) is shown by a test that is there: %j', (_method, _here, _rpc, [file, title]) => {
  expect(readFileSync(join(root, file), 'utf8')).toContain(title.replace(/'/g, "\\'"));
});

test.each(all.filter(([, , rpc]) => rpc !== 'none' && rpc !== 'any list'))(
  '%s: the RPCs of %s are RPCs: %s',
  (_method, _here, rpc) => {
    for (const name of rpc.split(', ')) expect(clarifai.rpc).toHaveProperty(name);
  },
);
