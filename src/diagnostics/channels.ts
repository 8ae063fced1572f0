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

/** A call begins: one of the client's operations, with all its attempts. */
export const callStart: TypedChannel<CallMessage> = typedChannel('clarifai-grpc:call:start');

/** The call is over; the message is the object of `call:start`, completed. */
export const callEnd: TypedChannel<CallMessage> = typedChannel('clarifai-grpc:call:end');

/** One attempt at an RPC is about to be sent; what subscribers put into `metadata` goes with it. */
export const attemptStart: TypedChannel<AttemptMessage> = typedChannel('clarifai-grpc:attempt:start');

/** The attempt is over; the message is the object of `attempt:start`, completed. */
export const attemptEnd: TypedChannel<AttemptMessage> = typedChannel('clarifai-grpc:attempt:end');

/** An attempt failed and there will be another. */
export const retry: TypedChannel<RetryMessage> = typedChannel('clarifai-grpc:retry');

/** A chunk of inputs was answered or failed. */
export const chunkEnd: TypedChannel<ChunkMessage> = typedChannel('clarifai-grpc:chunk');

/** It is settled what became of one input. */
export const outcome: TypedChannel<OutcomeMessage> = typedChannel('clarifai-grpc:outcome');

/** A connection of the client changed its state. */
export const connection: TypedChannel<ConnectionMessage> = typedChannel('clarifai-grpc:connection');

/** A source of inputs failed to acknowledge an item, to take it back or to extend its lease. */
export const ackFailed: TypedChannel<AckFailedMessage> = typedChannel('clarifai-grpc:ack-failed');
