import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemFiles } from '../../../../src/ingestion/journal/journal-files';
import { lockJournal } from '../../../../src/ingestion/journal/journal-lock';
import { isAlive, ownIdentity } from '../../../../src/ingestion/journal/process-identity';

let directory: string;
beforeEach(async () => void (directory = await mkdtemp(join(tmpdir(), 'journal-'))));
afterEach(() => rm(directory, { recursive: true }));

const lock = (): Promise<() => Promise<void>> => lockJournal(directory, systemFiles);
const claim = ({ pid, startTime, bootId } = ownIdentity()): Promise<void> =>
  writeFile(join(directory, `lock.${pid}.${startTime}.${bootId}.0badcafe`), '');

test('one run has the journal, and the next when it lets go', async () => {
  const unlock = await lock();
  await expect(lock()).rejects.toMatchObject({ code: 'JOURNAL_LOCKED' });
  await expect(lock()).rejects.toThrow(`process ${process.pid} holds`);
  await unlock();
  expect(await readdir(directory)).toEqual([]);
  await (
    await lock()
  )();
});

test('a process that was killed leaves no lock behind', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const own = ownIdentity();
  expect(isAlive(own)).toBe(true);
  // The child's own start time is what it is; a lock with another one is of a process that had its number before.
  await claim({ ...own, pid: child.pid ?? 0 });
  if (own.startTime !== '-') await (await lock())();
  child.kill('SIGKILL');
  await once(child, 'exit');
  await claim({ ...own, pid: child.pid ?? 0 });
  await (
    await lock()
  )();
  expect(await readdir(directory)).toEqual([]);
});

test('the lock of another start of the machine is void, whatever process has its number now', async () => {
  await claim({ ...ownIdentity(), bootId: '00000000-0000-0000-0000-000000000000' });
  await (
    await lock()
  )();
});

test('where only the number of a process can be known, that counts', async () => {
  expect(isAlive({ ...ownIdentity(), startTime: '-' })).toBe(true);
  expect(isAlive({ ...ownIdentity(), pid: 2 ** 22 + 1, startTime: '-' })).toBe(false);
});
