// The calls that clients are compared by, as each of them takes its request.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compiledRoot } from '../../scripts/paths.mjs';
import * as fixtures from './codec-fixtures.mjs';

const require = createRequire(import.meta.url);
const userAppId = { userId: 'user-1', appId: 'app-1' };
const url = 'https://samples.clarifai.com/metro-north.jpg';

/** What every call carries. */
export const pat = 'pat-of-a-bench-0123456789abcdef';

export const workloads = {
  /** A URL in, 20 concepts out. */
  prediction: () => prediction(fixtures.conceptAnswer(1)),
  /** A URL in, an output without data out: what is left of the cost of a call when there is hardly anything to decode. */
  'empty prediction': () => prediction({ status: { code: 10000 }, outputs: [{ status: { code: 10000 } }] }),
  /** 16 images of 1 MiB. */
  upload,
};

function prediction(answer) {
  const modelId = 'general-image-recognition';
  return {
    method: 'PostModelOutputs',
    request: { userAppId, modelId, inputs: [{ data: { image: { url } } }] },
    answer,
    /** By the methods of `Clarifai`. */
    ask: (clarifai) => clarifai.postModelOutputs({ model: modelId, inputs: [url] }),
    snakeCase: { user_app_id: userAppId, model_id: modelId, inputs: [{ data: { image: { url } } }] },
  };
}

function upload() {
  const request = fixtures.imageUpload();
  for (const { data } of request.inputs) data.image.base64.writeUInt32BE(0xffd8ffe0);
  const statuses = request.inputs.map(({ id }) => ({ id, status: { code: 30001 } }));
  return {
    method: 'PostInputs',
    request,
    answer: { status: { code: 10000 }, inputs: statuses },
    snakeCase: { user_app_id: userAppId, inputs: request.inputs },
  };
}

/** The bytes of both messages of a call. */
export function encoded({ method, request, answer }) {
  const { methods } = require(join(compiledRoot, 'generated/methods.js'));
  const row = methods[method];
  return { path: row.path, request: row.request().encode(request), answer: row.response().encode(answer) };
}
