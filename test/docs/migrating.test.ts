// docs/migrating.md has a row for each method of clarifai-nodejs, and every row is true of both packages.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import * as clarifaiGrpc from '../../src/index';
import { repositoryRoot } from '../package/folder';
import { installPeers } from '../peers/run-peer';

const page = readFileSync(join(repositoryRoot, 'docs/migrating.md'), 'utf8');
const rows = [...page.matchAll(/^\| `([A-Z]\w+)\.(\w+)`[^|]*\| `([^`]+)`/gm)].map(
  ([, owner = '', method = '', here = '']): [string, string] => [`${owner}.${method}`, here],
);

const clarifai = new clarifaiGrpc.Clarifai({ base: 'http://127.0.0.1:1', pat: 'none', userId: 'u', appId: 'a' });
beforeAll(installPeers);
afterAll(() => clarifai.close());

/** The public methods that the package's types declare, but for those of RAG. */
function methodsOfPeer(): string[] {
  const types = readFileSync(join(repositoryRoot, 'test/peers/node_modules/clarifai-nodejs/dist/types.d.ts'), 'utf8');
  const classes = types
    .split(/^export class /m)
    .slice(1)
    .map((text) => text.split(/^\}/m)[0] ?? '');
  return classes
    .map((text) => ({ owner: /^\w+/.exec(text)?.[0] ?? '', names: text.matchAll(/^ {4}(?:static )?(\w+)\(/gm) }))
    .filter(({ owner }) => owner !== 'RAG')
    .flatMap(({ owner, names }) => [...names].map(([, name]) => `${owner}.${name}`))
    .filter((method) => !method.endsWith('.constructor'));
}

test('every method of clarifai-nodejs has a row, and every row is of one of its methods', () => {
  expect([...new Set(rows.map(([method]) => method))].sort()).toEqual([...new Set(methodsOfPeer())].sort());
});

test.each(rows.filter(([, here]) => !here.startsWith('{')))('%s: %s exists', (_method, here) => {
  const callee = here.replace(/\((?:[^()]|\([^()]*\))*\)$/, '');
  const names = ['userId', 'appId', 'datasetId', 'modelId', 'workflowId', 'moduleId', 'runnerId'];
  const scope = { ...clarifaiGrpc, clarifai, ...Object.fromEntries(names.map((name) => [name, 'x'])) };
  expect(['function', 'object']).toContain(runInNewContext(`typeof ${callee}`, scope));
});
