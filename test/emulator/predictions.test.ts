import type { Data, OutputConfig } from '../../generated/proto/clarifai/api/resources';
import { Refusal } from '../../src/emulator/answers';
import { durationMsOf } from '../../src/emulator/duration/duration-of';
import type { DeepPartial } from '../../src/wire/codec';
import type { Harness } from './harness';
import { photograph, startHarness } from './harness';
import { mp3, mp4, wav, webm } from './media-files';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});

afterAll(async () => {
  await harness[Symbol.asyncDispose]();
});

type Given = DeepPartial<Data>;

async function predict(modelId: string, data: Given, outputConfig: DeepPartial<OutputConfig> = {}) {
  const { client, userAppId } = harness;
  const model = { outputInfo: { outputConfig } };
  const answer = await client.call('PostModelOutputs', { userAppId, modelId, inputs: [{ data }], model });
  return { status: answer.status, data: answer.outputs[0]?.data };
}

const video = (bytes: Buffer): Given => ({ video: { base64: bytes } });
const audio = (bytes: Buffer): Given => ({ audio: { base64: bytes } });
const image: Given = { image: { base64: photograph() } };

async function times(data: Given, sampleMs?: number) {
  const { data: found, status } = await predict(
    'general-image-recognition',
    data,
    sampleMs === undefined ? {} : { sampleMs },
  );
  expect(status?.code).toBe(10000);
  return found?.frames.map(({ frameInfo }) => frameInfo?.time);
}

describe('videos', () => {
  it('are looked at once a second, or as often as asked, from half a step on', async () => {
    expect(await times(video(mp4(4000)))).toEqual([500, 1500, 2500, 3500]);
    expect(await times(video(mp4(5500)), 2000)).toEqual([1000, 3000, 5000]);
    expect(await times(video(mp4(300)), 100)).toEqual([50, 150, 250]);
    expect(await times(video(mp4(300)), 60_000)).toEqual([300]);
  });

  it.each([
    ['64-bit times', mp4(2500, { version: 1 })],
    ['the header behind the pictures', mp4(2500, { movieLast: true })],
    ['WebM', webm(2500)],
    ['WebM that was recorded live', webm(undefined, [0, 1000, 2500])],
  ])('last as long as their file says: %s', async (_title, bytes) => {
    expect(await times(video(bytes))).toEqual([500, 1500]);
  });

  it('have concepts for each frame, which are the same each time and not the same for each frame', async () => {
    const config = { maxConcepts: 3, minValue: 0.9 };
    const first = await predict('general-image-recognition', video(mp4(3000)), config);
    expect(first.data?.frames.map(({ data }) => data?.concepts.length)).toEqual([3, 3, 3]);
    const again = await predict('general-image-recognition', video(mp4(3000)), config);
    expect(again.data?.frames).toEqual(first.data?.frames);
    const names = first.data?.frames.map(({ data }) => data?.concepts.map(({ name }) => name).join());
    expect(new Set(names).size).toBe(3);
    expect(first.data?.frames.map(({ frameInfo }) => frameInfo?.index)).toEqual([0, 1, 2]);
  });

  it('have regions and embeddings for each frame', async () => {
    const detected = await predict('general-image-detection', video(mp4(2000)));
    expect(detected.data?.frames).toHaveLength(2);
    expect(detected.data?.frames[0]?.data?.regions.length).toBeGreaterThan(0);
    const embedded = await predict('general-image-embedding', video(mp4(2000)));
    expect(embedded.data?.frames[0]?.data?.embeddings[0]?.vector).toHaveLength(1024);
  });

  it('behind a URL that nobody has seeded have a length that is made up', async () => {
    const url = { video: { url: 'https://samples.clarifai.com/beer.mp4' } };
    const found = await times(url);
    expect(found?.length).toBeGreaterThanOrEqual(3);
    expect(await times(url)).toEqual(found);
  });

  it('in no known format, and those that claim to have no end, fail', async () => {
    const code = async (bytes: Buffer) => (await predict('general-image-recognition', video(bytes))).status?.code;
    expect(await code(Buffer.from('moving pictures'))).toBe(30002);
    expect(await code(mp4(0xffffffff))).toBe(30105);
    expect(await code(webm(Number.NaN))).toBe(30002);
    expect(await code(webm(Number.POSITIVE_INFINITY))).toBe(30105);
  });

  it('that break off anywhere have the length that they say, or fail', () => {
    const lengthOrStatus = (bytes: Buffer) => {
      try {
        return durationMsOf({ kind: 'video', bytes, url: undefined, text: undefined });
      } catch (error) {
        return error instanceof Refusal ? error.status.code : error;
      }
    };
    for (const whole of [
      mp4(1000),
      mp4(1000, { version: 1, movieLast: true }),
      webm(1000, [0]),
      webm(undefined, [1000]),
    ]) {
      for (let end = 0; end < whole.length; end++) {
        const found = lengthOrStatus(whole.subarray(0, end));
        expect([1000, 30002]).toContain(found);
      }
    }
  });

  it.each([99, 60_001])('are not looked at every %i ms', async (sampleMs) => {
    const { status } = await predict('general-image-recognition', video(mp4(1000)), { sampleMs });
    expect(status).toMatchObject({
      code: 21202,
      description: 'Invalid model argument',
      details: "'sample_ms' must be within the interval [100, 60000]",
    });
  });
});

