import { Metadata } from '@grpc/grpc-js';
import type { AttemptMessage } from '../../../src/diagnostics/messages';
import { observe } from '../../../src/diagnostics/observe';
import { observeAttempt } from '../../../src/interceptors/diagnostics';

const client = { address: 'api.clarifai.com:443' };

function metadataWithKey(): Metadata {
  const metadata = new Metadata();
  metadata.set('authorization', 'Key secret');
  return metadata;
}

test('an attempt that nobody observes costs nothing', () => {
  expect(observeAttempt(client, 'GetModel', metadataWithKey())).toBeUndefined();
});

test('an observer adds to what is sent and does not see it', () => {
  const seen: unknown[] = [];
  const stop = observe('clarifai-grpc:attempt:start', (message) => {
    seen.push(structuredClone(message));
    message.metadata['traceparent'] = '00-abc';
  });
  try {
    const metadata = metadataWithKey();
    const attempt = observeAttempt(client, 'GetModel', metadata);
    expect(attempt?.metadata.getMap()).toEqual({ authorization: 'Key secret', traceparent: '00-abc' });
    expect(metadata.getMap()).toEqual({ authorization: 'Key secret' });
    expect(seen).toEqual([{ client, method: 'GetModel', metadata: {} }]);
  } finally {
    stop();
  }
});

test('what an observer adds that gRPC cannot send is left out', () => {
  const stop = observe('clarifai-grpc:attempt:start', ({ metadata }) => {
    metadata['no name'] = 'x';
    metadata['no-value'] = 'line\nline';
    metadata['baggage'] = 'a=b';
  });
  try {
    expect(observeAttempt(client, 'GetModel', new Metadata())?.metadata.getMap()).toEqual({ baggage: 'a=b' });
  } finally {
    stop();
  }
});

test('the end completes the message of the start', () => {
  const messages: AttemptMessage[] = [];
  const stops = (['clarifai-grpc:attempt:start', 'clarifai-grpc:attempt:end'] as const).map((name) =>
    observe(name, (message) => messages.push(message)),
  );
  try {
    const error = new Error('gone');
    observeAttempt(client, 'GetModel', new Metadata())?.end('failed', () => error);
    expect(messages).toHaveLength(2);
    expect(messages[0]).toBe(messages[1]);
    expect(messages[1]).toMatchObject({ method: 'GetModel', ending: 'failed', durationMs: expect.any(Number), error });
  } finally {
    for (const stop of stops) stop();
  }
});
