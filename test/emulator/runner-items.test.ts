import type { MultiOutputResponse } from '../../generated/proto/clarifai/api/service';
import type { DeepPartial } from '../../src/wire/codec';
import { PostModelOutputsRequest } from '../../generated/codec/core';
import { RunnerQueue } from '../../src/emulator/runners/runner-queue';
import { RunnerTask } from '../../src/emulator/runners/runner-task';
import type { Harness } from './harness';
import { startHarness } from './harness';
import type { Duplex } from './raw-client';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness();
  const { client, emulator, userAppId } = harness;
  emulator.model({ id: 'm', predict: () => ({ stringValue: 'from the model itself' }) });
  const runners = [{ id: 'r', worker: { model: { id: 'm' } } }, { id: 'other' }];
  await client.call('PostRunners', { userAppId, nodepoolId: 'pool', computeClusterId: 'cluster', runners });
});

afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

const runnerId = 'r';
const success = { code: 10000 };
const ask = (raw: string) => ({
  userAppId: harness.userAppId,
  modelId: 'm',
  inputs: [{ id: 'i', data: { text: { raw } } }],
});
const say = (...texts: string[]) =>
  texts.map((stringValue) => {
    const multiOutputResponse: DeepPartial<MultiOutputResponse> = {
      status: success,
      outputs: [{ status: success, data: { stringValue } }],
    };
    return { multiOutputResponse };
  });
const said = (answer: MultiOutputResponse | undefined) => answer?.outputs[0]?.data?.stringValue;

describe('polls', () => {
  it('get what was asked of the model that the runner works for, and answer it', async () => {
    const { client, userAppId } = harness;
    const answer = client.call('PostModelOutputs', ask('hello'));
    const { status, runnerItems } = await client.call('ListRunnerItems', { userAppId, runnerId });
    const [item] = runnerItems;
    expect(status?.code).toBe(10000);
    expect(item?.processingInfo?.runnerMethodType).toBe(1);
    expect(item?.postModelOutputsRequest?.inputs[0]?.data?.text?.raw).toBe('hello');
    const outputs = { userAppId, runnerId, runnerItemId: item?.id ?? '', runnerItemOutputs: say('hello yourself') };
    expect((await client.call('PostRunnerItemOutputs', outputs)).status?.code).toBe(10000);
    expect(said(await answer)).toBe('hello yourself');
    // The service says the rest.
    expect((await answer).outputs[0]).toMatchObject({ model: { id: 'm' }, input: { id: 'i' } });
    expect((await client.call('PostRunnerItemOutputs', outputs)).status?.code).toBe(25602);
  });

  it('are to come again when there was nothing to do', async () => {
    const { client, userAppId } = harness;
    const poll = await client.call('ListRunnerItems', { userAppId, runnerId });
    expect(poll).toMatchObject({ status: { code: 25604 }, runnerItems: [] });
    const waiting = client.call('ListRunnerItems', { userAppId, runnerId });
    const answer = client.call('PostModelOutputs', ask('late'));
    const [item] = (await waiting).runnerItems;
    const runnerItemId = item?.id ?? '';
    await client.call('PostRunnerItemOutputs', { userAppId, runnerId, runnerItemId, runnerItemOutputs: say('found') });
    expect(said(await answer)).toBe('found');
  });

  it('that failed are the failure of the prediction', async () => {
    const { client, userAppId } = harness;
    const answer = client.call('PostModelOutputs', ask('hello'));
    const [item] = (await client.call('ListRunnerItems', { userAppId, runnerId })).runnerItems;
    const status = { code: 25608, details: 'out of memory' };
    await client.call('PostRunnerItemOutputs', { userAppId, runnerId, runnerItemId: item?.id ?? '', status });
    expect((await answer).status).toMatchObject(status);
  });

  it('are for runners that there are', async () => {
    const { client, userAppId } = harness;
    expect((await client.call('ListRunnerItems', { userAppId, runnerId: 'nothing' })).status?.code).toBe(11101);
  });
});

it('goes to the runner that a selector names, and to none that there is not', async () => {
  const { client, userAppId } = harness;
  const answer = client.call('PostModelOutputs', { ...ask('hello'), runnerSelector: { runner: { id: 'other' } } });
  const [item] = (await client.call('ListRunnerItems', { userAppId, runnerId: 'other' })).runnerItems;
  const runnerItemId = item?.id ?? '';
  const runnerItemOutputs = say('from the other');
  await client.call('PostRunnerItemOutputs', { userAppId, runnerId: 'other', runnerItemId, runnerItemOutputs });
  expect(said(await answer)).toBe('from the other');
  const selectors = [{ runner: { id: 'x' } }, { nodepool: { id: 'x' } }, { deployment: { id: 'x' } }];
  for (const runnerSelector of selectors)
    expect((await client.call('PostModelOutputs', { ...ask('x'), runnerSelector })).status?.code).toBe(11101);
});

