import { InterceptingCall, type Interceptor, ListenerBuilder, RequesterBuilder } from '@grpc/grpc-js';

/**
 * Passes headers and statuses on in a later microtask. An interceptor of the caller's may answer a call by itself, at once:
 * grpc-js's client would tell so before it has returned the call, to which nobody can have listened by then.
 */
export const deferAnswers: Interceptor = (options, nextCall) => {
  const listener = new ListenerBuilder()
    .withOnReceiveMetadata((metadata, next) => queueMicrotask(() => next(metadata)))
    .withOnReceiveStatus((status, next) => queueMicrotask(() => next(status)))
    .build();
  const requester = new RequesterBuilder().withStart((metadata, _, start) => start(metadata, listener)).build();
  return new InterceptingCall(nextCall(options), requester);
};
