import fc from 'fast-check';
import { redact } from '../../../src/base/redact';

const pat = fc.stringMatching(/^[0-9a-f]{31}\d$/);

describe('redact', () => {
  test('takes out a key behind any credential word or header', () => {
    const around = fc.constantFrom<(key: string) => string>(
      (key) => `authorization: Key ${key}`,
      (key) => `Authorization=Key ${key}, x: 1`,
      (key) => `authorization: ${key}`,
      (key) => `"x-clarifai-session-token": "${key}"`,
      (key) => `invalid key(${key})`,
      (key) => `Bearer ${key};`,
    );
    fc.assert(
      fc.property(pat, around, (key, text) => {
        const clean = redact(text(key));
        expect(clean).not.toContain(key);
        expect(clean).toContain('[redacted]');
      }),
    );
  });

  test.each([
    'Invalid API key or Invalid API key/application pair',
    'Empty or malformed authorization header. Please provide an API key or session token.',
    'API key not found',
    'Model aaa03c23b3724a16a56b629203edc62c does not exist',
    'exceeded limit of 15 requests per second',
  ])('leaves prose alone: %s', (text) => {
    expect(redact(text)).toBe(text);
  });
});
