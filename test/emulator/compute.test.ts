import type { Harness } from './harness';
import { startHarness } from './harness';

let harness: Harness;

beforeEach(async () => {
  harness = await startHarness();
  const { client } = harness;
  await client.call('PostComputeClusters', { computeClusters: [{ id: 'c', region: 'us-east-1' }, { id: 'other' }] });
  await client.call('PostNodepools', { computeClusterId: 'c', nodepools: [{ id: 'n', maxInstances: 2 }] });
  await client.call('PostDeployments', {
    deployments: [{ id: 'd', nodepools: [{ id: 'n', computeCluster: { id: 'c' } }] }],
  });
});
afterEach(async () => {
  await harness[Symbol.asyncDispose]();
});

it('has clusters, nodepools in them, and deployments to those', async () => {
  const { client } = harness;
  expect((await client.call('GetComputeCluster', { computeClusterId: 'c' })).computeCluster).toMatchObject({
    id: 'c',
    region: 'us-east-1',
    userId: 'emulator-user',
  });
  const { nodepool } = await client.call('GetNodepool', { computeClusterId: 'c', nodepoolId: 'n' });
  expect(nodepool).toMatchObject({ id: 'n', maxInstances: 2, computeCluster: { id: 'c', region: 'us-east-1' } });
  const { deployment } = await client.call('GetDeployment', { deploymentId: 'd' });
  expect(deployment).toMatchObject({ id: 'd', userId: 'emulator-user', nodepools: [{ id: 'n' }] });
});

it('lists them by what they are in', async () => {
  const { client } = harness;
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
  expect(ids((await client.call('ListComputeClusters', {})).computeClusters)).toEqual(['c', 'other']);
  expect(ids((await client.call('ListNodepools', { computeClusterId: 'c' })).nodepools)).toEqual(['n']);
  expect(ids((await client.call('ListNodepools', { computeClusterId: 'other' })).nodepools)).toEqual([]);
  expect(ids((await client.call('ListDeployments', { nodepoolId: 'n' })).deployments)).toEqual(['d']);
  expect(ids((await client.call('ListDeployments', { nodepoolId: 'x' })).deployments)).toEqual([]);
  expect(ids((await client.call('ListDeployments', { computeClusterId: 'c' })).deployments)).toEqual(['d']);
  expect(ids((await client.call('ListDeployments', { modelVersionIds: ['v'] })).deployments)).toEqual([]);
});

it('changes them', async () => {
  const { client } = harness;
  const clusters = [{ id: 'c', description: 'mine' }];
  expect((await client.call('PatchComputeClusters', { computeClusters: clusters })).computeClusters).toMatchObject([
    { id: 'c', description: 'mine', region: 'us-east-1' },
  ]);
  const nodepools = [{ id: 'n', maxInstances: 5 }];
  const patched = await client.call('PatchNodepools', { computeClusterId: 'c', nodepools });
  expect(patched.nodepools).toMatchObject([{ id: 'n', maxInstances: 5, computeCluster: { id: 'c' } }]);
  const deployments = [{ id: 'd', description: 'new' }];
  expect((await client.call('PatchDeployments', { deployments })).deployments).toMatchObject([
    { id: 'd', description: 'new', nodepools: [{ id: 'n' }] },
  ]);
});

it('deletes them, a cluster with its nodepools', async () => {
  const { client } = harness;
  await client.call('DeleteDeployments', { ids: ['d'] });
  expect((await client.call('GetDeployment', { deploymentId: 'd' })).status?.code).toBe(11101);
  await client.call('DeleteComputeClusters', { ids: ['c'] });
  expect((await client.call('GetNodepool', { computeClusterId: 'c', nodepoolId: 'n' })).status?.code).toBe(11101);
  expect((await client.call('ListNodepools', {})).nodepools).toEqual([]);
});

it('knows no nodepool in another cluster, and none that is not there', async () => {
  const { client } = harness;
  expect((await client.call('GetNodepool', { computeClusterId: 'other', nodepoolId: 'n' })).status?.code).toBe(11101);
  const inOther = { computeClusterId: 'other', ids: ['n'] };
  expect((await client.call('DeleteNodepools', inOther)).status?.code).toBe(11101);
  expect((await client.call('DeleteNodepools', { computeClusterId: 'c', ids: ['n'] })).status?.code).toBe(10000);
  const unknown = { computeClusterId: 'unknown', nodepools: [{ id: 'x' }] };
  expect((await client.call('PostNodepools', unknown)).status?.code).toBe(11101);
  const deployments = [{ id: 'e', nodepools: [{ id: 'unknown' }] }];
  expect((await client.call('PostDeployments', { deployments })).status?.code).toBe(11101);
});

it('takes no id twice, and shows nobody else’s', async () => {
  const { client } = harness;
  expect((await client.call('PostComputeClusters', { computeClusters: [{ id: 'c' }] })).status?.code).toBe(40010);
  const clarifai = { userAppId: { userId: 'clarifai' } };
  expect((await client.call('ListComputeClusters', clarifai)).status?.code).toBe(11007);
});
