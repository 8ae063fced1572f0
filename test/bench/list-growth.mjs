// By how many bytes a process grows that lists the inputs of an app: `node list-growth.mjs BASE PAT USER APP WAY`. Prints the most of
// its heap that was in use, and of its resident memory, beyond what it had before.
import { createRequire } from 'node:module';

const { Clarifai } = createRequire(import.meta.url)('clarifai-grpc');
const [, , base, pat, userId, appId, way] = process.argv;
const clarifai = new Clarifai({ base, pat, userId, appId });
const pageSize = 1000;

/** The ways of reading them, each of which says how many it has read. */
const ways = {
  async toArray(look) {
    const all = await clarifai.inputs.list({}, { pageSize }).toArray();
    look();
    return all.length;
  },
  async list(look) {
    let count = 0;
    for await (const _ of clarifai.inputs.list({}, { pageSize })) if (++count % (5 * pageSize) === 0) look();
    return count;
  },
  async scan(look) {
    let count = 0;
    for await (const _ of clarifai.inputs.scan({ pageSize })) if (++count % (5 * pageSize) === 0) look();
    return count;
  },
};

// What the first call loads is not the list's.
await clarifai.inputs.count();
globalThis.gc?.();
const before = process.memoryUsage();
let heapBytes = 0;
let rssBytes = 0;
const inputs = await ways[way](() => {
  rssBytes = Math.max(rssBytes, process.memoryUsage.rss() - before.rss);
  globalThis.gc?.();
  heapBytes = Math.max(heapBytes, process.memoryUsage().heapUsed - before.heapUsed);
});
console.log(JSON.stringify({ inputs, heapBytes, rssBytes }));
await clarifai.close();
