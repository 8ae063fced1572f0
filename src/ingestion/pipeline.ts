import { setMaxListeners } from 'node:events';
import { type Clock, coarseClock, type Timer } from '../base/clock';
import type { PreparedInput } from '../inputs/prepare-inputs';
import { Budget, shareInFlight } from './budget';
import { Delayed } from './delayed';
import type { Fate } from './fate';
import { Item, type ReadyInput } from './item';
import type { Journal } from './journal/journal';
import type { Permit } from './limiter';
import { Packer } from './packer';
import type { Deliver, PipelineParams } from './pipeline-params';
import { recalledFate, refusedFate } from './recalled-fate';
import { watchLimits } from './run-limits';
import { sameId } from './same-id';
import { SeenIds } from './seen-ids';
import { Confirmer } from './settle/confirmer';
import { Sender, type SenderCounts } from './sender';
import { SourceReader } from './source-reader';
import { UnderWay } from './under-way';
import { Wakeup } from './wakeup';

/**
 * source -> prepare -> pack -> send -> outcomes. Two loops with a budget between them: one reads the source while there is
 * room, the other sends chunks as the limiter gives leave. What failed and is to be sent again comes back to the packer.
 */
export class Pipeline {
  readonly #params: PipelineParams;
  readonly #clock: Clock;
  readonly #deliver: Deliver;
  readonly #reader: SourceReader;
  readonly #budget: Budget;
  readonly #packer: Packer;
  readonly #delayed: Delayed;
  readonly #sender: Sender;
  readonly #confirmer: Confirmer | undefined;
  readonly #abort = new AbortController();
  /** Something has changed for the loop that sends. */
  readonly #change = new Wakeup();
  readonly #seen = new SeenIds();
  readonly #underWay = new UnderWay();
  #inFlight = 0;
  #failure: { readonly reason: unknown } | undefined;
  #journal: Journal | undefined;

