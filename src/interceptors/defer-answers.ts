import { InterceptingCall, type InterceptingListener, type Interceptor, RequesterBuilder } from '@grpc/grpc-js';

/**
 * Passes answers on in later microtasks, in their order. An interceptor of the caller's may answer a call by itself, at once:
 * grpc-js's client would tell so before it has returned the call, to which nobody can have listened by then.
 */
export const deferAnswers: Interceptor = (options, nextCall) => {
  const requester = new RequesterBuilder().withStart((metadata, listener, start) =>
    start(metadata, deferred(listener)),
  );
  return new InterceptingCall(nextCall(options), requester.build());
};

/** As grpc-js's own, and not made by its builder, which forgets a message when another comes while it waits. */
function deferred(listener: InterceptingListener): InterceptingListener {
  return {
    onReceiveMetadata: (metadata) => queueMicrotask(() => listener.onReceiveMetadata(metadata)),
    // grpc-js has no type for messages.
    onReceiveMessage: (message: unknown) => queueMicrotask(() => listener.onReceiveMessage(message)),
    onReceiveStatus: (status) => queueMicrotask(() => listener.onReceiveStatus(status)),
  };
}
