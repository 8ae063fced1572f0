/** Cancels a call. grpc-js opens it in microtasks, and does not look whether it was cancelled meanwhile: hence a second time. */
export function cancelForGood(cancel: () => void): void {
  cancel();
  setImmediate(cancel);
}
