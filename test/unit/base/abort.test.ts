import { linkAbort, sleep, throwIfAborted } from '../../../src/base/abort';
import { FakeClock, settle } from '../fake-clock';

/** A signal that counts its listeners. */
function counted(): { controller: AbortController; listeners: () => number } {
  const controller = new AbortController();
  const { signal } = controller;
  let count = 0;
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
  signal.addEventListener = (...args: Parameters<typeof add>) => ((count += 1), add(...args));
  signal.removeEventListener = (...args: Parameters<typeof remove>) => ((count -= 1), remove(...args));
  return { controller, listeners: () => count };
}

describe('sleep', () => {
  test('resolves when the time has passed and not before', async () => {
    const clock = new FakeClock();
    let awake = false;
    const sleeping = sleep(100, clock).then(() => (awake = true));
    await clock.advance(99);
    expect(awake).toBe(false);
    await clock.advance(1);
    await sleeping;
    expect(awake).toBe(true);
  });

  test('rejects with the very reason of an abort, at once, and removes its timer', async () => {
    const clock = new FakeClock();
    const { controller, listeners } = counted();
    const reason = { why: 'enough' };
    const sleeping = sleep(100, clock, controller.signal);
    expect(clock.pending).toBe(1);
    controller.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
    expect(clock.pending).toBe(0);
    expect(listeners()).toBe(0);
  });

  test('removes its listener when the time has passed', async () => {
    const clock = new FakeClock();
    const { controller, listeners } = counted();
    await clock.run(sleep(100, clock, controller.signal));
    expect(listeners()).toBe(0);
  });

  test('does not set a timer when the signal is aborted already', async () => {
    const clock = new FakeClock();
    await expect(sleep(100, clock, AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
    expect(clock.pending).toBe(0);
  });

  test('takes delays that a timer cannot', async () => {
    const clock = new FakeClock();
    void sleep(Infinity, clock).catch(() => undefined);
    await settle();
    expect(clock.nextDelayMs).toBe(0x7fffffff);
  });
});

describe('linkAbort', () => {
  test('aborts with the reason of whichever source aborts first', () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const linked = linkAbort(first.signal, undefined, second.signal);
    second.abort('second');
    first.abort('first');
    expect(linked.signal.reason).toBe('second');
  });

  test('is aborted from the start when a source is', () => {
    expect(linkAbort(AbortSignal.abort('early')).signal.reason).toBe('early');
  });

  test('can be aborted by itself, without touching the sources', () => {
    const source = new AbortController();
    const linked = linkAbort(source.signal);
    linked.abort('mine');
    expect(linked.signal.reason).toBe('mine');
    expect(source.signal.aborted).toBe(false);
  });

  test('leaves no listener behind once unlinked', () => {
    const { controller, listeners } = counted();
    const linked = linkAbort(controller.signal);
    expect(listeners()).toBe(1);
    linked.unlink();
    expect(listeners()).toBe(0);
    controller.abort();
    expect(linked.signal.aborted).toBe(false);
  });
});

describe('throwIfAborted', () => {
  test('throws the reason untouched, and does nothing without a signal', () => {
    const reason = Symbol('reason');
    expect(() => throwIfAborted(undefined)).not.toThrow();
    try {
      throwIfAborted(AbortSignal.abort(reason));
      throw new Error('Nothing was thrown');
    } catch (error) {
      expect(error).toBe(reason);
    }
  });
});
