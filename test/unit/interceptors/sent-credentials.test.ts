import { Metadata } from '@grpc/grpc-js';
import { SentCredentials } from '../../../src/interceptors/sent-credentials';

function carrying(header: string, value: string): Metadata {
  const metadata = new Metadata();
  metadata.set(header, value);
  return metadata;
}

test('a credential that was sent is taken out of a text, without the word before it', () => {
  const sent = new SentCredentials();
  sent.note(carrying('authorization', 'Key my-pat-123'));
  sent.note(carrying('x-clarifai-session-token', 'my-session'));
  expect(sent.redact('Key my-pat-123, my-pat-123 and my-session')).toBe('Key [redacted], [redacted] and [redacted]');
});

test('the hundred latest are remembered', () => {
  const sent = new SentCredentials();
  for (let index = 0; index <= 100; index++) sent.note(carrying('authorization', `Key secret-${1000 + index}`));
  expect(sent.redact('secret-1000')).toBe('secret-1000');
  expect(sent.redact('secret-1001 secret-1100')).toBe('[redacted] [redacted]');
});

test('what is too short to be a credential leaves texts alone', () => {
  const sent = new SentCredentials();
  sent.note(carrying('authorization', 'Key a'));
  expect(sent.redact('a plain text')).toBe('a plain text');
});
