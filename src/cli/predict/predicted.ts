import type { InputLike, Outcome, Output } from '../../index';
import { Interrupted, Interruption } from '../shell/interruption';
import { type ExitCode, exitCode } from '../shell/exit-code';
import { plainError } from '../shell/plain-error';
import type { Print } from '../shell/print';
import type { NamedInput } from './named-inputs';

/** An input, and what was answered. */
export interface Predicted<Value = unknown> extends NamedInput {
  readonly outcome: Outcome<Value>;
  /** One a model; none when it failed. */
  readonly outputs: readonly Output[];
}

/** What becomes of predictions: they are printed, drawn, written to a report. */
export interface View {
  add(predicted: Predicted): Promise<void>;
  /** Called once, also after a failure. */
  close(): Promise<void>;
}

export interface PredictAllParams<Value> {
  readonly read: (signal: AbortSignal) => AsyncIterable<NamedInput>;
  readonly ask: (inputs: AsyncIterable<InputLike | Error>, signal: AbortSignal) => AsyncIterable<Outcome<Value>>;
  readonly outputsOf: (value: Value) => readonly Output[];
  readonly views: readonly View[];
  readonly print: Print;
}

/**
 * Asks about all inputs, and shows what is answered in their order. An interruption lets what was sent be answered, and reads
 * nothing more.
 */
export async function predictAll<Value>(params: PredictAllParams<Value>): Promise<ExitCode> {
  const { read, ask, outputsOf, views, print } = params;
  using interruption = new Interruption((line) => print.note(line));
  let [count, failed] = [0, 0];
  // Outcomes come in the order of the inputs.
  const asked: NamedInput[] = [];
  const inputs = async function* (): AsyncGenerator<InputLike | Error, void, undefined> {
    for await (const named of read(interruption.draining)) {
      asked.push(named);
      yield named.input;
    }
    // With nothing to ask the client would tell of a mistake.
    if (count === 0 && asked.length === 0) interruption.draining.throwIfAborted();
  };
  try {
    for await (const answered of ask(inputs(), interruption.aborted)) {
      const { name, input } = asked.shift() ?? { name: String(answered.index), input: '' };
      const outcome = answered.ok ? answered : { ...answered, error: plainError(answered.error, name) };
      count += 1;
      if (!outcome.ok) failed += 1;
      const outputs = outcome.ok ? outputsOf(outcome.value) : [];
      for (const view of views) await view.add({ name, input, outcome, outputs });
    }
  } finally {
    for (const view of views) await view.close();
  }
  if (count > 1) print.note(`${count} inputs, ${failed} failed`);
  if (interruption.draining.aborted) throw new Interrupted();
  if (failed === 0) return exitCode.ok;
  return failed < count ? exitCode.partial : exitCode.failure;
}
