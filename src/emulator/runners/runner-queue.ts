import type { RunnerTask } from './runner-task';

/** What waits for a runner, and what it is at. */
export class RunnerQueue {
  #waiting: RunnerTask[] = [];
  readonly #taken = new Map<string, RunnerTask>();
  readonly #listeners = new Set<() => void>();

  add(task: RunnerTask): void {
    this.#waiting.push(task);
    for (const listener of this.#listeners) listener();
  }

  /** Takes what waits; what nobody wants any longer is passed over. */
  take(): RunnerTask[] {
    const tasks = this.#waiting.filter(({ isOver }) => !isOver);
    this.#waiting = [];
    for (const task of tasks) this.#taken.set(task.id, task);
    return tasks;
  }

  /** A task that was taken. */
  find(id: string): RunnerTask | undefined {
    return this.#taken.get(id);
  }

  finish(task: RunnerTask): void {
    this.#taken.delete(task.id);
    task.outputs.close();
  }

  /** Lets another runner do what this one has left undone. */
  giveBack(tasks: Iterable<RunnerTask>): void {
    for (const task of tasks) if (this.#taken.delete(task.id) && !task.isOver) this.add(task);
  }

  /** Calls back when something comes in, until the function that is returned is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
