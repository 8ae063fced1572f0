import { execFileSync } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import { methods } from '../../generated/methods';
import type { MethodName } from '../../generated/methods';
import { reflection } from '../../generated/reflection';
import { V2Stub } from '../../src/rpc/v2-stub';
import { startPeer } from './http2-server';
import type { Peer, PeerCall } from './http2-server';

const ok = methods.GetInput.response().encode({ status: { code: 10000 } });

const answerOk = (call: PeerCall): void => {
  call.respond({ 'x-from-header': 'h' });
  call.send(ok);
  call.end(0, '', { 'x-from-trailer': 't' });
};

const stubFor = (peer: Peer): V2Stub => new V2Stub({ base: peer.base, pat: 'my-pat' });

describe('the RPCs of the stub', () => {
  const described = Object.entries(reflection().methods);

  it('are those of the descriptor: 289, eight of them streaming', () => {
    expect(described).toHaveLength(289);
    expect(described.filter(([, [kind]]) => kind !== 'unary').map(([name, [kind]]) => `${name}: ${kind}`)).toEqual([
      'StreamTrackAnnotationsSearches: serverStreaming',
      'GenerateModelOutputs: serverStreaming',
      'StreamModelOutputs: bidi',
      'PostModelVersionsUpload: bidi',
      'ProcessRunnerItems: bidi',
      'StreamLogEntries: serverStreaming',
      'PostPipelineStepVersionsUpload: bidi',
      'PostArtifactVersionsUpload: bidi',
    ]);
    expect(Object.entries(methods).map(([name, { kind }]) => [name, kind])).toEqual(
      described.map(([name, [kind]]) => [name, kind]),
    );
  });

  it('reach the server one by one, each under its own path and in its own shape', async () => {
    await using peer = await startPeer((call) => {
      call.send(new Uint8Array(0));
      call.end();
    });
    await using stub = stubFor(peer);
    for (const [name, { kind }] of Object.entries(methods)) {
      const method = Reflect.get(stub, name) as (request: unknown) => unknown;
      const answer = method.call(stub, kind === 'bidi' ? [{}] : {});
      const row = methods[name as MethodName];
      if (kind === 'unary') expect(await answer).toEqual(row.response().decode(new Uint8Array(0)));
      else expect(await collect(answer as AsyncIterable<unknown>)).toHaveLength(1);
    }
    expect(peer.calls.map(({ path }) => path)).toEqual(described.map(([name]) => `/clarifai.api.V2/${name}`));
  });
});

async function collect<Item>(stream: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of stream) collected.push(item);
  return collected;
}

