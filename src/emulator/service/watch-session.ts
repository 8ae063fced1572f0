import type { ServerHttp2Session } from 'node:http2';
import { systemClock } from '../../base/clock';

/** How long nothing may come or go before a client is asked whether it is there, and how long it may take to say so. */
export interface SessionPatience {
  readonly quietMs: number;
  readonly answerMs: number;
}

const defaultPatience: SessionPatience = { quietMs: 30_000, answerMs: 20_000 };

/**
 * Ends a connection whose client does not answer a ping once it has been quiet for a while. Some clients are gone without
 * a word, others never said any; and after bytes that are not HTTP/2, Node 20 neither closes a connection nor reads on, so
 * that it does not even notice when the client hangs up.
 */
export function watchSession(session: ServerHttp2Session, patience: SessionPatience = defaultPatience): void {
  const { quietMs, answerMs } = patience;
  session.setTimeout(quietMs);
  session.on('timeout', () => {
    if (session.destroyed) return;
    const timer = systemClock.setTimer(() => session.destroy(), answerMs, true);
    session.ping(() => {
      timer.cancel();
      if (!session.destroyed) session.setTimeout(quietMs);
    });
  });
}
