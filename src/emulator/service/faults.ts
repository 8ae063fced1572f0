import type { MethodName } from '../../../generated/methods';
import { methods } from '../../../generated/methods';
import { invalidArgument, invalidRequest } from '../../base/assert';
import type { RandomBytes } from '../seeded-random';
import type { Fault, FaultStep } from './fault-step';
import { noFault, toFault } from './fault-step';

/** A method's scripted steps that no call has taken yet. */
export interface PendingScript {
  /** The RPC that is scripted. */
  readonly method: MethodName;
  /** Steps that are left. */
  readonly steps: number;
}

/** Takes a persistent rule back. */
export interface FaultRule {
  /** Ends the rule. */
  remove(): void;
}

/** Decides what goes wrong with each call: scripts are used up first, in order, then the latest rule that applies. */
export class Faults {
  readonly #scripts = new Map<MethodName, Fault[]>();
  readonly #rules = new Map<MethodName, Set<Fault>>();
  readonly #randomBytes: RandomBytes;

  constructor(randomBytes: RandomBytes) {
    this.#randomBytes = randomBytes;
  }

  script(method: MethodName, steps: readonly FaultStep[]): void {
    assertMethod(method);
    if (!Array.isArray(steps)) throw invalidArgument('steps', 'an array of fault steps', steps);
    const faults = steps.map((step: FaultStep, index) => toScripted(method, step, `steps[${index}]`));
    this.#scripts.set(method, [...(this.#scripts.get(method) ?? []), ...faults]);
  }

  rule(method: MethodName, step: FaultStep): FaultRule {
    assertMethod(method);
    const fault = toFault(method, step, 'step');
    const rules = this.#rules.get(method) ?? new Set();
    this.#rules.set(method, rules.add(fault));
    return { remove: () => rules.delete(fault) };
  }

  /** The fault of the call that has just come in. */
  next(method: MethodName): Fault {
    const scripted = this.#scripts.get(method)?.shift();
    if (scripted !== undefined) return scripted;
    const rules = this.#rules.get(method);
    if (rules === undefined) return noFault;
    return [...rules].reverse().find((rule) => this.#draws(rule)) ?? noFault;
  }

  pending(): PendingScript[] {
    return [...this.#scripts]
      .filter(([, steps]) => steps.length > 0)
      .map(([method, steps]) => ({ method, steps: steps.length }));
  }

  assertNonePending(): void {
    const pending = this.pending();
    if (pending.length === 0) return;
    const list = pending.map(({ method, steps }) => `${method} (${steps})`).join(', ');
    throw invalidRequest(`Expected all scripted steps to be used up, these are left: ${list}`, {
      code: 'SCRIPTS_PENDING',
    });
  }

  clear(): void {
    this.#scripts.clear();
    this.#rules.clear();
  }

  #draws({ percent }: Fault): boolean {
    if (percent === 100) return true;
    const [high = 0, low = 0] = this.#randomBytes(2);
    return ((high * 256 + low) / 65_536) * 100 < percent;
  }
}

function toScripted(method: MethodName, step: FaultStep, name: string): Fault {
  const fault = toFault(method, step, name);
  if (fault.percent === 100) return fault;
  throw invalidArgument(`${name}.percent`, 'left out: a step of a script happens to one call', fault.percent);
}

function assertMethod(method: unknown): asserts method is MethodName {
  if (typeof method !== 'string' || !Object.hasOwn(methods, method)) {
    throw invalidArgument('method', 'the name of an RPC such as PostModelOutputs', method);
  }
}
