import { exitCodeOf } from '../../../src/cli/shell/failure';
import { Interrupted, Interruption } from '../../../src/cli/shell/interruption';

const listeners = (): number => process.listenerCount('SIGINT') + process.listenerCount('SIGTERM');

test('the first signal drains, the second aborts, whichever they are', () => {
  let told = 0;
  using interruption = new Interruption(() => (told += 1));
  process.emit('SIGTERM');
  expect([interruption.draining.aborted, interruption.aborted.aborted, told]).toEqual([true, false, 1]);
  process.emit('SIGINT');
  expect([interruption.draining.aborted, interruption.aborted.aborted, told]).toEqual([true, true, 1]);
  expect(interruption.aborted.reason).toBeInstanceOf(Interrupted);
  expect(exitCodeOf(interruption.aborted.reason)).toBe(130);
});

test('afterwards nobody listens', () => {
  const before = listeners();
  {
    using _interruption = new Interruption(() => undefined);
    expect(listeners()).toBe(before + 2);
  }
  expect(listeners()).toBe(before);
});
