import type { CallOptions } from '../options/call-options';
import type { WaitOptions } from './poll';

/** Milliseconds for which a call that has ended is held up by what it tidies up. */
const tidyUpMs = 10_000;

/** The options of a call, or of a wait, for the requests that tidy up after it: without what ended it, and soon at their own end. */
export function withoutEnd(options: WaitOptions): CallOptions {
  const { signal: _signal, pollMs: _pollMs, maxPollMs: _maxPollMs, onPoll: _onPoll, ...call } = options;
  return { ...call, timeoutMs: tidyUpMs };
}
