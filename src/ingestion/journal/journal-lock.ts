import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { invalidRequest } from '../../base/assert';
import type { JournalFiles } from './journal-files';
import { isAlive, ownIdentity, type ProcessIdentity } from './process-identity';

const lockName = /^lock\.(\d+)\.(\d+|-)\.([0-9a-f-]+)\.[0-9a-f]+$/;

export function isLock(name: string): boolean {
  return lockName.test(name);
}

/**
 * Takes the journal for this process. The lock is a file whose name tells the process, so that there is never a lock
 * without its owner's name in it. Everyone first makes his own and then looks for others: of two that come at once, one at
 * least, and maybe both, see the other and give way. The lock of a process that runs no more is removed.
 *
 * @returns lets go of it
 * @throws InvalidRequestError when another run has it
 */
export async function lockJournal(path: string, files: JournalFiles): Promise<() => Promise<void>> {
  const { pid, startTime, bootId } = ownIdentity();
  const own = `lock.${pid}.${startTime}.${bootId}.${randomUUID().slice(0, 8)}`;
  const release = (): Promise<void> => files.remove(join(path, own));
  await (await files.create(join(path, own))).close();
  for (const name of await files.list(path)) {
    const owner = ownerOf(name);
    if (owner === undefined || name === own) continue;
    if (!isAlive(owner)) {
      await files.remove(join(path, name));
      continue;
    }
    await release();
    const message = `Another run has the journal: process ${owner.pid} holds ${join(path, name)}`;
    throw invalidRequest(message, { code: 'JOURNAL_LOCKED' });
  }
  return release;
}

function ownerOf(name: string): ProcessIdentity | undefined {
  const [, pid, startTime, bootId] = lockName.exec(name) ?? [];
  if (pid === undefined || startTime === undefined || bootId === undefined) return undefined;
  return { pid: Number(pid), startTime, bootId };
}
