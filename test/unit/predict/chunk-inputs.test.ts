import type { Input } from '../../../generated/proto/clarifai/api/resources';
import { chunkInputs } from '../../../src/predict/chunk-inputs';
import type { DeepPartial } from '../../../src/wire/codec';

const byUrl = (index: number): DeepPartial<Input> => ({
  id: `i${index}`,
  data: { image: { url: `https://a.b/${index}.jpg` } },
});
const byBytes = (mebibytes: number): DeepPartial<Input> => ({
  data: { image: { base64: new Uint8Array(mebibytes * 2 ** 20) } },
});

async function sizes(inputs: Iterable<DeepPartial<Input>>): Promise<number[]> {
  const found: number[] = [];
  for await (const part of chunkInputs(inputs)) found.push(part.length);
  return found;
}

test('a list holds 128 inputs, 16 MiB as encoded, or one video', async () => {
  const video: DeepPartial<Input> = { data: { video: { url: 'https://a.b/c.mp4' } } };
  expect(await sizes(Array.from({ length: 200 }, (_, index) => byUrl(index)))).toEqual([128, 72]);
  expect(await sizes([byBytes(6), byBytes(6), byBytes(6)])).toEqual([2, 1]);
  expect(await sizes([byUrl(0), video, video, byUrl(1)])).toEqual([1, 1, 1, 1]);
});

test('an input larger than a request is refused with its index and id, and its neighbours before it were handed out', async () => {
  const huge: DeepPartial<Input> = { id: 'film', data: { video: { base64: new Uint8Array(130 * 2 ** 20) } } };
  const lists: number[] = [];
  await expect(
    (async () => {
      for await (const part of chunkInputs([...Array.from({ length: 128 }, (_, index) => byUrl(index)), huge]))
        lists.push(part.length);
    })(),
  ).rejects.toThrow(/`inputs\[128\] \(id "film"\)` to be at most/);
  expect(lists).toEqual([128]);
});
