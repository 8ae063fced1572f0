import type { AnnotationLike } from '../../../../src/inputs/annotation';
import { throwIfFailed } from '../../../../src/operations/outcome';
import { type Bench, startBench } from './harness';

async function benchWithInput(): Promise<Bench> {
  const bench = await startBench();
  const url = 'https://samples.clarifai.com/metro-north.jpg';
  throwIfFailed(
    await bench.clarifai.inputs.add([
      { id: 'a', url },
      { id: 't', text: 'a short text' },
    ]),
  );
  return bench;
}

test('boxes, polygons, points, spans and whole inputs are annotated and listed again', async () => {
  await using bench = await benchWithInput();
  const { annotations } = bench.clarifai;
  throwIfFailed(
    await annotations.create([
      { id: 'box', inputId: 'a', box: { left: 0.125, top: 0.25, right: 0.5, bottom: 0.75 }, concepts: ['face'] },
      { id: 'poly', inputId: 'a', polygon: [{ x: 0, y: 0 }, { x: 1, y: 0 }, { x: 1, y: 0.5 }], concepts: ['roof'] }, // prettier-ignore
      { id: 'point', inputId: 'a', point: { x: 0.25, y: 0.5 } },
      { id: 'span', inputId: 't', span: { start: 2, end: 7, text: 'short' }, concepts: ['adjective'] },
      { id: 'whole', inputId: 't', concepts: ['prose', { id: 'verse', value: 0 }], info: { by: 'me' } },
    ]),
  );
  const listed = new Map((await annotations.list({ inputIds: ['a', 't'] }).toArray()).map((one) => [one.id, one]));
  const region = (id: string) => listed.get(id)?.data?.regions[0];
  expect(region('box')?.regionInfo?.boundingBox).toEqual({
    topRow: 0.25,
    leftCol: 0.125,
    bottomRow: 0.75,
    rightCol: 0.5,
  });
  expect(region('box')?.data?.concepts[0]).toMatchObject({ id: 'face', value: 1 });
  expect(region('poly')?.regionInfo?.polygon?.points.map(({ row, col }) => [col, row])).toEqual([[0, 0], [1, 0], [1, 0.5]]); // prettier-ignore
  expect(region('point')?.regionInfo?.point).toMatchObject({ row: 0.5, col: 0.25 });
  expect(region('span')?.regionInfo?.span).toEqual({ charStart: 2, charEnd: 7, rawText: 'short' });
  expect(listed.get('whole')?.data?.concepts.map(({ id, value }) => [id, value])).toEqual([
    ['prose', 1],
    ['verse', 0],
  ]);
  expect(listed.get('whole')?.annotationInfo).toEqual({ by: 'me' });
});

test('what is wrong with one annotation is the outcome of that one', async () => {
  await using bench = await benchWithInput();
  const outcomes = await bench.clarifai.annotations.create([
    { id: 'good', inputId: 'a', concepts: ['x'] },
    { id: 'bad', inputId: 'none', concepts: ['x'] },
  ]);
  expect(outcomes.map(({ id, ok }) => [id, ok])).toEqual([
    ['good', true],
    ['bad', false],
  ]);
});

test('an annotation is changed, and deleted alone or with all of its input', async () => {
  await using bench = await benchWithInput();
  const { annotations } = bench.clarifai;
  const ids = async (): Promise<string[]> =>
    (await annotations.list({ inputIds: ['a'] }).toArray()).map(({ id }) => id).filter((id) => /^[xyz]$/.test(id));
  await annotations.create(['x', 'y', 'z'].map((id) => ({ id, inputId: 'a', concepts: ['old'] })));
  const [patched] = throwIfFailed(
    await annotations.patch([{ id: 'x', inputId: 'a', concepts: ['new'] }], { action: 'overwrite' }),
  );
  expect(patched?.data?.concepts.map(({ id }) => id)).toEqual(['new']);
  await annotations.delete([{ inputId: 'a', id: 'x' }]);
  expect((await ids()).sort()).toEqual(['y', 'z']);
  await annotations.deleteOfInputs(['a']);
  expect(await ids()).toEqual([]);
});

test.each<[AnnotationLike, string]>([
  [
    { inputId: 'a', box: { left: 10, top: 20, right: 300, bottom: 400 } },
    '`annotations[0].box.left` to be a number from 0 to 1, got `10`',
  ],
  [
    { inputId: 'a', box: { left: 0.5, top: 0, right: 0.5, bottom: 1 } },
    '`annotations[0].box.right` to be more than annotations[0].box.left',
  ],
  [{ inputId: 'a', polygon: [{ x: 0, y: 0 }] }, '`annotations[0].polygon` to be at least three points'],
  [
    {
      inputId: 'a',
      polygon: [
        { x: 0, y: 0 },
        { x: 0, y: 1.5 },
        { x: 1, y: 1 },
      ],
    },
    '`annotations[0].polygon[1].y` to be a number from 0 to 1',
  ],
  [
    { inputId: 'a', point: { x: 0, y: 0 }, span: { start: 0, end: 1 } },
    'an annotation of one shape, got `"point and span"`',
  ],
  [{ inputId: 'a', span: { start: 5, end: 2 } }, '`annotations[0].span.end` to be an integer of at least 5'],
  [{ inputId: '' }, '`annotations[0].inputId` to be a non-empty string'],
])('%j is refused without a request', async (annotation, message) => {
  await using bench = await startBench();
  await expect(bench.clarifai.annotations.create([annotation])).rejects.toThrow(message);
  await expect(bench.clarifai.annotations.delete([])).rejects.toThrow('at least one annotation');
  expect(bench.emulator.requests()).toHaveLength(0);
});
