import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { reflection } from '../../generated/reflection';
import { Clarifai } from '../../src/client';
import { type Sent, toSent } from './sdk/compare';
import { datasetCalls } from './sdk/dataset';
import { deviations, withoutEquivalent } from './sdk/deviations';
import { inputsCalls } from './sdk/inputs';
import { startPlayback } from './sdk/playback';
import { type RecordedCase, recording } from './sdk/recording';
import type { SdkBench, SdkCalls } from './sdk/sdk-calls';
import { appCalls } from './sdk/app';
import { authCalls } from './sdk/auth';
import { errorCalls, modelCalls } from './sdk/model';
import { searchCalls } from './sdk/search';
import { userCalls } from './sdk/user';
import { workflowCalls } from './sdk/workflow';

/** By the first part of their names in the recording. */
const callsByNoun: Readonly<Record<string, SdkCalls>> = {
  auth: authCalls,
  user: userCalls,
  app: appCalls,
  dataset: datasetCalls,
  inputs: inputsCalls,
  search: searchCalls,
  workflow: workflowCalls,
  model: modelCalls,
  errors: errorCalls,
  utils: {},
};
const calls: SdkCalls = Object.assign({}, ...Object.values(callsByNoun)) as SdkCalls;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sdk-calls-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly ours: readonly Sent[];
  /** Whether only the first page of a list was read: the next one was asked for already. */
  readonly readsOnePage: boolean;
}

/** Runs our equivalent of a call against the answers that the SDK got. How it ends is for other tests to say. */
async function run({ id, files = {}, calls: recorded }: RecordedCase): Promise<Ran> {
  await using playback = await startPlayback(recorded);
  const credentials = { base: playback.base, pat: 'pat-0123456789abcdef' };
  const options = { ...credentials, userId: 'user-1', appId: 'app-1' };
  const retry = { baseDelayMs: 1, throttledDelayMs: 1, notReadyMs: 1000, maxDelayMs: 1 };
  await using clarifai = new Clarifai({ ...options, defaults: { retry } });
  let readsOnePage = false;
  const bench: SdkBench = {
    clarifai,
    credentials,
    file: (name) => written(id, name, files[name]),
    async onePage(list) {
      readsOnePage = true;
      const { value } = await list.pages().next();
      return value ?? [];
    },
  };
  await (async () => calls[id]?.(bench))().catch(() => undefined);
  return { ours: playback.arrived.map(({ path, messages }) => toSent(path, messages)), readsOnePage };
}

/** Writes a file of the recording's, and says where. */
function written(id: string, name: string, text: string | undefined): string {
  const path = join(folder, id.replaceAll('/', '_'), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text ?? Buffer.from(recording.fixtures[name] ?? '', 'base64'));
  return path;
}

function theirsOf({ calls: recorded }: RecordedCase): readonly Sent[] {
  const sent = recorded.map(({ path, request_b64, stream_requests_b64 = [request_b64 ?? ''] }) =>
    toSent(
      path,
      stream_requests_b64.map((message) => Buffer.from(message, 'base64')),
    ),
  );
  return sent.filter((one) => !isEmptyDelete(one));
}

/** After every batch the SDK deletes what failed, be it nothing. */
const isEmptyDelete = ({ method, requests }: Sent): boolean =>
  method === 'DeleteInputs' &&
  !requests.some((request) => typeof request === 'object' && request !== null && 'ids' in request);

const isRead = ({ method }: Sent): boolean => reflection().methods[method]?.[3] === 'get';

/**
 * Ours and theirs, as far as they are to be equal: what changes something, in order, and the reads that ours needs. Reads that
 * only the SDK makes, to find out what it need not know, do not count.
 */
function comparable(
  theirs: readonly Sent[],
  { ours, readsOnePage }: Ran,
): { ours: readonly Sent[]; theirs: readonly Sent[] } {
  const reads = new Set(ours.filter(isRead).map(({ method }) => method));
  const counted = ours.length === 0 ? theirs : theirs.filter((one) => !isRead(one) || reads.has(one.method));
  return { ours: readsOnePage ? ours.slice(0, counted.length) : ours, theirs: counted };
}

const cases = recording.cases.map((one) => [one.id, one] as const);
const equal = cases.filter(([id]) => id in calls && !(id in deviations));
const different = cases.filter(([id]) => id in calls && id in deviations);

describe('sends what the Python SDK sends', () => {
  test.each(equal)('%s', async (_id, recorded) => {
    const { ours, theirs } = comparable(theirsOf(recorded), await run(recorded));
    expect(ours).toEqual(theirs);
  });
});

describe('differs from the Python SDK on purpose', () => {
  test.each(different)('%s', async (_id, recorded) => {
    const { ours, theirs } = comparable(theirsOf(recorded), await run(recorded));
    expect(ours).not.toEqual(theirs);
  });
});

test('every recorded call has an equivalent, or a reason for having none', () => {
  const known = new Set([...Object.keys(calls), ...Object.keys(withoutEquivalent)]);
  const recorded = cases.map(([id]) => id).filter((id) => (/^[a-z]+/.exec(id)?.[0] ?? '') in callsByNoun);
  expect(recorded.filter((id) => !known.has(id))).toEqual([]);
});

test('the tables name recorded calls only', () => {
  const named = [...Object.keys(calls), ...Object.keys(withoutEquivalent), ...Object.keys(deviations)];
  expect(named.filter((name) => !cases.some(([id]) => id === name))).toEqual([]);
});
