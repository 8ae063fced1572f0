// One process of a crash run: ingests a source that is the same whenever it is read, and tells what is reported on its standard
// output, without any buffer in between.
import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';

const { Clarifai } = createRequire(import.meta.url)('clarifai-grpc');
const { ids, hasCursor, count, clientOptions, resume } = JSON.parse(process.argv[2]);

/** Every tenth item has the content of one before it, and its id where the caller gives ids. */
function* leases(from) {
  for (let index = from; index < count; index++) {
    const content = index % 10 === 9 ? index - 5 : index;
    const input = { text: `text ${content}`, metadata: { content } };
    yield { input: ids === 'caller' ? { id: `item-${content}`, ...input } : input, cursor: String(index) };
  }
}

function* inputs() {
  for (const { input } of leases(0)) yield input;
}

const source = hasCursor ? { read: ({ after }) => leases(after === undefined ? 0 : Number(after) + 1) } : inputs();
const clarifai = new Clarifai(clientOptions);
const run = clarifai.ingest(source, {
  resume,
  ids: ids === 'random' ? 'random' : 'content',
  requestsPerSecond: null,
  budgetItems: 600,
  lingerMs: 5,
  retry: { baseDelayMs: 1, throttledDelayMs: 1 },
});
writeSync(1, 'begin\n');
for await (const { id, kind, resumed } of run) writeSync(1, `${kind} ${id} ${resumed === true}\n`);
writeSync(1, `end ${JSON.stringify(await run.done)}\n`);
await clarifai.close();
