import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { photograph } from '../harness';
import { startWorld, type World } from './world';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const models = 'https://clarifai.com/clarifai/main/models';
const detector = `${models}/general-image-detection`;

test('--show draws the picture between its name and what was found', async () => {
  const photo = world.file('photo.jpg', photograph());
  const env = { ...world.env, COLORTERM: 'truecolor' };
  const { code, out } = await world.ran(['predict', detector, photo, '--show'], { env, isWatched: true });
  const lines = out.split('\n');
  expect(code).toBe(0);
  expect(lines[0]).toBe(`\u001b[1m${photo}\u001b[0m`);
  // A terminal of 24 rows: 16 of them are the picture's.
  expect(lines.slice(1, 17).every((line) => line.includes('▀'))).toBe(true);
  expect(lines[17]).toBe('general-image-detection');
  expect(out).toContain('Synthetic');
});

test('--show where there is nobody to look prints the words', async () => {
  const photo = world.file('photo.jpg', photograph());
  const plain = await world.ran(['predict', detector, photo]);
  expect(await world.ran(['predict', detector, photo, '--show'])).toEqual(plain);
});

test('--html writes a page of all inputs, those that failed among them, beside what is printed', async () => {
  const photo = world.file('photos/<b>.jpg', photograph());
  world.file('photos/broken.jpg', 'neither\0this');
  const page = join(world.folder, 'report.html');
  const args = ['predict', detector, join(world.folder, 'photos'), '--text', 'no picture', '--html', page];
  const { code, out, err } = await world.ran([...args, '--json']);
  expect(code).toBe(3);
  expect(out.trim().split('\n')).toHaveLength(3);
  expect(err).toContain(`The report is in ${page}`);
  const html = readFileSync(page, 'utf8');
  expect(html).toContain('<title>Predictions of general-image-detection</title>');
  expect(html.match(/<article/g)).toHaveLength(3);
  expect(html).toContain(`data:image/jpeg;base64,${photograph().toString('base64')}`);
  expect(html).not.toContain(photo);
  expect(html).toContain('&lt;b&gt;.jpg');
  expect(html).toContain('3 inputs · 2 failed · 1 with predictions that say they are synthetic');
});

test('--html of a workflow shows what each of its models says', async () => {
  const page = join(world.folder, 'report.html');
  const photo = world.file('photo.jpg', photograph());
  expect(await world.ran(['workflow', 'run', 'general-and-color', photo, '--html', page])).toMatchObject({ code: 0 });
  const html = readFileSync(page, 'utf8');
  expect(html.match(/<h3>[\w-]+/g)).toEqual(['<h3>general-image-recognition', '<h3>color-recognition']);
  expect(html.match(/<img /g)).toHaveLength(1);
});

test('a report that cannot be written, and --show with --json, end before anything is sent', async () => {
  const photo = world.file('photo.jpg', photograph());
  const nowhere = join(world.folder, 'none', 'report.html');
  expect(await world.ran(['predict', detector, photo, '--html', nowhere])).toMatchObject({ code: 1 });
  expect(await world.ran(['predict', detector, photo, '--show', '--json'])).toMatchObject({ code: 2 });
  expect(world.emulator.requests()).toEqual([]);
});