describe('recordings', () => {
  const length = (bytes: Buffer) => durationMsOf({ kind: 'audio', bytes, url: undefined, text: undefined });

  it('last as long as their file says', () => {
    expect(length(wav(1500))).toBe(1500);
    expect(length(mp3(100))).toBeCloseTo(((100 * 417 * 8) / 128_000) * 1000);
    expect(length(mp3(10, 1000))).toBeCloseTo((1000 * 1152 * 1000) / 44_100);
    expect(length(mp4(1234))).toBe(1234);
  });

  it('have as many words as there is time for', async () => {
    const words = async (bytes: Buffer) =>
      (await predict('audio-transcription', audio(bytes))).data?.text?.raw.split(' ').length;
    expect(await words(wav(500))).toBe(1);
    expect(await words(wav(3000))).toBeGreaterThanOrEqual(6);
    expect((await predict('audio-transcription', audio(Buffer.from('noise')))).status?.code).toBe(30002);
    expect((await predict('audio-transcription', image)).status?.code).toBe(30101);
  });
});

describe('detectors', () => {
  it('find boxes within the image, the surest first', async () => {
    const { data } = await predict('general-image-detection', image);
    const regions = data?.regions ?? [];
    expect(regions.length).toBeGreaterThan(0);
    for (const { regionInfo, data: said, value } of regions) {
      const { topRow = -1, leftCol = -1, bottomRow = 2, rightCol = 2 } = regionInfo?.boundingBox ?? {};
      expect(0 <= topRow && topRow < bottomRow && bottomRow <= 1).toBe(true);
      expect(0 <= leftCol && leftCol < rightCol && rightCol <= 1).toBe(true);
      expect(said?.concepts[0]?.value).toBe(value);
    }
    expect(regions.map(({ value }) => value)).toEqual(regions.map(({ value }) => value).sort((a, b) => b - a));
    const faces = await predict('a403429f2ddf4b49b307e318f00e528b', image);
    expect(faces.data?.regions[0]?.data?.concepts[0]?.name).toBe('face');
  });

  it('answer the concepts that are asked for, and leave out the boxes of the others', async () => {
    const all = (await predict('celebrity-face-recognition', image)).data?.regions ?? [];
    expect(all[0]?.data?.concepts).toHaveLength(3);
    const one = (await predict('celebrity-face-recognition', image, { maxConcepts: 1 })).data?.regions ?? [];
    expect(one.map(({ data }) => data?.concepts.length)).toEqual(all.map(() => 1));
    const chosen = await predict('celebrity-face-recognition', image, { selectConcepts: [{ name: 'somebody' }] });
    expect(chosen.data?.regions.map(({ data }) => data?.concepts.map(({ name }) => name))).toEqual(
      all.map(() => ['somebody']),
    );
    expect((await predict('face-detection', image, { minValue: 1 })).data?.regions).toEqual([]);
  });
});

describe('texts', () => {
  it('have concepts and embeddings', async () => {
    const sentiment = await predict('synthetic-text-classification', { text: { raw: 'I like trains' } });
    expect(sentiment.data?.concepts.map(({ name }) => name).sort()).toEqual(['negative', 'neutral', 'positive']);
    const vector = async (raw: string) =>
      (await predict('synthetic-text-embedding', { text: { raw } })).data?.embeddings[0]?.vector ?? [];
    const likeness = (one: readonly number[], other: readonly number[]) =>
      one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
    const [train, station, soup] = [await vector('a train'), await vector('a train leaves'), await vector('hot soup')];
    expect(likeness(train, train)).toBeCloseTo(1);
    expect(likeness(train, station)).toBeGreaterThan(likeness(train, soup));
  });
});

describe('languages', () => {
  const config = { selectConcepts: [{ name: 'dog' }], language: 'zh' };

  it('give the names that are known to concepts of Clarifai’s own', async () => {
    const { data } = await predict('general-image-recognition', image, config);
    expect(data?.concepts).toMatchObject([{ name: '狗', language: 'zh' }]);
    const frames = await predict('general-image-recognition', video(mp4(1000)), config);
    expect(frames.data?.frames[0]?.data?.concepts[0]?.name).toBe('狗');
    const unknown = await predict('general-image-recognition', image, { ...config, language: 'tlh' });
    expect(unknown.status?.code).toBe(11101);
  });

  it('give the app’s names to its own concepts, and fail where there is none', async () => {
    const { client, emulator, userAppId } = harness;
    await client.call('PostConcepts', { userAppId, concepts: [{ id: 'pet' }, { id: 'stray' }] });
    await client.call('PostConceptLanguages', {
      userAppId,
      conceptId: 'pet',
      conceptLanguages: [{ id: 'de', name: 'Haustier' }],
    });
    const knows = (...ids: string[]) =>
      emulator.model({ id: 'pets', predict: () => ({ concepts: ids.map((id) => ({ id, name: id, value: 1 })) }) });
    knows('pet');
    expect((await predict('pets', image, { language: 'de' })).data?.concepts[0]?.name).toBe('Haustier');
    knows('pet', 'stray');
    expect((await predict('pets', image, { language: 'de' })).status).toMatchObject({
      code: 11101,
      details: 'Could not find concepts (stray) in DB for lang: de',
    });
  });
});

it('knows Clarifai’s public models by the ids that they used to have', async () => {
  for (const [id, name] of [
    ['bd367be194cf45149e75f01d59f77ba7', 'food-item-recognition'],
    ['e9576d86d2004ed1a38ba0cf39ecb4b1', 'nsfw-recognition'],
    ['d16f390eb32cad478c7ae150069bd2c6', 'moderation-recognition'],
  ] as const) {
    const { client, userAppId } = harness;
    const answer = await client.call('PostModelOutputs', { userAppId, modelId: id, inputs: [{ data: image }] });
    expect(answer.outputs[0]?.model?.id).toBe(name);
    expect(answer.outputs[0]?.data?.concepts.length).toBeGreaterThan(1);
  }
});
