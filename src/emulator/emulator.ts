import type { MethodName } from '../../generated/methods';
import type { ArchiveContent } from './exports/archive';
import type { EmulatorSeed } from './seed';
import type { FaultStep } from './service/fault-step';
import type { FaultRule, PendingScript } from './service/faults';
import type { RecordedRequest } from './service/request-log';
import type { EmulatorUser, UserDefinition } from './state/add-user';
import type { ModelDefinition } from './state/register-model';

/** What `new V2Stub(emulator.stubOptions)` needs to talk to an emulator. */
export interface EmulatorStubOptions {
  /** Address of the emulator. */
  readonly base: string;
  /** The PAT of its user. */
  readonly pat: string;
  /** The CA of an emulator that serves TLS. */
  readonly rootCertificates?: string;
}

/** What `new Clarifai(emulator.clientOptions)` needs. */
export interface EmulatorClientOptions extends EmulatorStubOptions {
  /** The emulator's user. */
  readonly userId: string;
  /** The emulator's app. */
  readonly appId: string;
}

/** A state that an emulator was in, for its `restore()`. */
export interface EmulatorSnapshot {
  /** When it was taken, by the emulator's clock: milliseconds since 1970. */
  readonly takenAtMs: number;
}

/** A running emulator. Emulators share nothing: start one per test file, or per test. */
export interface Emulator extends AsyncDisposable {
  /** Address in the form that clients take, such as `http://127.0.0.1:41234`; `https:` with `tls`. */
  readonly base: string;
  /** The port of `base`. */
  readonly port: number;
  /** Personal access token of the emulator's user. */
  readonly pat: string;
  /** Key of the app, for calls without `user_app_id`. */
  readonly apiKey: string;
  /** Session token of the emulator's user. */
  readonly sessionToken: string;
  /** The user whose app it is. */
  readonly userId: string;
  /** The app that is there from the start. */
  readonly appId: string;
  /** What a client of this emulator is made with. */
  readonly clientOptions: EmulatorClientOptions;
  /** What a stub of this emulator is made with. */
  readonly stubOptions: EmulatorStubOptions;
  /** The CA that clients must trust, in PEM; `undefined` without `tls`. */
  readonly rootCertificates: string | undefined;
  /** A file that holds it, until the emulator is closed. */
  readonly rootCertificatesPath: string | undefined;

  /** Registers a model, or replaces the one with the same id. */
  model(definition: ModelDefinition): void;
  /** Adds a user with a personal access token of their own, such as a collaborator; one with the same id is replaced. */
  user(definition: UserDefinition): EmulatorUser;
  /** Says what is at a URL: bytes, or the HTTP status it fails with. It is not fetched then. */
  url(url: string, content: Uint8Array | number): void;
  /**
   * Says what the export of a dataset version or of a model version holds, in place of what the emulator would put into it.
   * Before the export is asked for.
   */
  archive(versionId: string, content: ArchiveContent): void;
  /** Lets the next calls of an RPC fail, one step per call; after the last step calls succeed again. */
  script(method: MethodName, steps: readonly FaultStep[]): void;
  /**
   * Lets every call of an RPC fail, or `percent` of them, until the rule is removed. Scripted steps come first, and then the
   * latest rule.
   */
  rule(method: MethodName, step: FaultStep): FaultRule;
  /** The RPCs that have scripted steps left. */
  pendingScripts(): PendingScript[];
  /** @throws InvalidRequestError when scripted steps are left */
  assertNoPending(): void;
  /** The calls that came in, oldest first. */
  requests<Name extends MethodName>(filter?: { readonly method?: Name }): RecordedRequest<Name>[];
  /** Bytes of a stored input; `undefined` when there is no such input or `storeBytes` is off. */
  inputBytes(inputId: string): Uint8Array | undefined;
  /** Moves time, when the emulator was started with a clock that can be moved. */
  advance(byMs: number): void;
  /** Fills the app, as if everything had been added by its RPC; inputs are processed at once. */
  seed(seed: EmulatorSeed): Promise<void>;
  /** Keeps the state: users, apps and all that is in them. Scripts, rules, the log and URLs are no part of it. */
  snapshot(): EmulatorSnapshot;
  /** Back to a state that this emulator was in, as often as asked. */
  restore(snapshot: EmulatorSnapshot): void;
  /** Back to the state after the start: state, scripts, rules and log are gone; users, models and URLs that were registered stay. */
  reset(): void;
  /** Ends all connections and frees the port. */
  close(): Promise<void>;
}
