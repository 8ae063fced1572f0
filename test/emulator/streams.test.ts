import { Client, Metadata, credentials } from '@grpc/grpc-js';
import { once } from 'node:events';
import { connect } from 'node:net';
import { methods } from '../../generated/methods';
import { startHarness } from './harness';

const toBuffer = (bytes: Buffer) => bytes;

function metadataOf(pat: string): Metadata {
  const metadata = new Metadata();
  metadata.set('authorization', `Key ${pat}`);
  return metadata;
}

it.each(['GenerateModelOutputs', 'StreamModelOutputs'] as const)(
  'stops the model when the client cancels %s, and lets it clean up',
  async (name) => {
    await using harness = await startHarness();
    const { emulator, userAppId } = harness;
    let told: () => void = () => undefined;
    const stopped = new Promise<void>((resolve) => (told = resolve));
    let clean: () => void = () => undefined;
    const cleaned = new Promise<void>((resolve) => (clean = resolve));
    emulator.model({
      id: 'endless',
      async *predict(_input, { signal }) {
        signal.addEventListener('abort', () => told());
        try {
          for (;;) {
            yield { text: { raw: 'more ' } };
            await new Promise((resolve) => setImmediate(resolve));
          }
        } finally {
          clean();
        }
      },
    });
    const request = Buffer.from(
      methods[name].request().encode({ userAppId, modelId: 'endless', inputs: [{ data: { text: { raw: 'go' } } }] }),
    );
    const client = new Client(`127.0.0.1:${emulator.port}`, credentials.createInsecure());
    const { path } = methods[name];
    const metadata = metadataOf(emulator.pat);
    const open = {
      GenerateModelOutputs: () => client.makeServerStreamRequest(path, toBuffer, toBuffer, request, metadata),
      StreamModelOutputs() {
        const call = client.makeBidiStreamRequest(path, toBuffer, toBuffer, metadata);
        call.write(request);
        return call;
      },
    };
    const call = open[name]();
    call.on('error', () => undefined);
    await once(call, 'data');
    call.cancel();
    await stopped;
    await cleaned;
    client.close();
  },
);

it('does not run ahead of a client that does not read', async () => {
  await using harness = await startHarness();
  const { emulator, userAppId } = harness;
  let yielded = 0;
  emulator.model({
    id: 'endless',
    async *predict() {
      for (;;) {
        yield await Promise.resolve({ bytesValue: new Uint8Array(10_000) });
        yielded++;
      }
    },
  });
  const row = methods.GenerateModelOutputs;
  const request = Buffer.from(
    row.request().encode({ userAppId, modelId: 'endless', inputs: [{ data: { text: { raw: 'go' } } }] }),
  );
  const client = new Client(`127.0.0.1:${emulator.port}`, credentials.createInsecure());
  const call = client.makeServerStreamRequest(row.path, toBuffer, toBuffer, request, metadataOf(emulator.pat));
  call.on('error', () => undefined);
  // A client of grpc-js that has never read buffers without end: this one reads, and then stops.
  await once(call, 'data');
  call.pause();
  let before = -1;
  while (before !== yielded || yielded === 0) {
    before = yielded;
    // Enough calls for the emulator to have gone on, if it were to.
    for (let n = 0; n < 20; n++) await harness.client.call('GetApp', { userAppId });
  }
  expect(yielded).toBeLessThan(200);
  call.cancel();
  client.close();
});

it('survives frames that break HTTP/2, and goes on serving others', async () => {
  await using harness = await startHarness();
  const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  const settings = Buffer.from('000000040000000000', 'hex');
  const garbage = [
    Buffer.from('ffffff0000000000010102030405', 'hex'), // DATA of 16 MB on a stream that was never opened
    Buffer.from('00000401250000000182828282', 'hex'), // HEADERS that say nothing of a call
    Buffer.alloc(64, 0xa5),
  ];
  for (const frames of garbage) {
    const socket = connect(harness.emulator.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(Buffer.concat([preface, settings, frames]));
    await once(socket, 'data');
    expect((await harness.client.call('GetUser', {})).status?.code).toBe(10000);
    socket.destroy();
  }
});
