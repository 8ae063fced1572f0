import { Client } from '@grpc/grpc-js';
import type { Metadata } from '@grpc/grpc-js';
import { reflection } from '../../generated/reflection';
import { invalidRequest } from '../base/assert';
import { channelOptions } from '../channel/channel-options';
import { channelCredentials } from '../channel/credentials';
import { redactorOf } from '../options/credential';
import { resolveTarget } from '../channel/target';
import { createAuth } from '../interceptors/auth';
import type { Authenticate } from '../interceptors/auth';
import { observeAttempt } from '../interceptors/diagnostics';
import type { ObservedAttempt } from '../interceptors/diagnostics';
import { clientInfo } from '../interceptors/client-info';
import type { ResolvedStubOptions } from '../options/resolve-stub-options';

/** What the calls of one stub share: the channel and what goes with every call. */
export class Transport {
  /** Takes the stub's own credential out of a text. */
  readonly redact: (text: string) => string;
  readonly maxReceiveBytes: number;
  readonly client: Client;
  readonly #authenticate: Authenticate;
  #inFlight = 0;
  #closed: Promise<void> | undefined;
  #drained = (): void => undefined;

  constructor(options: ResolvedStubOptions) {
    const target = resolveTarget(options.base, options.baseSource);
    const { credential } = options;
    this.redact = redactorOf(credential);
    this.maxReceiveBytes = options.maxReceiveBytes;
    this.#authenticate = createAuth({
      credential,
      base: clientInfo(options.requestIdPrefix),
      mayAuthenticate: target.secure || target.loopback || options.allowInsecure,
    });
    this.client = new Client(
      target.address,
      channelCredentials(target, options.rootCertificates, options.rootCertificatesSource),
      { ...channelOptions(target, options), interceptors: [...options.interceptors] },
    );
  }

  /** @throws InvalidRequestError when the stub is closed */
  assertOpen(): void {
    if (this.#closed !== undefined)
      throw invalidRequest('The client is closed: make a new one', { code: 'CLIENT_CLOSED' });
  }

  /** Metadata of one attempt at an RPC, given what the caller sends with it. */
  metadata(method: string, own: Metadata | undefined): Metadata | Promise<Metadata> {
    return this.#authenticate(own, () => reflection().methods[method]?.[4] === 'NoAuth');
  }

  /** Lets an attempt begin; `end` is to be called exactly once. */
  start(method: string, metadata: Metadata): ObservedAttempt {
    this.assertOpen();
    const observed = observeAttempt(method, metadata);
    this.#inFlight += 1;
    return {
      metadata: observed.metadata,
      end: (ending, error) => {
        observed.end(ending, error);
        this.#inFlight -= 1;
        if (this.#inFlight === 0) this.#drained();
      },
    };
  }

  /** Refuses new calls, and waits for those in flight. */
  close(): Promise<void> {
    this.#closed ??= new Promise((resolve) => {
      this.#drained = resolve;
      this.client.close();
      if (this.#inFlight === 0) resolve();
    });
    return this.#closed;
  }
}
