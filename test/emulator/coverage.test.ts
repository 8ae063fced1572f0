import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MethodName } from '../../generated/methods';
import { methods } from '../../generated/methods';
import { reflection } from '../../generated/reflection';
import { handlerOf, isImplemented } from '../../src/emulator/handlers/all-handlers';
import { handlerFiles } from '../../src/emulator/handlers/handler-files';
import { startHarness } from './harness';
import { patHeaders } from './raw-client';

const root = join(__dirname, '../..');
const guide = readFileSync(join(root, 'docs/emulator.md'), 'utf8');
const names = Object.keys(methods) as MethodName[];
const coverageOf = (name: string) => new RegExp(`^\\| ${name} +\\| (.*?) +\\|$`, 'm').exec(guide)?.[1];

it('is told of in docs/emulator.md as it is', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/emulator-coverage.mjs'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  expect(names.filter((name) => (coverageOf(name) === 'implemented') !== isImplemented(name))).toEqual([]);
});

it('finds the handler of every RPC, and no handler is without an RPC', () => {
  expect(names.filter((name) => isImplemented(name) !== (handlerOf(name) !== undefined))).toEqual([]);
  for (const [load, ...methods] of handlerFiles) expect(Object.keys(load()).sort()).toEqual(methods.sort());
});

it('validates what it only validates: the bytes, then the key', async () => {
  await using harness = await startHarness();
  const validated = names.filter((name) => coverageOf(name) === 'validated only' && methods[name].kind === 'unary');
  expect(validated.length).toBeGreaterThan(0);
  for (const name of validated) {
    const { path } = methods[name];
    const garbage = harness.client.bytes(path, Buffer.from('ffffffffff', 'hex'));
    await expect(garbage).rejects.toMatchObject({ code: 13 });
    await expect(harness.client.bytes(path, new Uint8Array())).rejects.toMatchObject({ code: 12 });
    if (reflection().methods[name]?.[4] === 'NoAuth') continue;
    expect((await harness.client.call(name as 'GetUser', {}, patHeaders('f'.repeat(32)))).status?.code).toBe(11009);
  }
});
