import type { MethodName } from '../../../generated/methods';
import type { Handlers } from '../service/call';

/** Loads the handlers that a file has, and the RPCs that these are for. */
export type HandlerFile = readonly [load: () => Handlers, ...methods: MethodName[]];