it('lets the model answer itself where nodepools and deployments have no runner', async () => {
  const { client, userAppId } = harness;
  await client.call('DeleteRunners', { userAppId, ids: ['r', 'other'] });
  await client.call('PostComputeClusters', { userAppId, computeClusters: [{ id: 'cluster' }] });
  await client.call('PostNodepools', { userAppId, computeClusterId: 'cluster', nodepools: [{ id: 'pool' }] });
  await client.call('PostDeployments', { userAppId, deployments: [{ id: 'd', nodepools: [{ id: 'pool' }] }] });
  for (const runnerSelector of [{ nodepool: { id: 'pool' } }, { deployment: { id: 'd' } }])
    expect(said(await client.call('PostModelOutputs', { ...ask('x'), runnerSelector }))).toBe('from the model itself');
  await client.call('PostRunners', { userAppId, nodepoolId: 'pool', runners: [{ id: 'late' }] });
  const answer = client.call('PostModelOutputs', { ...ask('x'), runnerSelector: { deployment: { id: 'd' } } });
  const [item] = (await client.call('ListRunnerItems', { userAppId, runnerId: 'late' })).runnerItems;
  const runnerItemId = item?.id ?? '';
  const runnerItemOutputs = say('deployed');
  await client.call('PostRunnerItemOutputs', { userAppId, runnerId: 'late', runnerItemId, runnerItemOutputs });
  expect(said(await answer)).toBe('deployed');
});

it('keeps nobody waiting when the emulator is closed', async () => {
  const waiting = harness.client.call('PostModelOutputs', ask('hello'));
  await harness.client.call('ListRunnerItems', { userAppId: harness.userAppId, runnerId });
  await harness.emulator.close();
  await expect(waiting).rejects.toMatchObject({ code: 14 });
});

describe('streams', () => {
  let stream: Duplex<'ProcessRunnerItems'>;

  const open = () => {
    const opened = harness.client.duplex('ProcessRunnerItems');
    opened.send({ userAppId: harness.userAppId, runnerId, status: { code: 25605 } });
    return opened;
  };

  const item = async (from = stream) => {
    const { runnerItems = [] } = (await from.next()) ?? {};
    return runnerItems[0];
  };

  const answer = (id: string | undefined, texts: string[], code?: number) =>
    stream.send({
      userAppId: harness.userAppId,
      runnerId,
      runnerItemId: id ?? '',
      runnerItemOutputs: say(...texts),
      ...(code !== undefined && { status: { code } }),
    });

  beforeEach(() => {
    stream = open();
  });

  afterEach(() => {
    stream.cancel();
  });

  it('bring what is asked, several things at a time', async () => {
    const answers = ['one', 'two'].map((text) => harness.client.call('PostModelOutputs', ask(text)));
    const items = [await item(), await item()];
    for (const one of items.reverse())
      answer(one?.id, [`${one?.postModelOutputsRequest?.inputs[0]?.data?.text?.raw}!`]);
    expect((await Promise.all(answers)).map(said)).toEqual(['one!', 'two!']);
  });

  it('take answers bit by bit', async () => {
    const words: unknown[] = [];
    const done = (async () => {
      for await (const part of harness.client.stream('GenerateModelOutputs', [ask('count')])) words.push(said(part));
    })();
    const one = await item();
    expect(one?.processingInfo?.runnerMethodType).toBe(2);
    answer(one?.id, ['one']);
    answer(one?.id, ['two']);
    answer(one?.id, [], 25606);
    await done;
    expect(words).toEqual(['one', 'two']);
  });

  it('bring the requests of a stream one by one, and its end', async () => {
    const asking = harness.client.duplex('StreamModelOutputs');
    asking.send(ask('first'));
    const one = await item();
    expect(one?.processingInfo?.runnerMethodType).toBe(4);
    answer(one?.id, ['1']);
    expect(said(await asking.next())).toBe('1');
    asking.send({ inputs: [{ data: { text: { raw: 'second' } } }] });
    const two = await item();
    expect([two?.id, two?.postModelOutputsRequest?.inputs[0]?.data?.text?.raw]).toEqual([one?.id, 'second']);
    asking.end();
    expect((await item())?.processingInfo?.status?.code).toBe(25606);
    answer(one?.id, ['2'], 25606);
    expect(said(await asking.next())).toBe('2');
    expect(await asking.next()).toBeUndefined();
  });

  it('say when a client has gone', async () => {
    const asking = harness.client.duplex('StreamModelOutputs');
    asking.send(ask('first'));
    const one = await item();
    asking.cancel();
    await expect(asking.next()).rejects.toMatchObject({ code: 1 });
    expect((await item())?.processingInfo?.status?.code).toBe(25607);
    answer(one?.id, ['too late']);
  });

  it('leave to another runner what they have not done', async () => {
    const waiting = harness.client.call('PostModelOutputs', ask('hello'));
    await item();
    stream.cancel();
    await expect(stream.next()).rejects.toMatchObject({ code: 1 });
    stream = open();
    answer((await item())?.id, ['at last']);
    expect(said(await waiting)).toBe('at last');
  });

  it('begin with their start', async () => {
    const wrong = harness.client.duplex('ProcessRunnerItems');
    wrong.send({ userAppId: harness.userAppId, runnerId });
    expect((await wrong.next())?.status?.code).toBe(25603);
    expect(await wrong.next()).toBeUndefined();
    wrong.end();
  });
});

it('forgets what was done, what was given up, and what nobody ever took', () => {
  const queue = new RunnerQueue();
  const request = PostModelOutputsRequest.decode(new Uint8Array());
  const [done, givenUp, leftUndone, never] = ['a', 'b', 'c', 'd'].map((id) => new RunnerTask(id, 1, request)) as [
    RunnerTask,
    RunnerTask,
    RunnerTask,
    RunnerTask,
  ];
  const taker = {};
  for (const task of [done, givenUp, leftUndone]) queue.add(task);
  expect(queue.take(taker)).toHaveLength(3);
  queue.finish(done);
  givenUp.cancel();
  queue.drop(givenUp);
  expect(queue.find('a')).toBeUndefined();
  expect(queue.find('b')).toBeUndefined();
  queue.add(never);
  queue.drop(never);
  queue.giveBack(taker);
  expect(queue.take()).toEqual([leftUndone]);
});
