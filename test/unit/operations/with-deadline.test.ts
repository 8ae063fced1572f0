import type { Invoke, InvokeOptions } from '../../../src/operations/invoker';
import { withDeadline } from '../../../src/operations/with-deadline';
import { FakeClock } from '../fake-clock';

const seen: InvokeOptions[] = [];
const invoke = ((_method: string, _request: object, options: InvokeOptions) => {
  seen.push(options);
  return Promise.resolve({});
}) as unknown as Invoke;

test('each request gets what is left of the time, and the last ones hardly any', async () => {
  const clock = new FakeClock();
  const limited = withDeadline(invoke, { timeoutMs: 1000 }, clock);
  for (let request = 0; request < 3; request++) {
    await limited('GetModel', {}, { attemptTimeoutMs: 50 });
    await clock.advance(600);
  }
  expect(seen.map(({ timeoutMs }) => timeoutMs)).toEqual([1000, 400, 1]);
  expect(seen.every(({ attemptTimeoutMs }) => attemptTimeoutMs === 50)).toBe(true);
});

test.each([null, undefined])('%s sets no common limit', (timeoutMs) => {
  expect(withDeadline(invoke, { timeoutMs }, new FakeClock())).toBe(invoke);
});
