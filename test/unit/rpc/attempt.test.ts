import { methods } from '../../../generated/methods';
import { toAttempt } from '../../../src/rpc/attempt';
import { V2Stub } from '../../../src/rpc/v2-stub';
import { startPeer } from '../../faults/http2-server';

describe('an attempt of the operations', () => {
  it('is one call of the stub', async () => {
    await using peer = await startPeer((call) => {
      call.send(methods.GetModel.response().encode({ model: { id: 'm' } }));
      call.end();
    });
    await using stub = new V2Stub({ base: peer.base, pat: 'my-pat' });
    const answer = await toAttempt(stub)('GetModel', { modelId: 'm' }, { metadata: { 'x-mine': '1' } });
    expect(answer.model?.id).toBe('m');
    expect(peer.calls.map(({ path, headers }) => [path, headers['x-mine']])).toEqual([
      ['/clarifai.api.V2/GetModel', '1'],
    ]);
  });

  it('fails as the stub does, and is not tried again', async () => {
    await using peer = await startPeer((call) => call.end(14, 'gone'));
    await using stub = new V2Stub({ base: peer.base, pat: 'my-pat' });
    await expect(toAttempt(stub)('GetModel', {}, {})).rejects.toMatchObject({
      name: 'UnavailableError',
      method: 'GetModel',
    });
    expect(peer.calls).toHaveLength(1);
  });
});
