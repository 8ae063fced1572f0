import { invalidRequest } from '../../base/assert';

/** How an item can end, other than unsent. */
export type DoneKind = 'accepted' | 'confirmed' | 'already-existed' | 'rejected' | 'dead-lettered';

/** Whether the app has an input with the id of an item that ended so. */
export function hasInput(kind: DoneKind): boolean {
  return kind !== 'rejected' && kind !== 'dead-lettered';
}

/** What a journal is for: another run may not go on with it. */
export interface JournalIdentity {
  readonly base: string;
  readonly userId: string | undefined;
  readonly appId: string | undefined;
  /** How inputs without an id get theirs. */
  readonly ids: 'content' | 'random';
}

/** The first frame of every file of a journal. */
export interface JournalHeader extends JournalIdentity {
  readonly format: 'clarifai-grpc journal';
  readonly version: 1;
  /** What the random ids of the run are made from, so that an item that is read again has the id it had. */
  readonly seed: string;
}

/**
 * What a journal notes, in the order in which it became so. An order is the place of an item among those that one session, a
 * run of the process, has read.
 *
 * - `session`: a new run goes on here: the orders begin again
 * - `sent`: the item with this id is about to be sent
 * - `done`: it is known what became of the item; its key is given when it was never sent
 * - `passed`: the same of an item with a cursor
 * - `cursor`: the outcomes of all items up to this one have been reported; the source goes on after this cursor
 */
export type JournalRecord =
  | readonly ['session']
  | readonly ['sent', order: number, id: string]
  | readonly ['done', order: number, kind: DoneKind, key?: string]
  | readonly ['passed', order: number, kind: DoneKind, cursor: string]
  | readonly ['cursor', order: number, cursor: string];

export function encodeRecords(records: readonly JournalRecord[]): Buffer {
  return Buffer.from(JSON.stringify(records));
}

/** The payload of a frame whose checksum is right, so that it is what was written. */
export function decodeRecords(payload: Buffer): readonly JournalRecord[] {
  return JSON.parse(payload.toString()) as readonly JournalRecord[];
}

export function encodeHeader(header: JournalHeader): Buffer {
  return Buffer.from(JSON.stringify(header));
}

/** @throws InvalidRequestError when it is no header of this version */
export function decodeHeader(payload: Buffer | undefined, path: string): JournalHeader {
  const header = payload === undefined ? undefined : parse(payload);
  if (header?.format !== 'clarifai-grpc journal') {
    throw invalidRequest(`Expected \`resume\` to be the directory of a journal, but ${path} is no part of one`, {
      code: 'JOURNAL_CORRUPT',
    });
  }
  if (header.version === 1) return header;
  const version = String(header.version);
  throw invalidRequest(
    `Expected a journal of version 1, but ${path} has version ${version}: finish it as it was begun`,
    {
      code: 'JOURNAL_MISMATCH',
    },
  );
}

function parse(payload: Buffer): JournalHeader | undefined {
  try {
    return JSON.parse(payload.toString()) as JournalHeader;
  } catch {
    return undefined;
  }
}

/** @throws InvalidRequestError naming what differs */
export function assertSameRun(header: JournalHeader, identity: JournalIdentity): void {
  for (const name of ['base', 'userId', 'appId', 'ids'] as const) {
    if (header[name] === identity[name]) continue;
    const [was, is] = [header[name] ?? 'none', identity[name] ?? 'none'];
    throw invalidRequest(`Expected the journal of a run with ${name} ${is}, got one with ${name} ${was}`, {
      code: 'JOURNAL_MISMATCH',
    });
  }
}
