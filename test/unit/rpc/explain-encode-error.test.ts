import { methods } from '../../../generated/methods';
import { explainEncodeError } from '../../../src/rpc/explain-encode-error';
import type { Codec, DeepPartial } from '../../../src/wire/codec';

const inputs = methods.PostInputs.request();

/** The message for a request that the encoder refuses. */
function explain<Request>(
  request: unknown,
  codec: Codec<Request> = inputs as Codec<unknown> as Codec<Request>,
): string {
  try {
    codec.encode(request as DeepPartial<Request>);
  } catch (error) {
    return explainEncodeError(codec.typeName, request, error as Error);
  }
  throw new Error('The encoder took it');
}

const withImage = (image: unknown): unknown => ({ inputs: [{}, { data: { image } }] });
const withMetadata = (metadata: unknown): unknown => ({ inputs: [{ data: { metadata } }] });

const circle: Record<string, unknown> = {};
circle['again'] = circle;

const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });

describe('an encode error', () => {
  it.each([
    ['a scalar', withImage({ url: 5 }), 'Expected `inputs[1].data.image.url` to be a string, got `5` (number)'],
    [
      'bytes',
      withImage({ base64: 'AAAA' }),
      'Expected `inputs[1].data.image.base64` to be a Uint8Array, got `"AAAA"` (string)',
    ],
    [
      'a message',
      withImage('https://a'),
      'Expected `inputs[1].data.image` to be an object (clarifai.api.Image), got `"https://a"` (string)',
    ],
    ['a list', { inputs: {} }, 'Expected `inputs` to be an array, got `Object` (object)'],
    [
      'an item of a list',
      { inputs: [{}, null] },
      'Expected `inputs[1]` to be an object (clarifai.api.Input), got `null`',
    ],
    [
      'a 64-bit number',
      { inputs: [{ data: { intValue: 0.5 } }] },
      'Expected `inputs[0].data.intValue` to be a 64-bit integer, got `0.5` (number)',
    ],
    [
      'an enum',
      { inputs: [{ status: { code: 'SUCCESS' } }] },
      'Expected `inputs[0].status.code` to be a number of clarifai.api.status.StatusCode, got `"SUCCESS"` (string)',
    ],
    [
      'a map',
      withImage({ hostedImageInfo: { small: { width: 1.5 } } }),
      'Expected `inputs[1].data.image.hostedImageInfo.small.width` to be a 32-bit integer, got `1.5` (number)',
    ],
    [
      'a key that is no name',
      withImage({ hostedImageInfo: { 'a b': 1 } }),
      'Expected `inputs[1].data.image.hostedImageInfo["a b"]` to be an object (clarifai.api.ImageInfo), got `1` (number)',
    ],
    [
      'the request',
      'text',
      'Expected `request` to be an object (clarifai.api.PostInputsRequest), got `"text"` (string)',
    ],
    ['no request', undefined, 'Expected `request` to be an object (clarifai.api.PostInputsRequest), got `undefined`'],
  ])('names the path of %s', (_what, request, message) => {
    expect(explain(request)).toBe(message);
  });

  it.each([
    [
      'undefined',
      { a: [1, { b: undefined }] },
      'Expected `inputs[0].data.metadata.a[1].b` to be JSON, got `undefined`',
    ],
    ['NaN', { a: NaN }, 'Expected `inputs[0].data.metadata.a` to be JSON, got `NaN` (number)'],
    [
      'a function',
      { a: { b: explain } },
      'Expected `inputs[0].data.metadata.a.b` to be JSON, got `explain` (function)',
    ],
    ['a Date', { a: new Date(0) }, 'Expected `inputs[0].data.metadata.a` to be JSON, got `Date` (object)'],
    ['an array', [1], 'Expected `inputs[0].data.metadata` to be a plain object, got `Array(1)` (object)'],
  ])('names the path of %s inside a Struct', (_what, metadata, message) => {
    expect(explain(withMetadata(metadata))).toBe(message);
  });

  it('names the nearest field of a misspelt one', () => {
    expect(explain(withImage({ urll: 'a' }))).toBe(
      'Unknown field `inputs[1].data.image.urll` of clarifai.api.Image: did you mean `url`?',
    );
  });

  it('names the field that a name in snake_case stands for', () => {
    expect(explain({ user_app_id: {} })).toBe(
      'Unknown field `user_app_id` of clarifai.api.PostInputsRequest: did you mean `userAppId`?',
    );
  });

  it('lists the fields when none is near', () => {
    expect(explain({ inputs: [{ data: { geo: { elevation: 1 } } }] })).toMatch(
      /^Unknown field `inputs\[0\]\.data\.geo\.elevation` of clarifai\.api\.Geo: known are geoPoint, /,
    );
  });

  it('names both fields of a oneof', () => {
    const request = { runnerSelector: { runner: { worker: { model: {}, workflow: {} } } } };
    expect(explain(request, methods.PostModelOutputs.request())).toBe(
      'Expected only one of `runnerSelector.runner.worker.model` and `runnerSelector.runner.worker.workflow` to be set (oneof worker), got both',
    );
  });

  it('names the place where a circle closes', () => {
    expect(explain(withMetadata(circle))).toBe(
      'Expected `inputs[0].data.metadata.again` to be free of circles, got the object that it is inside of (`inputs[0].data.metadata`)',
    );
  });

  it('names the path of what nests too deep', () => {
    expect(explain(withMetadata(deep(50)))).toMatch(
      /^Expected messages to nest at most 100 deep: `inputs\[0\]\.data\.metadata\.a\.a\.a.*` does not$/,
    );
  });

  it('takes an object twice for no circle', () => {
    const concept = { id: 'a' };
    const request = { inputs: [{ data: { concepts: [concept, concept] } }, { id: 5 }] };
    expect(explain(request)).toBe('Expected `inputs[1].id` to be a string, got `5` (number)');
  });
});
