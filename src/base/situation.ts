import type { ErrorCategory } from './error-fields';
import {
  AlreadyExistsError,
  AuthenticationError,
  ClarifaiError,
  DeadlineExceededError,
  InvalidRequestError,
  NotFoundError,
  NotReadyError,
  PermissionError,
  QuotaError,
  ServerError,
  ThrottledError,
  UnavailableError,
} from './errors';

interface FailureTraits {
  readonly category: ErrorCategory;
  readonly errorClass: typeof ClarifaiError;
  /** The service certainly did not act on the request. */
  readonly notProcessed?: true;
}

export type Failure =
  | 'authentication'
  | 'permission'
  | 'notFound'
  | 'alreadyExists'
  | 'invalid'
  | 'throttled'
  | 'overloaded'
  | 'quota'
  | 'notReady'
  | 'notDeployed'
  | 'unreached'
  | 'unavailable'
  | 'outOfService'
  | 'unreachedInTime'
  | 'timeout'
  | 'hiccup'
  | 'server'
  | 'cancelled';

/** What a failed call means to its caller: the remedy is the class, the retry loop asks the category. */
const failures: Readonly<Record<Failure, FailureTraits>> = {
  authentication: { category: 'auth', errorClass: AuthenticationError },
  permission: { category: 'auth', errorClass: PermissionError },
  notFound: { category: 'rejected', errorClass: NotFoundError },
  alreadyExists: { category: 'rejected', errorClass: AlreadyExistsError },
  invalid: { category: 'rejected', errorClass: InvalidRequestError },
  /** Turned away at the gate. */
  throttled: { category: 'throttled', errorClass: ThrottledError, notProcessed: true },
  /** Too busy somewhere inside, maybe after it began. */
  overloaded: { category: 'throttled', errorClass: ThrottledError },
  quota: { category: 'fatal', errorClass: QuotaError },
  notReady: { category: 'notReady', errorClass: NotReadyError, notProcessed: true },
  /** Nobody is making it ready. */
  notDeployed: { category: 'fatal', errorClass: NotReadyError },
  /** The request never reached the service. */
  unreached: { category: 'transient', errorClass: UnavailableError, notProcessed: true },
  unavailable: { category: 'transient', errorClass: UnavailableError },
  /** Away for longer than a retry can wait. */
  outOfService: { category: 'fatal', errorClass: UnavailableError },
  unreachedInTime: { category: 'transient', errorClass: DeadlineExceededError, notProcessed: true },
  timeout: { category: 'transient', errorClass: DeadlineExceededError },
  /** A failure inside the service that may not happen again. */
  hiccup: { category: 'transient', errorClass: ServerError },
  server: { category: 'fatal', errorClass: ServerError },
  cancelled: { category: 'fatal', errorClass: ClarifaiError },
};

/** What a status says: that all is well, that something goes on, or how it failed. */
export type Situation = 'success' | 'inProgress' | Failure;

export function isFailure(situation: Situation): situation is Failure {
  return situation !== 'success' && situation !== 'inProgress';
}

export function traitsOf(failure: Failure): FailureTraits {
  return failures[failure];
}
