import type { MethodName } from '../../../generated/methods';
import { methods } from '../../../generated/methods';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import { assertDurationMs, assertInteger, assertNumber, assertObject, invalidArgument } from '../../base/assert';
import { GrpcCode, grpcCodeName } from '../../base/grpc-code';
import type { AnswerStatus } from '../answers';
import { status, throttledDetails } from '../answers';
import { GrpcFailure } from './grpc-failure';
import { WireFailure } from './wire-failure';

/**
 * What happens to one call: `'ok'` for nothing, a gRPC code, or a combination of
 *
 * - `latencyMs`: wait first
 * - `grpc`: fail with this gRPC code before anything is done, with `details` and trailing `metadata`
 * - `status`: answer with this status in the body before anything is done, with `description` and `details`
 * - `items`: the outcome of single items, by index: `{ 3: 30104 }`. For PostInputs, 30001 and 30003 leave the input in that
 *   state for ever and 30002 lets it fail later
 * - `reset`: end the call's stream with RST_STREAM and this HTTP/2 error code, such as 7 for REFUSED_STREAM
 * - `disconnect`: close the connection, and so end every call on it
 * - `blackHole`: never answer
 * - `dropAfterCommit`: do the work, then fail: with `grpc`, `reset`, `disconnect` or `blackHole`, or else with gRPC UNAVAILABLE
 * - `cutAfter`: send this many messages of a stream, then fail likewise
 * - `goAway`: tell the client with GOAWAY and this HTTP/2 error code to leave the connection, then go on
 * - `bytesPerSecond`: send the answer at this rate
 * - `percent`: let this happen to so many calls in a hundred; for rules only
 */
export type FaultStep = 'ok' | number | FaultPlan;

/** What happens to one call; each field is told of at `FaultStep`. */
export interface FaultPlan {
  /** Milliseconds to wait first. */
  readonly latencyMs?: number;
  /** gRPC code to fail with before anything is done. */
  readonly grpc?: number;
  /** Status code to answer with before anything is done. */
  readonly status?: number;
  /** Description of `status`. @default the service's own */
  readonly description?: string;
  /** Details of `status` or `grpc`. */
  readonly details?: string;
  /** Trailing metadata of `grpc`. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Status codes of single inputs, by their index. */
  readonly items?: Readonly<Record<number, number>>;
  /** HTTP/2 error code to end the call's stream with. */
  readonly reset?: number;
  /** Closes the connection, and so ends every call on it. */
  readonly disconnect?: true;
  /** Never answers. */
  readonly blackHole?: true;
  /** Does the work before it fails. */
  readonly dropAfterCommit?: boolean;
  /** Messages of a stream to send before it fails. */
  readonly cutAfter?: number;
  /** HTTP/2 error code to send the client away from the connection with; the call goes on. */
  readonly goAway?: number;
  /** Rate at which the answer is sent. */
  readonly bytesPerSecond?: number;
  /** Calls in a hundred that this happens to; for rules only. @default 100 */
  readonly percent?: number;
}

/** A step that has been checked. */
export interface Fault {
  readonly latencyMs: number;
  readonly failure: GrpcFailure | WireFailure | undefined;
  readonly status: AnswerStatus | undefined;
  readonly items: ReadonlyMap<number, StatusCode>;
  readonly dropAfterCommit: boolean;
  readonly cutAfter: number | undefined;
  readonly goAway: number | undefined;
  readonly bytesPerSecond: number | undefined;
  readonly percent: number;
}

const planKeys: readonly (keyof FaultPlan)[] = [
  'latencyMs',
  'grpc',
  'status',
  'description',
  'details',
  'metadata',
  'items',
  'reset',
  'disconnect',
  'blackHole',
  'dropAfterCommit',
  'cutAfter',
  'goAway',
  'bytesPerSecond',
  'percent',
];
const methodsWithItems: readonly MethodName[] = [
  'PostInputs',
  'PostModelOutputs',
  'PostWorkflowResults',
  'GenerateModelOutputs',
];

export const noFault: Fault = {
  latencyMs: 0,
  failure: undefined,
  status: undefined,
  items: new Map(),
  dropAfterCommit: false,
  cutAfter: undefined,
  goAway: undefined,
  bytesPerSecond: undefined,
  percent: 100,
};

/** @throws InvalidRequestError when the step is not one, naming it by `name` */
export function toFault(method: MethodName, step: FaultStep, name: string): Fault {
  if (step === 'ok') return noFault;
  const plan = typeof step === 'number' ? { grpc: step } : step;
  if (typeof plan !== 'object' || plan === null) throw invalidArgument(name, `'ok', a gRPC code or an object`, step);
  assertObject(plan, name, planKeys);
  const { latencyMs = 0, dropAfterCommit = false, cutAfter, goAway, bytesPerSecond, percent = 100 } = plan;
  assertDurationMs(latencyMs, `${name}.latencyMs`);
  if (cutAfter !== undefined) {
    assertInteger(cutAfter, `${name}.cutAfter`, { min: 0 });
    if (methods[method].kind === 'unary')
      throw invalidArgument(`${name}.cutAfter`, `left out: ${method} does not stream`, cutAfter);
  }
  if (goAway !== undefined) assertHttp2Code(goAway, `${name}.goAway`);
  if (bytesPerSecond !== undefined) assertInteger(bytesPerSecond, `${name}.bytesPerSecond`, { min: 1 });
  assertNumber(percent, `${name}.percent`, { min: 0, max: 100 });
  return {
    latencyMs,
    failure: toFailure(plan, name),
    status: plan.status === undefined ? undefined : toStatus(plan, plan.status, name),
    items: toItems(method, plan, name),
    dropAfterCommit,
    cutAfter,
    goAway,
    bytesPerSecond,
    percent,
  };
}

function toFailure(plan: FaultPlan, name: string): Fault['failure'] {
  const { grpc, reset, disconnect, blackHole } = plan;
  const given = { grpc, reset, disconnect, blackHole };
  const names = Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  if (names.length > 1) throw invalidArgument(name, `only one of ${names.join(', ')}`, plan);
  if (grpc !== undefined) return toGrpcFailure(plan, grpc, name);
  if (reset !== undefined) {
    assertHttp2Code(reset, `${name}.reset`);
    return new WireFailure({ kind: 'reset', http2Code: reset });
  }
  for (const kind of ['disconnect', 'blackHole'] as const) {
    if (plan[kind] === undefined) continue;
    if (plan[kind] !== true) throw invalidArgument(`${name}.${kind}`, 'true, or left out', plan[kind]);
    return new WireFailure({ kind });
  }
  return undefined;
}

function toGrpcFailure({ details, metadata = {} }: FaultPlan, code: number, name: string): GrpcFailure {
  const codeName = grpcCodeName(code);
  if (codeName === undefined || codeName === 'OK')
    throw invalidArgument(`${name}.grpc`, 'a gRPC code from 1 to 16', code);
  assertObject(metadata, `${name}.metadata`);
  return new GrpcFailure(GrpcCode[codeName], details ?? `Scripted ${codeName}`, metadata);
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

function assertHttp2Code(code: unknown, name: string): void {
  assertInteger(code, name, { min: 0, max: 13 });
}
