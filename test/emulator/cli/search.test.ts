import { Clarifai, throwIfFailed } from '../../../src/index';
import { picture } from '../client/resources/harness';
import { createManualClock } from '../../../src/emulator/index';
import { startWorld, type World } from './world';

const red = picture(250, 10, 10);
let world: World;
beforeAll(async () => {
  world = await startWorld({ clock: createManualClock(), storeBytes: true });
  await using clarifai = new Clarifai(world.emulator.clientOptions);
  await clarifai.app().datasets.create('warm');
  throwIfFailed(
    await clarifai.inputs.add([
      {
        id: 'red',
        image: red,
        concepts: ['stop'],
        metadata: { hue: 'red' },
        geo: { latitude: 41.9, longitude: 12.5 },
        datasetIds: ['warm'],
      },
      { id: 'orange', image: picture(250, 120, 10), concepts: [{ id: 'stop', value: 0 }], datasetIds: ['warm'] },
      { id: 'blue', image: picture(10, 10, 250), geo: { latitude: 48.85, longitude: 2.35 } },
      { id: 'prose', text: 'a story of a red house' },
    ]),
  );
  await clarifai.app().searches.save('stops', { filters: [{ concepts: ['stop'] }] });
  world.emulator.advance(10_000);
});
afterAll(() => world[Symbol.asyncDispose]());

async function found(...args: string[]): Promise<string[]> {
  const { code, out, err } = await world.ran(['search', ...args, '--json']);
  if (code !== 0) throw new Error(err);
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).input.id as string);
}

test('hits are those that are likest to a text, a picture or an input', async () => {
  expect((await found('a red house', '--kind', 'text'))[0]).toBe('prose');
  const file = world.file('red.png', red);
  expect(await found('--image', file, '--kind', 'image')).toEqual(['red', 'orange', 'blue']);
  expect((await found('--input', 'blue', '--kind', 'image'))[0]).toBe('blue');
});

test.each([
  [['--concept', 'stop'], ['red']],
  [['--metadata', '{"hue": "red"}'], ['red']],
  [['--near', '41.9,12.5,100'], ['red']],
  [['--kind', 'text'], ['prose']],
  [['--kind', 'image', '--dataset', 'warm', '--concept', 'stop'], ['red']],
  [['--saved', 'stops'], ['red']],
])('hits have all that is asked for: %j', async (args, ids) => {
  expect(await found(...args)).toEqual(ids);
});

test('--without-concept leaves out what has it', async () => {
  expect(await found('--without-concept', 'stop')).not.toContain('red');
});

test('--top-k and --count', async () => {
  expect(await found('--kind', 'image', '--top-k', '2')).toHaveLength(2);
  expect(await world.ran(['search', '--kind', 'image', '--count'])).toEqual({ code: 0, out: '3\n', err: '' });
  expect((await world.ran(['search', '--count', '--json'])).out).toBe('{"count":4}\n');
});

test('in words, a line says score, id, concepts and medium', async () => {
  const { out } = await world.ran(['search', '--concept', 'stop']);
  const [heading, hit] = out.split('\n');
  expect(heading).toMatch(/^SCORE +ID +CONCEPTS +MEDIUM$/);
  expect(hit).toMatch(/^ *\d\.?\d* +red +stop/);
});

test('nothing is an answer, too', async () => {
  expect(await world.ran(['search', '--concept', 'nobody-has-it'])).toEqual({
    code: 0,
    out: '',
    err: 'Nothing was found.\n',
  });
});

test.each([
  [['--image', 'no-such-file.png'], 'Expected --image to be a file or a URL'],
  [['--near', 'here'], 'Expected --near to be a latitude, a longitude and kilometers'],
  [['--near', '1,2,3,4'], 'Expected --near'],
  [['--near', '91,0,1'], 'latitude'],
  [['--metadata', 'x'], 'Expected --metadata to be JSON'],
  [['--saved', 'stops', '--concept', 'stop'], 'Expected --saved without other terms'],
  [['--saved', 'stops', '--count'], 'Expected --count without --saved'],
  [['--kind', 'smell'], 'Allowed choices are image, video, audio, text'],
])('a mistake ends with 2: %j', async (args, said) => {
  expect(await world.ran(['search', ...args])).toMatchObject({ code: 2, out: '', err: expect.stringContaining(said) });
});
