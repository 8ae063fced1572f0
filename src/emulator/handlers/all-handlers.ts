import type { MethodName } from '../../../generated/methods';
import type { Handlers } from '../service/call';
import { handlerFiles } from './handler-files';

const loaders: ReadonlyMap<MethodName, () => Handlers> = new Map(
  handlerFiles.flatMap(([load, ...methods]) => {
    let handlers: Handlers | undefined;
    const loadOnce = () => (handlers ??= load());
    return methods.map((method) => [method, loadOnce] as const);
  }),
);

export function isImplemented(method: MethodName): boolean {
  return loaders.has(method);
}

/** The handler of an RPC; `undefined` when the emulator does not implement it. */
export function handlerOf(method: MethodName): Handlers[MethodName] {
  return loaders.get(method)?.()[method];
}
