import type { RunnerTask } from './runner-task';

interface Taken {
  readonly task: RunnerTask;
  readonly taker: object | undefined;
}

/** What waits for a runner, and what it is at. */
export class RunnerQueue {
  readonly #waiting = new Set<RunnerTask>();
  readonly #taken = new Map<string, Taken>();
  readonly #listeners = new Set<() => void>();

  add(task: RunnerTask): void {
    this.#waiting.add(task);
    for (const listener of this.#listeners) listener();
  }

  /** Takes what waits; what nobody wants any longer is passed over. @param taker who may give it back */
  take(taker?: object): RunnerTask[] {
    const tasks = [...this.#waiting].filter(({ isOver }) => !isOver);
    this.#waiting.clear();
    for (const task of tasks) this.#taken.set(task.id, { task, taker });
    return tasks;
  }

  /** A task that was taken. */
  find(id: string): RunnerTask | undefined {
    return this.#taken.get(id)?.task;
  }

  finish(task: RunnerTask): void {
    task.outputs.close();
    this.drop(task);
  }

  /** Forgets a task, whether it waits or was taken. */
  drop(task: RunnerTask): void {
    this.#waiting.delete(task);
    this.#taken.delete(task.id);
  }

  /** Lets another runner do what this one has left undone. */
  giveBack(taker: object): void {
    for (const { task } of [...this.#taken.values()].filter((one) => one.taker === taker)) {
      this.drop(task);
      if (!task.isOver) this.add(task);
    }
  }

  /** Calls back when something comes in, until the function that is returned is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
