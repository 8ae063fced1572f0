import { coarseClock } from '../../../src/base/clock';
import { FakeClock } from '../fake-clock';

test('a coarse clock counts from zero, and looks up the time once for what happens without a pause', async () => {
  const fine = new FakeClock(1_000_000);
  const clock = coarseClock(fine);
  expect(clock.now()).toBe(0);
  const looked = jest.spyOn(fine, 'now');
  await fine.advance(25);
  looked.mockClear();
  expect([clock.now(), clock.now(), clock.now()]).toEqual([25, 25, 25]);
  expect(looked).toHaveBeenCalledTimes(1);
  await fine.advance(5);
  expect(clock.now()).toBe(30);
});
