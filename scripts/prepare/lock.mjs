import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `action` while no other process holds the same lock file. A lock whose process has ended is taken over, so a
 * killed run blocks nobody.
 */
export async function withLock(file, onWait, action) {
  mkdirSync(dirname(file), { recursive: true });
  for (let told = false; !tryTake(file); await sleep(100)) {
    const holder = holderOf(file);
    if (holder !== undefined && !isRunning(holder)) {
      rmSync(file, { force: true });
    } else if (!told && holder !== undefined) {
      onWait(holder);
      told = true;
    }
  }
  try {
    return await action();
  } finally {
    rmSync(file, { force: true });
  }
}

function tryTake(file) {
  // A link appears with its content, so no one ever sees a lock without its holder.
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(own);
  }
}

/** Undefined when the lock has been released meanwhile. */
function holderOf(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
