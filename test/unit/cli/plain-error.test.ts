import { plainError } from '../../../src/cli/shell/plain-error';
import { InvalidRequestError, NotFoundError } from '../../../src/index';

const refused = (message: string): InvalidRequestError =>
  new InvalidRequestError(message, { code: 'INVALID_ARGUMENT', source: 'client', category: 'rejected' });

test.each([
  [
    'Expected `inputs[7].file` to be a file that can be read, got `"/home/me/a.jpg"` (string)',
    'a file that can be read',
  ],
  [
    'Expected `inputs[0].file` to be a kind known by its bytes (or give it as image), got `"/home/me/a.jpg"` (string) (the input `a`)',
    'a kind known by its bytes',
  ],
  [
    'Expected `inputs[7].file` to be a file that can be read, got `"other.jpg"` (string)',
    'a file that can be read, got `"other.jpg"` (string)',
  ],
  ['Expected `inputs[1].id` to be a string, got `1` (number)', '`id` to be a string, got `1` (number)'],
])('an input is not told by its place in code: %s', (message, plain) => {
  expect(plainError(refused(message), 'a.jpg')).toMatchObject({
    name: 'InvalidRequestError',
    message: `Expected ${plain}`,
    code: 'INVALID_ARGUMENT',
  });
});

test('what the service says stays as it is', () => {
  const missing = new NotFoundError('Expected `inputs[0].file`', { code: 'X', source: 'status', category: 'rejected' });
  expect(plainError(missing, 'a.jpg')).toBe(missing);
});
