// Messages shaped like real traffic, the same on every run.
import Long from 'long';

/** Park-Miller: the numbers only have to be the same on every run. */
function seeded(seed) {
  let state = seed;
  const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
  return {
    next,
    integer: (below) => Math.floor(next() * below),
    hex: (length) => Array.from({ length }, () => Math.floor(next() * 16).toString(16)).join(''),
  };
}

const userAppId = { userId: 'user-1', appId: 'app-1' };
const status = (code, description) => ({ code, description, reqId: '5b2f6a0f3c7f4f0aa1f1a2b3c4d5e6f7' });
const timestamp = (random) => ({
  seconds: Long.fromNumber(1700000000 + random.integer(1e7)),
  nanos: random.integer(1e9),
});

export function imageUpload() {
  const inputs = Array.from({ length: 16 }, (_, index) => ({
    id: `image-${index}`,
    data: { image: { base64: Buffer.alloc(1 << 20, index + 1) } },
  }));
  return { userAppId, inputs };
}

export function urlUpload() {
  const random = seeded(1);
  const inputs = Array.from({ length: 128 }, () => ({
    id: random.hex(32),
    data: { image: { url: `https://samples.clarifai.com/${random.hex(12)}.jpg` } },
  }));
  return { userAppId, inputs };
}

export function metadataUpload() {
  const random = seeded(2);
  const { inputs } = urlUpload();
  return {
    userAppId,
    inputs: inputs.map((input) => ({ ...input, data: { ...input.data, metadata: inputMetadata(random) } })),
  };
}

function inputMetadata(random) {
  return {
    source: 'camera-7',
    split: random.integer(2) === 0 ? 'train' : 'test',
    sequence: random.integer(1e6),
    score: random.next(),
    reviewed: random.integer(2) === 0,
    note: null,
    place: { city: 'Zürich', position: [random.next() * 90, random.next() * 90] },
    tags: ['night', 'rain', random.hex(6)],
  };
}

const vocabulary = (random) =>
  Array.from({ length: 200 }, () => ({ id: `ai_${random.hex(8)}`, name: random.hex(4 + random.integer(10)) }));

export function conceptAnswer(outputs = 128) {
  const random = seeded(3);
  const words = vocabulary(random);
  return {
    status: status(10000, 'Ok'),
    outputs: Array.from({ length: outputs }, () => ({
      ...answered(random),
      data: {
        concepts: Array.from({ length: 20 }, () => ({
          ...words[random.integer(200)],
          value: random.next(),
          appId: 'main',
          userId: 'clarifai',
        })),
      },
    })),
  };
}

export function embeddingAnswer() {
  const random = seeded(4);
  return {
    status: status(10000, 'Ok'),
    outputs: Array.from({ length: 32 }, () => ({
      ...answered(random),
      data: { embeddings: [{ vector: Array.from({ length: 1024 }, () => random.next() - 0.5), numDimensions: 1024 }] },
    })),
  };
}

function answered(random) {
  return {
    id: random.hex(32),
    status: status(10000, 'Ok'),
    createdAt: timestamp(random),
    model: {
      id: 'general-image-recognition',
      name: 'Image Recognition',
      createdAt: timestamp(random),
      modifiedAt: timestamp(random),
      appId: 'main',
      userId: 'clarifai',
      modelTypeId: 'visual-classifier',
      modelVersion: {
        id: 'aa7f35c01e0642fda5cf400f543e7c40',
        createdAt: timestamp(random),
        status: { code: 21100, description: 'Model is trained and ready' },
        appId: 'main',
        userId: 'clarifai',
      },
    },
    input: { id: random.hex(32), data: { image: { url: `https://samples.clarifai.com/${random.hex(12)}.jpg` } } },
  };
}

export function inputPage() {
  const random = seeded(5);
  const words = vocabulary(random);
  return {
    status: status(10000, 'Ok'),
    inputs: Array.from({ length: 100 }, () => ({
      id: random.hex(32),
      createdAt: timestamp(random),
      modifiedAt: timestamp(random),
      status: status(30000, 'Download complete'),
      datasetIds: ['train', 'all'],
      data: {
        image: {
          url: `https://samples.clarifai.com/${random.hex(12)}.jpg`,
          hosted: {
            prefix: 'https://data.clarifai.com',
            suffix: `users/user-1/apps/app-1/inputs/image/${random.hex(32)}`,
            sizes: ['orig', 'tiny', 'small', 'large'],
          },
          imageInfo: {
            width: 640 + random.integer(2000),
            height: 480 + random.integer(2000),
            format: 'JPEG',
            colorMode: 'YUV',
          },
        },
        concepts: Array.from({ length: 3 }, () => ({ ...words[random.integer(200)], value: 1, appId: 'app-1' })),
        metadata: inputMetadata(random),
        geo: { geoPoint: { longitude: random.next() * 180, latitude: random.next() * 90 } },
      },
    })),
  };
}
