import { setImmediate } from 'node:timers/promises';
import type { InputLike } from '../inputs/input-like';
import { inputsPerTurn, type PreparedInput, prepareInput } from '../inputs/prepare-inputs';
import type { PipelineParams } from './pipeline-params';
import { Stoppable } from './stoppable';
import { Wakeup } from './wakeup';

export interface SourceReaderParams extends Pick<PipelineParams, 'source' | 'onRead' | 'makeId'> {
  /** Takes every item that was read. */
  readonly take: (input: PreparedInput) => void;
  /** Whether there is room for another. */
  readonly hasRoom: () => boolean;
}

/** Reads a source while there is room, and prepares its items one by one. */
export class SourceReader {
  readonly #params: SourceReaderParams;
  readonly #source: Stoppable<InputLike | Error>;
  readonly #room = new Wakeup();
  #read = 0;
  #isStopped = false;
  #hasEnded = false;
  #hasReadAll = false;

  constructor(params: SourceReaderParams) {
    this.#params = params;
    this.#source = new Stoppable(params.source);
  }

  /** Items read. */
  get read(): number {
    return this.#read;
  }

  /** Whether no more items come. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Whether the source came to its end by itself. */
  get hasReadAll(): boolean {
    return this.#hasReadAll;
  }

  /** Reads until the source ends or `stop` is called. Rejects with what the source throws. */
  async readAll(): Promise<void> {
    const { take, onRead, makeId, hasRoom } = this.#params;
    try {
      // Nothing is awaited that is there already: a promise an item would cost more than the item.
      for (let next = this.#source.next(); ; next = this.#source.next()) {
        const step = next instanceof Promise ? await next : next;
        if (step.done === true) break;
        onRead?.(this.#read, step.value);
        const input = prepareInput(step.value, this.#read, makeId);
        const prepared = input instanceof Promise ? await input : input;
        this.#read += 1;
        take(prepared);
        // A source that never waits would keep timers and signals from their turn.
        if (hasRoom() && this.#read % inputsPerTurn === 0) await setImmediate();
        while (!hasRoom() && !this.#isStopped) await this.#room.next();
      }
      this.#hasReadAll = !this.#isStopped;
    } finally {
      this.#source.close();
      this.#hasEnded = true;
    }
  }

  /** There may be room again. */
  wake(): void {
    this.#room.wake();
  }

  stop(): void {
    this.#source.stop();
    this.#isStopped = true;
    this.#room.wake();
  }
}
