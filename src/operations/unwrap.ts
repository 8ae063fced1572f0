import type { Status } from '../../generated/proto/clarifai/api/status/status';
import { type ClarifaiError, ServerError } from '../base/errors';
import type { ReceivedMetadata } from '../base/received-metadata';
import { isSuccess } from '../base/is-success';
import { isFailure } from '../base/situation';
import { type ErrorContext, fromStatus, situationOf, statusCodeName } from '../base/to-clarifai-error';

export interface UnwrapOptions extends Pick<ErrorContext, 'method' | 'redact' | 'clock'> {
  /** What came with the answer; asked when it is a failure. */
  readonly received?: (() => ReceivedMetadata) | undefined;
  /** Also takes answers that failed in part or in whole as long as every item says so itself; `items` names their list. */
  readonly partial?: { readonly items: string } | undefined;
}

/** What is looked at in an answer: its own status and those of its items. */
type Answer = Readonly<Record<string, unknown>>;

/**
 * Looks at the status in the body of an answer, the one place that does: gRPC's own status is OK for failures of the API.
 *
 * @throws ClarifaiError when the answer is none
 */
export function unwrap(answer: unknown, options: UnwrapOptions): void {
  const status = statusOf(answer);
  if (isSuccess(status)) return;
  if (status === undefined || status.code === 0) throw withoutStatus(options);
  if (!isFailure(situationOf(status.code))) return;
  const { partial, received, ...rest } = options;
  const context = { ...rest, metadata: received?.() };
  const error = fromStatus(describeItems(status, answer as Answer), context);
  if (partial === undefined || isAboutCall(error)) throw error;
  const items = statusesOf((answer as Answer)[partial.items]);
  if (items.length === 0 || items.includes(undefined)) throw error;
  const shared = sharedFailure(items, context);
  if (shared !== undefined) throw shared;
}

/** Whether the same request may do better, or no request will: then the items are not worth a look. */
function isAboutCall({ category }: ClarifaiError): boolean {
  return category !== 'rejected' && category !== 'fatal';
}

/** What all items failed of, when it is worth another attempt, as a model that is being loaded or a moment's overload is. */
function sharedFailure(items: readonly (Status | undefined)[], context: ErrorContext): ClarifaiError | undefined {
  const [first] = items;
  if (first === undefined || !items.every((status) => status?.code === first.code)) return undefined;
  if (!isFailure(situationOf(first.code))) return undefined;
  const error = fromStatus(first, context);
  return ['transient', 'throttled', 'notReady'].includes(error.category) ? error : undefined;
}

/** MIXED_STATUS and FAILURE say nothing by themselves: the first item that failed does. */
function describeItems(status: Status, answer: Answer): Status {
  for (const [name, items] of Object.entries(answer)) {
    const statuses = statusesOf(items);
    const index = statuses.findIndex((one) => one !== undefined && isFailure(situationOf(one.code)));
    const failed = statuses[index];
    if (failed === undefined || failed.code === status.code) continue;
    const told = [statusCodeName(failed.code), failed.description, failed.details].filter((text) => text !== '');
    const inItem = `${name}[${index}] ${told.join(': ')}`;
    return { ...status, details: status.details === '' ? inItem : `${status.details}; ${inItem}` };
  }
  return status;
}

function statusesOf(items: unknown): readonly (Status | undefined)[] {
  return Array.isArray(items) ? items.map(statusOf) : [];
}

function statusOf(message: unknown): Status | undefined {
  if (typeof message !== 'object' || message === null || !('status' in message)) return undefined;
  const { status } = message;
  return typeof status === 'object' && status !== null && 'code' in status ? (status as Status) : undefined;
}

function withoutStatus({ method }: UnwrapOptions): ServerError {
  return new ServerError(`${method === undefined ? '' : `${method} `}STATUS_MISSING: the answer carries no status`, {
    code: 'STATUS_MISSING',
    source: 'status',
    category: 'fatal',
    method,
  });
}
