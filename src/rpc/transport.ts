import { Client } from '@grpc/grpc-js';
import type { Metadata } from '@grpc/grpc-js';
import { reflection } from '../../generated/reflection';
import { invalidRequest } from '../base/assert';
import { channelOptions } from '../channel/channel-options';
import { channelCredentials } from '../channel/credentials';
import { Pool } from '../channel/pool';
import { resolveTarget } from '../channel/target';
import { createAuth, keyHeader, sessionTokenHeader } from '../interceptors/auth';
import type { Authenticate } from '../interceptors/auth';
import { clientInfo } from '../interceptors/client-info';
import { deferAnswers } from '../interceptors/defer-answers';
import { SentCredentials } from '../interceptors/sent-credentials';
import { type Clock, systemClock } from '../base/clock';
import type { ClientIdentity } from '../diagnostics/messages';
import type { ResolvedStubOptions } from '../options/resolve-stub-options';
import type { Calls, Underway } from './stop';

/** What the calls of one stub share: the connections and what goes with every call. */
export class Transport implements Calls {
  /** Takes the credentials that calls carried out of a text. */
  readonly redact = (text: string): string => this.#sent.redact(text);
  /** For whoever observes the calls and connections. */
  readonly identity: ClientIdentity;
  readonly maxReceiveBytes: number;
  /** Whether the caller's interceptors are to be called. */
  readonly intercepted: boolean;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly #authenticate: Authenticate;
  readonly #sent = new SentCredentials();
  readonly #underway = new Set<Underway>();
  #state: 'open' | 'draining' | 'ended' = 'open';
  #closed: Promise<void> | undefined;
  #drained = (): void => undefined;

  constructor(options: ResolvedStubOptions, clock: Clock = systemClock) {
    this.clock = clock;
    const target = resolveTarget(options.base, options.baseSource);
    const { credential } = options;
    this.maxReceiveBytes = options.maxReceiveBytes;
    this.intercepted = options.interceptors.length > 0;
    this.#authenticate = createAuth({
      credential,
      base: clientInfo(options.requestIdPrefix),
      mayAuthenticate: target.secure || target.loopback || options.allowInsecure,
    });
    const { address } = target;
    this.identity = Object.freeze({ address });
    const credentials = channelCredentials(target, options.rootCertificates, options.rootCertificatesSource);
    const interceptors = this.intercepted ? [deferAnswers, ...options.interceptors] : [];
    const clientOptions = { ...channelOptions(target, options), interceptors };
    const makeClient = (): Client => new Client(address, credentials, clientOptions);
    this.pool = new Pool({ options: options.connections, identity: this.identity, makeClient, clock });
  }

  /** Metadata of one attempt at an RPC, given what the caller sends with it. */
  metadata(method: string, own: Metadata | undefined): Metadata | Promise<Metadata> {
    const metadata = this.#authenticate(own, () => reflection().methods[method]?.[4] === 'NoAuth');
    return metadata instanceof Promise ? metadata.then((given) => this.#noted(given)) : this.#noted(metadata);
  }

  /** The headers that carry the credential, for what the service hosts over HTTPS. */
  async credential(): Promise<Readonly<Record<string, string>>> {
    const metadata = await this.metadata('GetInput', undefined);
    const headers = [keyHeader, sessionTokenHeader].flatMap((name) =>
      metadata.get(name).map((value) => [name, String(value)]),
    );
    return Object.fromEntries(headers) as Record<string, string>;
  }

  /**
   * Lets a call in.
   *
   * @param continued whether it belongs to a call that is in: then it may begin while the others drain
   * @throws InvalidRequestError when the client is closed
   */
  enter(call: Underway, continued = false): void {
    if (this.#state === 'ended' || (this.#state === 'draining' && !continued)) throw clientClosed();
    this.#underway.add(call);
  }

  /** Lets it out, when it has ended. */
  leave(call: Underway): void {
    this.#underway.delete(call);
    if (this.#underway.size === 0) this.#drained();
  }

  /** Refuses new calls, and resolves when those under way have ended by themselves or were cancelled. */
  close(behaviour: 'drain' | 'abort'): Promise<void> {
    if (behaviour === 'abort') this.#state = 'ended';
    else if (this.#state === 'open') this.#state = 'draining';
    this.#closed ??= new Promise((resolve) => {
      this.#drained = () => {
        this.#state = 'ended';
        this.pool.close();
        resolve();
      };
    });
    if (this.#underway.size === 0) this.#drained();
    for (const underway of [...this.#underway]) {
      if (behaviour === 'abort') underway.abort(clientClosed());
      else underway.drain?.();
    }
    return this.#closed;
  }

  #noted(metadata: Metadata): Metadata {
    this.#sent.note(metadata);
    return metadata;
  }
}

export function clientClosed(): Error {
  return invalidRequest('The client is closed: make a new one', { code: 'CLIENT_CLOSED' });
}
