import { readFileSync } from 'node:fs';

/** What tells a process from every other that had, or will have, its number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks from the start of the machine to the start of the process; `-` where that cannot be known. */
  readonly startTime: string;
  /** Another one after every start of the machine; `-` where that cannot be known. */
  readonly bootId: string;
}

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, startTime: startTimeOf(process.pid) ?? '-', bootId: bootId() };
}

/** Whether the process still runs. Where only its number can be looked at, another process that has it now counts, too. */
export function isAlive({ pid, startTime, bootId: boot }: ProcessIdentity): boolean {
  const isOfThisBoot = boot === bootId();
  if (!isOfThisBoot) return false;
  if (startTime !== '-') return startTimeOf(pid) === startTime;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function bootId(): string {
  // Linux; other systems have the number of the process alone.
  return textOf('/proc/sys/kernel/random/boot_id')?.trim() ?? '-';
}

function startTimeOf(pid: number): string | undefined {
  const stat = textOf(`/proc/${pid}/stat`);
  // pid (name) state ppid ...: the name may hold spaces and parentheses; the 22nd field is the start time.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  // One that has been killed, and whose parent has not looked yet, is still listed.
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
