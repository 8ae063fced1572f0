import { createManualClock, startEmulator } from '../../src/emulator/index';

it('stands still until it is advanced', () => {
  const clock = createManualClock(1000);
  expect([clock.now(), clock.now()]).toEqual([1000, 1000]);
  clock.advance(5);
  expect(clock.now()).toBe(1005);
});

it('runs timers in the order in which they fall due, at their time, and those they set', () => {
  const clock = createManualClock(0);
  const ran: string[] = [];
  const note = (name: string) => () => ran.push(`${name} at ${clock.now()}`);
  clock.setTimer(note('second'), 20);
  clock.setTimer(() => {
    note('first')();
    clock.setTimer(note('nested'), 5);
  }, 10);
  clock.setTimer(note('late'), 100);
  clock.setTimer(note('cancelled'), 12).cancel();
  clock.advance(50);
  expect(ran).toEqual(['first at 10', 'nested at 15', 'second at 20']);
  expect(clock.now()).toBe(50);
});

it('is needed to advance an emulator', async () => {
  await using emulator = await startEmulator();
  expect(() => emulator.advance(10)).toThrow('createManualClock()');
  await using manual = await startEmulator({ clock: createManualClock() });
  expect(() => manual.advance(-1)).toThrow('byMs');
});
