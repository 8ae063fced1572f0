import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import * as channels from '../../../src/diagnostics/channels';
import { unknownClient } from '../../../src/diagnostics/unknown-client';

describe('diagnostics channels', () => {
  test('keep the names that subscribers rely on', () => {
    expect(Object.fromEntries(Object.entries(channels).map(([key, { name }]) => [key, name]))).toEqual({
      callStart: 'clarifai-grpc:call:start',
      callEnd: 'clarifai-grpc:call:end',
      attemptStart: 'clarifai-grpc:attempt:start',
      attemptEnd: 'clarifai-grpc:attempt:end',
      retry: 'clarifai-grpc:retry',
      chunkEnd: 'clarifai-grpc:chunk',
      outcome: 'clarifai-grpc:outcome',
      connection: 'clarifai-grpc:connection',
      ackFailed: 'clarifai-grpc:ack-failed',
    });
  });

  test('say whether anybody listens, so that no message is built for nobody', () => {
    const listener = jest.fn();
    expect(channels.attemptStart.hasSubscribers).toBe(false);
    subscribe('clarifai-grpc:attempt:start', listener);
    try {
      expect(channels.attemptStart.hasSubscribers).toBe(true);
    } finally {
      unsubscribe('clarifai-grpc:attempt:start', listener);
    }
    expect(channels.attemptStart.hasSubscribers).toBe(false);
  });

  test('let subscribers add metadata to an attempt that is about to be sent', () => {
    const listener = (message: unknown): void => {
      (message as { metadata: Record<string, string> }).metadata['traceparent'] = '00-abc';
    };
    subscribe('clarifai-grpc:attempt:start', listener);
    try {
      const message = { client: unknownClient, method: 'GetModel', metadata: {} };
      channels.attemptStart.publish(message);
      expect(message.metadata).toEqual({ traceparent: '00-abc' });
    } finally {
      unsubscribe('clarifai-grpc:attempt:start', listener);
    }
  });
});
