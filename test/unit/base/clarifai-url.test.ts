import fc from 'fast-check';
import { type ClarifaiUrlKind, parseClarifaiUrl } from '../../../src/base/clarifai-url';

describe('parseClarifaiUrl', () => {
  test.each([
    ['https://clarifai.com/clarifai', { kind: 'user', userId: 'clarifai' }],
    ['https://clarifai.com/clarifai/main', { kind: 'app', userId: 'clarifai', appId: 'main' }],
    ['https://clarifai.com/clarifai/main/', { kind: 'app', userId: 'clarifai', appId: 'main' }],
    [
      'https://clarifai.com/clarifai/main/models/general-image-recognition',
      { kind: 'model', userId: 'clarifai', appId: 'main', id: 'general-image-recognition' },
    ],
    [
      'https://clarifai.com/openai/chat/models/o3/versions/abc?tab=overview#top',
      { kind: 'model', userId: 'openai', appId: 'chat', id: 'o3', versionId: 'abc' },
    ],
    ['clarifai.com/u/a/workflows/w', { kind: 'workflow', userId: 'u', appId: 'a', id: 'w' }],
    ['u/a/datasets/d/versions/1', { kind: 'dataset', userId: 'u', appId: 'a', id: 'd', versionId: '1' }],
    ['u.name/a/inputs/i', { kind: 'input', userId: 'u.name', appId: 'a', id: 'i' }],
    ['https://web.example.org:8080/u/a/modules/m', { kind: 'module', userId: 'u', appId: 'a', id: 'm' }],
    ['https://clarifai.com/u/a/models/Big%20Model', { kind: 'model', userId: 'u', appId: 'a', id: 'Big Model' }],
  ])('takes %s apart', (url, expected) => {
    expect(parseClarifaiUrl(url)).toEqual(expected);
  });

  test.each([
    '',
    '   ',
    'https://clarifai.com',
    'https://clarifai.com/u//models/m',
    'https://clarifai.com/u/a/models',
    'https://clarifai.com/u/a/planets/m',
    'https://clarifai.com/u/a/constructor/m',
    'https://clarifai.com/u/a/models/m/versions',
    'https://clarifai.com/u/a/models/m/revisions/v',
    'https://clarifai.com/u/a/models/m/versions/v/more',
    'https://clarifai.com/u/a/models/%zz',
    'ftp://clarifai.com/u/a/models/m',
  ])('rejects %p and says what it should look like', (url) => {
    expect(() => parseClarifaiUrl(url, { name: 'model', kind: 'model' })).toThrow(
      'Expected `model` to be a URL like https://clarifai.com/USER/APP/models/ID[/versions/VERSION], got ',
    );
  });

  test('names the kind when the URL is of another than wanted', () => {
    expect(() => parseClarifaiUrl('https://clarifai.com/u/a/workflows/w', { name: 'model', kind: 'model' })).toThrow(
      'not the URL of a workflow, got `"https://clarifai.com/u/a/workflows/w"` (string)',
    );
    expect(() => parseClarifaiUrl('u/a/inputs/i', { kind: 'app' })).toThrow(
      'Expected `url` to be a URL like https://clarifai.com/USER/APP, not the URL of an input',
    );
  });

  test('finds every part again, whatever characters it holds', () => {
    const part = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((text) => text.trim() !== '');
    const kinds: readonly (readonly [string, ClarifaiUrlKind])[] = [
      ['models', 'model'],
      ['pipeline_steps', 'pipeline step'],
    ];
    fc.assert(
      fc.property(
        part,
        part,
        fc.constantFrom(...kinds),
        part,
        part,
        (userId, appId, [segment, kind], id, versionId) => {
          const path = [userId, appId, segment, id, 'versions', versionId].map(encodeURIComponent).join('/');
          expect(parseClarifaiUrl(`https://clarifai.com/${path}`)).toEqual({ kind, userId, appId, id, versionId });
        },
      ),
    );
  });
});