describe('a stub', () => {
  it('sends the credential, the prefix of request ids, its user agent and the metadata of the call', async () => {
    await using peer = await startPeer(answerOk);
    await using stub = stubFor(peer);
    await stub.GetInput({ inputId: 'i' }, { metadata: [['x-mine', '1']] });
    expect(peer.calls[0]?.headers).toMatchObject({
      authorization: 'Key my-pat',
      'x-clarifai-request-id-prefix': expect.stringMatching(/^sdk-nodejs-grpc-\d/) as string,
      'user-agent': expect.stringMatching(/^clarifai-grpc\/\d.* grpc-node-js\//) as string,
      'x-mine': '1',
    });
  });

  it('sends the credential of the call instead of its own', async () => {
    await using peer = await startPeer(answerOk);
    await using stub = stubFor(peer);
    await stub.GetInput({ inputId: 'i' }, { metadata: { authorization: 'Key other' } });
    expect(peer.calls[0]?.headers.authorization).toBe('Key other');
  });

  it('hands out initial and trailing metadata, each once', async () => {
    await using peer = await startPeer(answerOk);
    await using stub = stubFor(peer);
    const seen: unknown[] = [];
    const options = { onHeader: (got: unknown) => seen.push(got), onTrailer: (got: unknown) => seen.push(got) };
    await stub.GetInput({ inputId: 'i' }, options);
    await collect(stub.GenerateModelOutputs({}, options));
    const header = expect.objectContaining({ 'x-from-header': 'h' }) as unknown;
    const trailer = { 'x-from-trailer': 't' };
    expect(seen).toEqual([header, trailer, header, trailer]);
  });

  it('does not throw about the status in the answer', async () => {
    await using peer = await startPeer((call) => {
      call.send(methods.GetInput.response().encode({ status: { code: 11101 } }));
      call.end();
    });
    await using stub = stubFor(peer);
    expect(await stub.GetInput({ inputId: 'i' })).toMatchObject({ status: { code: 11101 } });
  });

  it('names RPC and field of a wrong request before anything is sent', async () => {
    await using peer = await startPeer(answerOk);
    await using stub = stubFor(peer);
    const request = { inputs: [{ data: { image: { url: 5 } } }] } as never;
    const wrong = { name: 'InvalidRequestError', code: 'INVALID_ARGUMENT', method: 'PostInputs' };
    const message = 'PostInputs: Expected `inputs[0].data.image.url` to be a string, got `5` (number)';
    await expect(stub.PostInputs(request)).rejects.toMatchObject({ ...wrong, message });
    expect(peer.calls).toHaveLength(0);
  });

  it.each<[string, object, string]>([
    ['an unknown option', { timeout: 5 }, 'Unknown name `timeout` in `options`: did you mean `timeoutMs`?'],
    [
      'a timeout that is no number',
      { timeoutMs: NaN },
      'Expected `timeoutMs` to be milliseconds from 0 to 2147483647, got `NaN` (number)',
    ],
    ['a signal that is none', { signal: {} }, 'Expected `signal` to be an AbortSignal, got `Object` (object)'],
    ['a callback that is none', { onHeader: 1 }, 'Expected `onHeader` to be a function, got `1` (number)'],
  ])('refuses %s before anything is sent', async (_what, options, message) => {
    await using peer = await startPeer(answerOk);
    await using stub = stubFor(peer);
    await expect(stub.GetInput({}, options)).rejects.toMatchObject({ name: 'InvalidRequestError', message });
    await expect(collect(stub.GenerateModelOutputs({}, options))).rejects.toMatchObject({ message });
    expect(peer.calls).toHaveLength(0);
  });

  it('refuses calls once it is closed', async () => {
    await using peer = await startPeer(answerOk);
    const stub = stubFor(peer);
    await stub.close();
    await stub.close();
    const closed = { name: 'InvalidRequestError', code: 'CLIENT_CLOSED' };
    await expect(stub.GetInput({})).rejects.toMatchObject(closed);
    await expect(collect(stub.GenerateModelOutputs({}))).rejects.toMatchObject(closed);
    await expect(collect(stub.StreamModelOutputs([{}]))).rejects.toMatchObject(closed);
  });

  it('closes once the calls in flight have ended well', async () => {
    await using peer = await startPeer(() => undefined);
    const stub = stubFor(peer);
    const call = stub.GetInput({});
    const held = await peer.called;
    let closed = false;
    const closing = stub.close().then(() => (closed = true));
    await new Promise(setImmediate);
    expect(closed).toBe(false);
    answerOk(held);
    expect(await call).toMatchObject({ status: { code: 10000 } });
    await closing;
  });

  it('refuses to send a credential in plaintext to another machine, unless that is allowed', () => {
    const base = 'http://clarifai.example';
    expect(() => new V2Stub({ base, pat: 'my-pat' })).toThrow(expect.objectContaining({ code: 'INSECURE_CREDENTIAL' }));
    expect(() => new V2Stub({ base, pat: 'my-pat', allowInsecure: true })).not.toThrow();
  });

  it('does not show its credential', () => {
    const stub = new V2Stub({ base: 'localhost:1', pat: 'my-pat' });
    expect(inspect(stub, { depth: Infinity, showHidden: true })).not.toContain('my-pat');
    expect(JSON.stringify(stub)).not.toContain('my-pat');
  });

  it('takes its credential out of what the service says', async () => {
    await using peer = await startPeer((call) => call.end(16, 'no such key: my-pat'));
    await using stub = stubFor(peer);
    const error: unknown = await stub.GetInput({}).catch((thrown: unknown) => thrown);
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('my-pat');
  });

  it('keeps the caller in the stack of an error', async () => {
    await using peer = await startPeer((call) => call.end(14, 'gone'));
    await using stub = stubFor(peer);
    const callsIt = async (): Promise<unknown> => {
      const answer = await stub.GetInput({});
      return answer;
    };
    const error = await callsIt().catch((thrown: unknown) => thrown as Error);
    expect((error as Error).stack).toContain('callsIt');
  });
});

describe('the attempts that a stub publishes', () => {
  const start = 'clarifai-grpc:attempt:start';
  const end = 'clarifai-grpc:attempt:end';

  it('carry what subscribers add, say how they ended, and hold no credential', async () => {
    await using peer = await startPeer((call) => {
      if (call.path.endsWith('GetInput')) answerOk(call);
      else call.end(14, 'gone');
    });
    await using stub = stubFor(peer);
    const published: unknown[] = [];
    const onStart = (message: unknown): void => {
      expect(inspect(message)).not.toContain('my-pat');
      (message as { metadata: Record<string, string> }).metadata['traceparent'] = '00-1-2-01';
    };
    const onEnd = (message: unknown): void => void published.push(message);
    subscribe(start, onStart);
    subscribe(end, onEnd);
    try {
      await stub.GetInput({});
      await stub.GetModel({}).catch(() => undefined);
      for await (const _ of stub.GenerateModelOutputs({})) break;
    } catch {
      // The stream fails as the unary call does.
    } finally {
      unsubscribe(start, onStart);
      unsubscribe(end, onEnd);
    }
    expect(peer.calls.map(({ headers }) => headers['traceparent'])).toEqual(Array(3).fill('00-1-2-01'));
    expect(published).toMatchObject([
      { method: 'GetInput', ending: 'ok', durationMs: expect.any(Number) as number },
      { method: 'GetModel', ending: 'failed', error: { name: 'UnavailableError' } },
      { method: 'GenerateModelOutputs', ending: 'failed', error: { name: 'UnavailableError' } },
    ]);
  });
});

describe('loading', () => {
  it('the package and making a stub loads no codec; the first use of an RPC does', () => {
    const script = `
      const { V2Stub } = require('./dist/rpc.js');
      const codecs = () => Object.keys(require.cache).filter((file) => /dist.codecs/.test(file)).length;
      const stub = new V2Stub({ base: 'localhost:1', pat: 'p' });
      const before = codecs();
      stub.GetInput({ inputId: 5 }).catch(() => console.log(JSON.stringify([before, codecs() > 0])));
    `;
    expect(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }).trim()).toBe('[0,true]');
  });
});
