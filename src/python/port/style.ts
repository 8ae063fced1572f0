/** `idiomatic`: plain objects in camel case for `clarifai-grpc/rpc`. `python`: Python's own names from `clarifai-grpc/python`. */
export type Style = 'idiomatic' | 'python';

export const styles: readonly Style[] = ['idiomatic', 'python'];
