import { join } from 'node:path';
import { invalidRequest } from '../../base/assert';
import { digestBytes } from './digest';
import { DigestSet } from './digest-set';
import { encodeFrame } from './frame';
import type { JournalFile, JournalFiles } from './journal-files';
import { isLock } from './journal-lock';
import { JournalState } from './journal-state';
import { assertSameRun, decodeRecords, encodeRecords, type JournalHeader, type JournalRecord } from './records';
import { appendAll, damaged, isPartial, isSegment, nameOf, numbersOf, readSegment, writeSegment } from './segment';

/**
 * The records of a journal on disk. One segment, `log`, is written to. When it is full, a new one takes its place that
 * begins with what the old one amounts to; what became of the items without a cursor goes to a segment of digests, `done`.
 */
export class JournalLog {
  readonly #files: JournalFiles;
  readonly #directory: string;
  readonly #segmentBytes: number;
  readonly header: JournalHeader;
  #number: number;
  #file: JournalFile;
  #size: number;
  #fullAt: number;

  constructor(options: JournalLogOptions, header: JournalHeader, log: OpenLog) {
    this.#files = options.files;
    this.#directory = options.directory;
    this.#segmentBytes = options.segmentBytes;
    this.header = header;
    this.#number = log.number;
    this.#file = log.file;
    this.#size = log.size;
    this.#fullAt = options.segmentBytes;
  }

  /** Makes records durable. The caller waits for one call before the next. */
  async append(records: readonly JournalRecord[]): Promise<void> {
    const frame = encodeFrame(encodeRecords(records));
    await appendAll(this.#file, frame);
    await this.#file.sync();
    this.#size += frame.length;
    if (this.#size >= this.#fullAt) await this.#compact();
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #compact(): Promise<void> {
    const [files, directory, header] = [this.#files, this.#directory, this.header];
    const full = join(directory, nameOf('log', this.#number));
    await this.#file.close();
    const state = stateOf((await readSegment(files, full, false)).payloads);
    const { words } = state.done;
    if (words.length > 0) {
      const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
      await writeSegment(files, directory, nameOf('done', this.#number), header, [bytes]);
    }
    const next = nameOf('log', this.#number + 1);
    const size = await writeSegment(files, directory, next, header, [encodeRecords([...state.records()])]);
    this.#number += 1;
    this.#size = size;
    // A log that begins with much must not be full at once.
    this.#fullAt = Math.max(this.#segmentBytes, 2 * size);
    this.#file = await files.reopen(join(directory, next), size);
    await files.remove(full);
  }
}

export interface JournalLogOptions {
  readonly files: JournalFiles;
  readonly directory: string;
  /** Size at which the log is compacted. */
  readonly segmentBytes: number;
}

export interface Opened {
  readonly log: JournalLog;
  /** What its records amount to. */
  readonly state: JournalState;
  /** What became of the items without a cursor, by their ids. */
  readonly done: DigestSet;
}

interface OpenLog {
  readonly number: number;
  readonly file: JournalFile;
  readonly size: number;
}

/**
 * Opens the journal of a directory, or begins one.
 *
 * @param run what the journal must be of, and the header of a new one
 * @throws InvalidRequestError when the directory holds anything else, or a journal that is damaged or of another run
 */
export async function openJournalLog(options: JournalLogOptions, run: JournalHeader): Promise<Opened> {
  const { files, directory } = options;
  const { newest, older, done } = await findSegments(options, run);
  const path = join(directory, nameOf('log', newest));
  const { header, payloads, end } = await readSegment(files, path, true);
  assertSameRun(header, run);
  const state = stateOf(payloads);
  const digests = await readDigests(files, done, state);
  for (const path of older) await files.remove(path);
  const file = await files.reopen(path, end);
  await file.sync();
  return { log: new JournalLog(options, header, { number: newest, file, size: end }), state, done: digests };
}

interface FoundSegments {
  /** Number of the log to go on with. */
  readonly newest: number;
  /** Logs that were about to be removed when the process or the machine stopped. */
  readonly older: readonly string[];
  readonly done: readonly string[];
}

async function findSegments({ files, directory }: JournalLogOptions, run: JournalHeader): Promise<FoundSegments> {
  const names = await files.list(directory);
  const stranger = names.find((name) => !isSegment(name) && !isPartial(name) && !isLock(name));
  if (stranger !== undefined) {
    const message = `Expected \`resume\` to be a directory that is the journal's own, but ${directory} holds ${stranger}`;
    throw invalidRequest(message, { code: 'JOURNAL_MISMATCH' });
  }
  for (const name of names.filter(isPartial)) await files.remove(join(directory, name));
  const pathsOf = (kind: 'log' | 'done', numbers: readonly number[]): string[] =>
    numbers.map((number) => join(directory, nameOf(kind, number)));
  const logs = numbersOf('log', names);
  const done = numbersOf('done', names);
  const newest = logs.at(-1);
  if (newest !== undefined) return { newest, older: pathsOf('log', logs.slice(0, -1)), done: pathsOf('done', done) };
  if (done.length > 0) throw damaged(directory, 'the log is missing');
  await writeSegment(files, directory, nameOf('log', 1), run, []);
  return { newest: 1, older: [], done: [] };
}

async function readDigests(files: JournalFiles, paths: readonly string[], { done }: JournalState): Promise<DigestSet> {
  let bytes = done.words.byteLength;
  for (const path of paths) bytes += await files.sizeOf(path);
  const digests = new DigestSet(bytes / digestBytes);
  digests.add(done.words);
  for (const path of paths) {
    const { payloads } = await readSegment(files, path, false);
    // Copied, for the words must lie at a multiple of four bytes.
    for (const payload of payloads) digests.add(new Uint32Array(new Uint8Array(payload).buffer));
  }
  return digests;
}

function stateOf(payloads: readonly Buffer[]): JournalState {
  const state = new JournalState();
  for (const payload of payloads) for (const record of decodeRecords(payload)) state.apply(record);
  return state;
}
