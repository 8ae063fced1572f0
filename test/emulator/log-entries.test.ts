import { startHarness } from './harness';

test('logs are listed by what they are of, and past their end the last page is repeated', async () => {
  await using harness = await startHarness();
  const { client, userAppId } = harness;
  const entry = (message: string, modelVersionId: string, logType = 'builder') => ({
    message,
    logType,
    meta: { userAppId, modelId: 'm', modelVersionId },
  });
  const logEntries = [
    entry('a', 'v1'),
    entry('b', 'v1'),
    entry('c', 'v2'),
    entry('d', 'v1', 'runner'),
    entry('e', 'v1'),
  ];
  await client.call('PostLogEntries', { logEntries });
  const list = async (page: number) => {
    const request = { userAppId, modelId: 'm', modelVersionId: 'v1', logType: 'builder', perPage: 2, page };
    const answer = await client.call('ListLogEntries', request);
    return [answer.page, answer.logEntries.map(({ message }) => message)];
  };
  expect(await list(1)).toEqual([1, ['a', 'b']]);
  expect(await list(0)).toEqual([2, ['e']]);
  expect(await list(7)).toEqual([2, ['e']]);
});
