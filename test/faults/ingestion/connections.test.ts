import { Clarifai } from '../../../src/client';
import type { InputLike } from '../../../src/inputs/input-like';
import { startInputService } from './input-service';
import { items, loaded, quick } from './load';

// A machine that is busy may take long over what is repeated many times.
jest.setTimeout(60_000);

function* images(count: number): Generator<InputLike> {
  for (let index = 0; index < count; index++) {
    const image = Buffer.alloc(300_000);
    image.writeUInt32BE(0xffd8ffe0);
    yield { id: `image-${index}`, image };
  }
}

describe('the connections of an ingestion', () => {
  it.each<[string, Iterable<InputLike>, number]>([
    ['are one for small requests, however many', items(2000), 1],
    ['are as many as `max` for requests of hundreds of kilobytes', images(24), 3],
  ])('%s', async (_, source, connections) => {
    // Answers come late enough for requests to meet.
    await using service = await startInputService((call) => void setTimeout(() => call.answer(), 20));
    const client = { base: service.base, pat: 'my-pat', userId: 'me', appId: 'mine', connections: { max: 3 } };
    await using clarifai = new Clarifai(client);
    await loaded(clarifai.ingest(source, { ...quick, chunkBytes: 300_000 }));
    expect(service.peer.sessions).toHaveLength(connections);
  });
});
