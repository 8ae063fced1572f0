import { StatTimeAggType, StatValueAggType } from '../../generated/proto/clarifai/api/resources';
import type { StatValueAggregateQuery } from '../../generated/proto/clarifai/api/resources';
import { createManualClock } from '../../src/emulator/index';
import type { DeepPartial } from '../../src/wire/codec';
import type { Harness } from './harness';
import { startHarness } from './harness';

const at = (iso: string) => ({ seconds: Date.parse(iso) / 1000, nanos: 0 });
let harness: Harness;

beforeEach(async () => {
  harness = await startHarness({ clock: createManualClock(Date.parse('2026-03-04T05:06:07Z')) });
  const { client, userAppId } = harness;
  await client.call('PostStatValues', {
    userAppId,
    statValues: [
      { time: at('2026-03-02T00:00:00Z'), value: 1, tags: ['task_id:a', 'worker_id:1'] },
      { time: at('2026-03-03T10:20:30Z'), value: 2, tags: ['task_id:a', 'worker_id:2'] },
      { time: at('2026-03-03T10:59:59Z'), value: 4, tags: ['task_id:b', 'worker_id:1'] },
      { value: 8, tags: ['task_id:b'] },
    ],
  });
});
afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

async function rows(query: DeepPartial<StatValueAggregateQuery>) {
  const { client, userAppId } = harness;
  const answer = await client.call('PostStatValuesAggregate', { userAppId, statValueAggregateQueries: [query] });
  return answer.statValueAggregateResults[0]?.statValueAggregates.map(({ time, aggregateValue, count, tags }) => [
    ...(time === undefined ? [] : [new Date(Number(time.seconds) * 1000).toISOString().slice(0, 16)]),
    ...tags,
    aggregateValue,
    Number(count),
  ]);
}

it('answers values as they were posted, those without a time with the present one', async () => {
  const { client, userAppId } = harness;
  const { statValues } = await client.call('PostStatValues', { userAppId, statValues: [{ value: 3, tags: ['x:y'] }] });
  expect(statValues).toMatchObject([{ value: 3, tags: ['x:y'], time: { nanos: 0 } }]);
  expect(Number(statValues[0]?.time?.seconds)).toBe(Date.parse('2026-03-04T05:06:07Z') / 1000);
});

it.each<[string, DeepPartial<StatValueAggregateQuery>, unknown]>([
  ['all of them', {}, [[15, 4]]],
  ['those with all the tags', { tags: ['task_id:a', 'worker_id:2'] }, [[2, 1]]],
  [
    'each tag of a group',
    { tagGroups: ['task_id'] },
    [
      ['task_id:a', 3, 2],
      ['task_id:b', 12, 2],
    ],
  ],
  [
    'each combination that there is, of those that have all groups',
    { tagGroups: ['task_id', 'worker_id'] },
    [
      ['task_id:a', 'worker_id:1', 1, 1],
      ['task_id:a', 'worker_id:2', 2, 1],
      ['task_id:b', 'worker_id:1', 4, 1],
    ],
  ],
  ['the average', { statValueAggType: StatValueAggType.AVG, tags: ['worker_id:1'] }, [[2.5, 2]]],
  [
    'hours',
    { statTimeAggType: StatTimeAggType.HOUR, tags: ['worker_id:1'] },
    [
      ['2026-03-02T00:00', 1, 1],
      ['2026-03-03T10:00', 4, 1],
    ],
  ],
  ['minutes', { statTimeAggType: StatTimeAggType.MINUTE, tags: ['worker_id:2'] }, [['2026-03-03T10:20', 2, 1]]],
  [
    'days',
    { statTimeAggType: StatTimeAggType.DAY },
    [
      ['2026-03-02T00:00', 1, 1],
      ['2026-03-03T00:00', 6, 2],
      ['2026-03-04T00:00', 8, 1],
    ],
  ],
  ['weeks', { statTimeAggType: StatTimeAggType.WEEK }, [['2026-03-02T00:00', 15, 4]]],
  ['months', { statTimeAggType: StatTimeAggType.MONTH }, [['2026-03-01T00:00', 15, 4]]],
  ['years', { statTimeAggType: StatTimeAggType.YEAR }, [['2026-01-01T00:00', 15, 4]]],
  [
    'a time, both ends included',
    { startTime: at('2026-03-02T00:00:00Z'), endTime: at('2026-03-03T10:20:30Z') },
    [[3, 2]],
  ],
  ['nothing', { tags: ['task_id:c'] }, []],
])('adds up %s', async (_what, query, expected) => {
  expect(await rows(query)).toEqual(expected);
});

it('refuses tags without one colon, and requests for nothing', async () => {
  const { client, userAppId } = harness;
  for (const tag of ['a', 'a:b:c']) {
    const answer = await client.call('PostStatValues', { userAppId, statValues: [{ value: 1, tags: [tag] }] });
    expect(answer.status?.code).toBe(40004);
  }
  expect((await client.call('PostStatValues', { userAppId })).status?.code).toBe(40004);
  expect((await client.call('PostStatValuesAggregate', { userAppId })).status?.code).toBe(40004);
});
