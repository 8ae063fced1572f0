import type { Context } from '../context';
import type { Doc } from '../print/doc';
import { callArguments } from './arguments';

/** A call of a function that `clarifai-grpc/python` has for what Python does and JavaScript does not. */
export function pythonHelper(name: string, args: readonly Doc[], { imports }: Context): Doc {
  return [imports.value('clarifai-grpc/python', name), callArguments(args)];
}