  /** @param deliver is called once for every item that was read */
  constructor(params: PipelineParams, deliver: Deliver) {
    const { options, sender } = params;
    const clock = coarseClock(params.clock);
    // Every request in flight listens, and there are more of them than Node's warning about leaks allows for.
    setMaxListeners(0, this.#abort.signal);
    this.#params = params;
    this.#clock = clock;
    const held = { freed: () => this.released(), held: () => this.#budget.takeItem() };
    const events = { ...held, settled: deliver, failed: (reason: unknown) => this.fail(reason) };
    if (options.ack === 'confirmed') this.#confirmer = new Confirmer(params, this.#abort.signal, events);
    this.#deliver = this.#confirmer?.deliver ?? deliver;
    this.#reader = new SourceReader({
      ...params,
      take: (input) => this.#take(input),
      hasRoom: () => !this.#budget.isFull && !this.#packer.hasPlenty,
    });
    this.#budget = new Budget({ items: options.budgetItems, bytes: options.budgetBytes });
    this.#packer = new Packer({ targetBytes: options.chunkBytes, lingerMs: options.lingerMs, clock });
    this.#delayed = new Delayed(clock);
    this.#sender = new Sender(
      { ...sender, ...options, clock, overwrite: options.onDuplicate === 'overwrite' },
      {
        settle: (item, fate) => this.#settle(item, fate),
        again: (items, delayMs, how) => this.#again(items, delayMs, how),
        stop: (items, reason) => this.#giveUp(items, reason),
      },
    );
  }

  /** Items read from the source. */
  get read(): number {
    return this.#reader.read;
  }

  /** Whether the source came to its end by itself. */
  get hasReadAll(): boolean {
    return this.#reader.hasReadAll;
  }

  get sent(): SenderCounts {
    return this.#sender.counts;
  }

  /** Why the run failed, once it has. */
  get failure(): { readonly reason: unknown } | undefined {
    return this.#failure;
  }

  /**
   * Runs to the end; never rejects. A failure stops the source, and whatever had been read still gets its outcome.
   *
   * @param journal what earlier runs knew, and what is to be known of this one
   */
  async run(journal?: Journal): Promise<void> {
    this.#journal = journal;
    const { options, clock } = this.#params;
    const unwatch = watchLimits({ ...options, clock }, (reason) => this.fail(reason));
    try {
      await Promise.all([this.#readAll(), this.#sendAll()]);
      await this.#confirmer?.idle();
    } finally {
      unwatch();
    }
    this.#unsent([...this.#packer.takeAll(), ...this.#delayed.takeAll()], this.#abort.signal.reason);
  }

  /** Ends reading; what was read goes on to its outcome. */
  stop(): void {
    this.#reader.stop();
  }

  /** Ends reading and cancels what is under way; inputs without an answer become `unsent`. */
  abort(reason: unknown): void {
    this.stop();
    this.#abort.abort(reason);
    this.#change.wake();
  }

  /** Ends the run for a reason that `done` rejects with. */
  fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.abort(reason);
  }

  /** An outcome that was delivered is held by nobody any more. */
  released(): void {
    this.#budget.returnItem();
    this.#reader.wake();
  }

  async #readAll(): Promise<void> {
    try {
      await this.#reader.readAll();
    } catch (reason) {
      // The source failed: what it gave before is still sent.
      this.#failure ??= { reason };
    }
    this.#packer.flush();
    this.#change.wake();
  }

  #take(input: PreparedInput): void {
    this.#budget.takeItem();
    if (input.ok) return this.#admit(input);
    const { index, id, error } = input;
    this.#deliver(index, id, refusedFate(error, this.#journal?.recall(index, undefined)));
  }

  #admit(input: ReadyInput): void {
    const { index, encodedBytes } = input;
    const id = input.id as string;
    const known = this.#journal?.recall(index, id);
    if (known !== undefined && known !== 'sent') return this.#tell(index, id, recalledFate(known, input));
    const item = new Item(input, id, this.#clock.now(), this.#seen);
    if (known === 'sent') item.resume();
    this.#budget.takeBytes(encodedBytes);
    const twin = this.#underWay.twinOf(item);
    if (twin === undefined) this.#queue(item);
    else twin.trouble.twins.push(item);
  }

  #queue(item: Item): void {
    this.#underWay.add(item);
    const wasEmpty = this.#packer.isEmpty;
    this.#packer.add(item);
    if (wasEmpty || this.#packer.isFull || this.#isStuck) this.#change.wake();
  }

  /** Whether no item can come in before those go that wait for it. */
  get #isStuck(): boolean {
    return this.#budget.isFull && this.#budget.items === this.#packer.length;
  }

  async #sendAll(): Promise<void> {
    const { signal } = this.#abort;
    while (await this.#hasChunk()) {
      const permit = await this.#params.limiter.acquire(signal).catch(() => undefined);
      if (permit === undefined) break;
      this.#inFlight += 1;
      const items = this.#packer.take();
      this.#reader.wake();
      void this.#send(items, permit).then(() => {
        this.#inFlight -= 1;
        this.#change.wake();
      });
    }
    while (this.#inFlight > 0) await this.#change.next();
  }

  async #send(items: readonly Item[], permit: Permit): Promise<void> {
    try {
      await this.#journal?.sent(items);
    } catch (reason) {
      permit.cancel();
      return this.#giveUp(items, reason);
    }
    await this.#sender.send(items, permit, this.#abort.signal);
  }

  /** Resolves with true as soon as a chunk is to be sent, with false when there are none to come. */
  async #hasChunk(): Promise<boolean> {
    const { options } = this.#params;
    const mostBefore = Math.max(0, options.budgetBytes * shareInFlight - options.chunkBytes);
    while (!this.#abort.signal.aborted) {
      const mayStart = this.#inFlight < options.concurrency && this.#sender.bytesInFlight <= mostBefore;
      const readyInMs = this.#isStuck ? 0 : this.#packer.readyInMs;
      if (readyInMs === 0 && mayStart) return true;
      const isOver = this.#reader.hasEnded && this.#packer.isEmpty && this.#delayed.isEmpty && this.#inFlight === 0;
      if (isOver) return false;
      let timer: Timer | undefined;
      if (readyInMs !== undefined && mayStart) timer = this.#clock.setTimer(() => this.#change.wake(), readyInMs);
      await this.#change.next();
      timer?.cancel();
    }
    return false;
  }

  #again(items: readonly Item[], delayMs: number, how: 'mixed' | 'together'): void {
    this.#delayed.add(items, delayMs, () => {
      if (how === 'together') this.#packer.addGroup(items);
      else for (const item of items) this.#packer.addAgain(item);
      this.#change.wake();
    });
  }

  #settle(item: Item, fate: Fate): void {
    this.#underWay.delete(item);
    this.#budget.returnBytes(item.bytes);
    this.#reader.wake();
    this.#tell(item.index, item.id, item.isResumed ? { ...fate, resumed: true } : fate);
    if (item.twins.length > 0) this.#release(item, fate);
  }

  #tell(index: number, id: string, fate: Fate): void {
    if (fate.kind !== 'already-existed' || this.#params.options.onDuplicate !== 'fail') {
      return this.#deliver(index, id, fate);
    }
    const { duplicateOf: _, ...refusal } = fate;
    this.#deliver(index, id, { ...refusal, kind: 'rejected' });
  }

  /** Decides about the items that waited for this one. */
  #release(item: Item, fate: Fate): void {
    const [next, ...others] = item.twins;
    if (next === undefined) return;
    switch (fate.kind) {
      case 'unsent':
        return this.#unsent(item.twins, fate.reason);
      case 'rejected':
      case 'dead-lettered':
        // There is no input with this id yet, as far as is known: the next one is sent in its own right.
        next.replace(item);
        for (const other of others) next.trouble.twins.push(other);
        return this.#queue(next);
      case 'accepted':
      case 'confirmed':
      case 'already-existed':
        for (const twin of item.twins) {
          this.#settle(twin, { kind: 'already-existed', duplicateOf: item.index, error: sameId(twin, item) });
        }
    }
  }

  #giveUp(items: readonly Item[], reason: unknown): void {
    if (!this.#abort.signal.aborted) this.fail(reason);
    this.#unsent(items, reason);
  }

  #unsent(items: readonly Item[], reason: unknown): void {
    for (const item of items) this.#settle(item, { kind: 'unsent', reason });
  }
}
