import { createHash } from 'node:crypto';
import type { Clock } from '../base/clock';
import { type Credential, FixedCredential } from '../options/credential';
import { Limiter } from './limiter';

/** Requests a second that Clarifai's documentation allows a user. */
export const defaultRequestsPerSecond = 15;

/** Limiters that are kept although nobody uses them at the moment: they remember the pace. */
const maxIdle = 100;

/**
 * The only state that the clients of one process share: the service counts requests by user, whichever client they come from.
 * One limiter for each endpoint and credential; the credential is kept as a hash. Those of credential functions go with them.
 */
const byKey = new Map<string, Limiter>();
const byFunction = new WeakMap<object, Map<string, Limiter>>();

/** The limiter that all runs with this credential at this endpoint share. */
export function limiterFor(endpoint: string, credential: Credential, clock: Clock): Limiter {
  if (credential instanceof FixedCredential) {
    const hash = createHash('sha256').update(credential.value).digest('hex');
    return getOrMake(byKey, `${endpoint} ${credential.kind} ${hash}`, clock);
  }
  const ofFunction = byFunction.get(credential.token) ?? new Map<string, Limiter>();
  byFunction.set(credential.token, ofFunction);
  return getOrMake(ofFunction, endpoint, clock);
}

function getOrMake(limiters: Map<string, Limiter>, key: string, clock: Clock): Limiter {
  const limiter = limiters.get(key) ?? new Limiter(clock, defaultRequestsPerSecond);
  // Last used, last in line to be forgotten.
  limiters.delete(key);
  limiters.set(key, limiter);
  for (const [other, { isIdle }] of limiters) {
    if (limiters.size <= maxIdle) break;
    if (isIdle && other !== key) limiters.delete(other);
  }
  return limiter;
}
