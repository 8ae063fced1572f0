import type { MethodName } from '../../../generated/methods';
import { methods } from '../../../generated/methods';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { assertDurationMs, assertInteger, assertObject, invalidArgument } from '../../base/assert';
import { GrpcCode, grpcCodeName } from '../../base/grpc-code';
import type { AnswerStatus } from '../answers';
import { status, throttledDetails } from '../answers';

/**
 * What happens to one call: `'ok'` for nothing, a gRPC code, or a combination of
 *
 * - `latencyMs`: wait first
 * - `grpc`: fail with this gRPC code before anything is done, with `details` and trailing `metadata`
 * - `status`: answer with this status in the body before anything is done, with `description` and `details`
 * - `items`: the outcome of single items, by index: `{ 3: 30104 }`. For PostInputs, 30001 and 30003 leave the input in that
 *   state for ever and 30002 lets it fail later
 * - `dropAfterCommit`: do the work, then fail with gRPC UNAVAILABLE as if the connection had dropped
 * - `cutAfter`: send this many messages of a stream, then fail (with `grpc`, or else UNAVAILABLE)
 */
export type FaultStep = 'ok' | number | FaultPlan;

export interface FaultPlan {
  readonly latencyMs?: number;
  readonly grpc?: number;
  readonly status?: number;
  readonly description?: string;
  readonly details?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly items?: Readonly<Record<number, number>>;
  readonly dropAfterCommit?: boolean;
  readonly cutAfter?: number;
}

/** A step that has been checked. */
export interface Fault {
  readonly latencyMs: number;
  readonly grpc:
    | { readonly code: GrpcCode; readonly details: string; readonly metadata: Readonly<Record<string, string>> }
    | undefined;
  readonly status: AnswerStatus | undefined;
  readonly items: ReadonlyMap<number, StatusCode>;
  readonly dropAfterCommit: boolean;
  readonly cutAfter: number | undefined;
}

const planKeys = [
  'latencyMs',
  'grpc',
  'status',
  'description',
  'details',
  'metadata',
  'items',
  'dropAfterCommit',
  'cutAfter',
];
const methodsWithItems: readonly MethodName[] = [
  'PostInputs',
  'PostModelOutputs',
  'PostWorkflowResults',
  'GenerateModelOutputs',
];

export const noFault: Fault = {
  latencyMs: 0,
  grpc: undefined,
  status: undefined,
  items: new Map(),
  dropAfterCommit: false,
  cutAfter: undefined,
};

/** @throws InvalidRequestError when the step is not one, naming it by `name` */
export function toFault(method: MethodName, step: FaultStep, name: string): Fault {
  if (step === 'ok') return noFault;
  const plan = typeof step === 'number' ? { grpc: step } : step;
  if (typeof plan !== 'object' || plan === null) throw invalidArgument(name, `'ok', a gRPC code or an object`, step);
  assertObject(plan, name, planKeys);
  const { latencyMs = 0, dropAfterCommit = false, cutAfter } = plan;
  assertDurationMs(latencyMs, `${name}.latencyMs`);
  if (cutAfter !== undefined) {
    assertInteger(cutAfter, `${name}.cutAfter`, { min: 0 });
    if (methods[method].kind === 'unary')
      throw invalidArgument(`${name}.cutAfter`, `left out: ${method} does not stream`, cutAfter);
  }
  const grpc = plan.grpc === undefined ? undefined : toGrpcFault(plan, plan.grpc, name);
  const status = plan.status === undefined ? undefined : toStatus(plan, plan.status, name);
  return { latencyMs, grpc, status, items: toItems(method, plan, name), dropAfterCommit, cutAfter };
}

function toGrpcFault({ details, metadata = {} }: FaultPlan, code: number, name: string): Fault['grpc'] {
  const codeName = grpcCodeName(code);
  if (codeName === undefined || codeName === 'OK')
    throw invalidArgument(`${name}.grpc`, 'a gRPC code from 1 to 16', code);
  assertObject(metadata, `${name}.metadata`);
  return { code: GrpcCode[codeName], details: details ?? `Scripted ${codeName}`, metadata };
}

function toStatus({ description, details }: FaultPlan, code: number, name: string): AnswerStatus {
  assertStatusCode(code, `${name}.status`);
  return status(code, details ?? (code === StatusCode.CONN_THROTTLED ? throttledDetails : undefined), description);
}

function toItems(method: MethodName, { items }: FaultPlan, name: string): ReadonlyMap<number, StatusCode> {
  const codes = new Map<number, StatusCode>();
  if (items === undefined) return codes;
  assertObject(items, `${name}.items`);
  if (!methodsWithItems.includes(method)) {
    throw invalidArgument(`${name}.items`, `left out: only ${methodsWithItems.join(', ')} have items`, items);
  }
  for (const [key, code] of Object.entries(items)) {
    const index = Number(key);
    assertInteger(index, `${name}.items key`, { min: 0 });
    assertStatusCode(code, `${name}.items[${index}]`);
    codes.set(index, code);
  }
  return codes;
}

function assertStatusCode(code: unknown, name: string): asserts code is StatusCode {
  if (typeof code !== 'number' || StatusCode[code] === undefined)
    throw invalidArgument(name, 'a Clarifai status code', code);
}
