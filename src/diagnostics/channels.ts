import type {
  AckFailedMessage,
  AttemptMessage,
  CallMessage,
  ChunkMessage,
  ConnectionMessage,
  OutcomeMessage,
  RetryMessage,
} from './messages';
import { type TypedChannel, typedChannel } from './typed-channel';

// Held here, as Node forgets a channel that nobody holds. What each is for: DiagnosticsMessages.
export const callStart: TypedChannel<CallMessage> = typedChannel('clarifai-grpc:call:start');
export const callEnd: TypedChannel<CallMessage> = typedChannel('clarifai-grpc:call:end');
export const attemptStart: TypedChannel<AttemptMessage> = typedChannel('clarifai-grpc:attempt:start');
export const attemptEnd: TypedChannel<AttemptMessage> = typedChannel('clarifai-grpc:attempt:end');
export const retry: TypedChannel<RetryMessage> = typedChannel('clarifai-grpc:retry');
export const chunkEnd: TypedChannel<ChunkMessage> = typedChannel('clarifai-grpc:chunk');
export const outcome: TypedChannel<OutcomeMessage> = typedChannel('clarifai-grpc:outcome');
export const connection: TypedChannel<ConnectionMessage> = typedChannel('clarifai-grpc:connection');
export const ackFailed: TypedChannel<AckFailedMessage> = typedChannel('clarifai-grpc:ack-failed');
