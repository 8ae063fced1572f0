import { methods } from '../../generated/methods';
import type { MethodKind } from '../../generated/methods';
import type { StubOptions } from '../options/client-options';
import { type CloseOptions, resolveCloseOptions } from '../options/close-options';
import { resolveStubOptions } from '../options/resolve-stub-options';
import { bidi } from './bidi';
import type { RpcMethods } from './rpc-methods';
import { serverStreaming } from './server-streaming';
import { Transport } from './transport';
import { unary } from './unary';

type Call = (transport: Transport, method: string, row: object, request: unknown, options: unknown) => unknown;

// The table's rows fit their call shapes one by one, which TypeScript cannot follow through a loop.
const callOf = { unary, serverStreaming, bidi } as unknown as Readonly<Record<MethodKind, Call>>;

/**
 * Every RPC of the service under its proto name: `stub.PostInputs(request, options?)`.
 *
 * A request is a plain object with the fields that matter. One request and one answer make a promise; a stream of answers
 * is an async iterable for one consumer, and the RPC starts when it is first asked and is cancelled by `break`. Each call is
 * one attempt. It rejects only when the call fails; the status in the answer's body is for the caller to read.
 *
 * May be made without a credential when the metadata of each call carries one.
 *
 * @throws InvalidRequestError when an option is wrong
 * @example
 * await using stub = new V2Stub({ pat: "my-pat" });
 * const { status, outputs } = await stub.PostModelOutputs({ modelId: 'general-image-recognition', inputs: [...] });
 * @public
 */
// The methods are put on the prototype below: 289 of them, each typed from its row of the table.
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export class V2Stub {
  readonly #transport: Transport;

  constructor(options?: StubOptions);
  /** @internal */
  constructor(transport: Transport);
  constructor(options?: StubOptions | Transport) {
    this.#transport = options instanceof Transport ? options : new Transport(resolveStubOptions(options));
  }

  /**
   * Refuses new calls, and resolves when those under way have ended, or with `behaviour: 'abort'` were cancelled. May be
   * called again, also to end with `abort` what a drain waits for.
   *
   * @example
   * const ended = stub.close();
   * setTimeout(() => stub.close({ behaviour: 'abort' }), 30_000).unref();
   * await ended;
   */
  async close(options?: CloseOptions): Promise<void> {
    await this.#transport.close(resolveCloseOptions(options));
  }

  /** As `close()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  static {
    for (const [name, row] of Object.entries(methods)) {
      const call = callOf[row.kind];
      const method = {
        [name](this: V2Stub, request: unknown, options?: unknown): unknown {
          return call(this.#transport, name, row, request, options);
        },
      };
      Object.defineProperty(this.prototype, name, { value: method[name], writable: true, configurable: true });
    }
  }
}

// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export interface V2Stub extends RpcMethods {}
