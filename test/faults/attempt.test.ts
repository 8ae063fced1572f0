import { methods } from '../../generated/methods';
import { toAttempt } from '../../src/rpc/attempt';
import { resolveStubOptions } from '../../src/options/resolve-stub-options';
import { Transport } from '../../src/rpc/transport';
import { startPeer } from './http2-server';

describe('an attempt of the operations', () => {
  it('is one call of the RPC', async () => {
    await using peer = await startPeer((call) => {
      call.send(methods.GetModel.response().encode({ model: { id: 'm' } }));
      call.end();
    });
    const transport = new Transport(resolveStubOptions({ base: peer.base, pat: 'my-pat' }));
    const answer = await toAttempt(transport)('GetModel', { modelId: 'm' }, { metadata: { 'x-mine': '1' } });
    expect(answer.model?.id).toBe('m');
    expect(peer.calls.map(({ path, headers }) => [path, headers['x-mine']])).toEqual([
      ['/clarifai.api.V2/GetModel', '1'],
    ]);
    await transport.close('drain');
  });

  it('fails as the RPC does, and is not tried again', async () => {
    await using peer = await startPeer((call) => call.end(14, 'gone'));
    const transport = new Transport(resolveStubOptions({ base: peer.base, pat: 'my-pat' }));
    await expect(toAttempt(transport)('GetModel', {}, {})).rejects.toMatchObject({
      name: 'UnavailableError',
      method: 'GetModel',
    });
    expect(peer.calls).toHaveLength(1);
    await transport.close('drain');
  });
});
