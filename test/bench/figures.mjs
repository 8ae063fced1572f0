// The figures that this client is to reach: `ours` over `floor`, or `peer` over `ours`.
import { runProfile } from './profiles.mjs';

const unaryRow = 'CPU of the client, PostModelOutputs of a URL, 20 concepts';
const startupRow = 'CPU from the first require to the first call sent';
const rssRow = 'resident memory added when the first call is sent';
const heapRow = 'heap a call in flight, PostModelOutputs of a URL';
const stock = 'stock ts-proto 2';

const codecShare =
  'encoding, decoding and the promise of the answer, which raw buffers do without; ts-proto on grpc-js pays more';
const manyFiles =
  'a hundred small files, each of which Node finds, reads and compiles; one bundled file would save about a third of what is left';

/**
 * @typedef {object} Figure
 * @property {string} what
 * @property {string} profile
 * @property {string} row
 * @property {string} numerator
 * @property {string} denominator
 * @property {number} [atMost]
 * @property {number} [atLeast]
 * @property {string} inTheWay what there is to say when it is not reached
 */

/** @type {readonly Figure[]} */
export const figures = [
  {
    what: 'CPU of a unary call, `V2Stub`, over grpc-js with raw buffers, the same metadata, a deadline and one interceptor',
    ...over('unary', unaryRow, 'V2Stub', 'grpc-js, raw buffers', 1.15, codecShare),
  },
  {
    what: 'the same through `Clarifai` (retry, deadline, diagnostics, plain data)',
    ...over(
      'unary',
      unaryRow,
      'Clarifai',
      'grpc-js, raw buffers',
      1.3,
      'the way of a stream of inputs, which a single input takes too: preparing, chunking and the pool of requests make objects and promises for each',
    ),
  },
  {
    what: 'encode 16 images of 1 MiB, over memcpy',
    ...over(
      'codec',
      'encode 16 images of 1 MiB',
      'ours',
      'memcpy of the images',
      1.3,
      'the figure is at the edge on a busy machine: memcpy and the encoder both wait for fresh memory',
    ),
  },
  {
    what: 'encode 128 URL inputs, stock ts-proto 2 over this',
    ...beats('encode 128 URL inputs', 'each field is looked up by its name, so that one that does not exist is told'),
  },
  {
    what: 'decode 128 answers of 20 concepts, stock ts-proto 2 over this',
    ...beats('decode 128 answers of 20 concepts', 'reading strings, the larger part, costs both the same'),
  },
  {
    what: 'decode 32 embeddings of 1024, stock ts-proto 2 over this',
    ...beats('decode 32 embeddings of 1024', 'filling arrays of numbers costs both the same'),
  },
  {
    what: 'CPU of uploading 16 MiB, `V2Stub`, over grpc-js with raw buffers',
    ...over(
      'upload',
      'CPU of the client, PostInputs of 16 MiB',
      'V2Stub',
      'grpc-js, raw buffers',
      1.2,
      'the images are copied into the request once, and grpc-js copies the request once more when it frames it',
    ),
  },
  {
    what: 'CPU to the first call sent, `Clarifai`, over grpc-js alone',
    ...over('startup', startupRow, 'Clarifai', '@grpc/grpc-js alone', 1.3, manyFiles),
  },
  {
    what: 'CPU to the first call sent, `V2Stub`, over grpc-js alone',
    ...over('startup', startupRow, 'V2Stub', '@grpc/grpc-js alone', 1.3, manyFiles),
  },
  {
    what: 'resident memory at that point, `Clarifai`, over grpc-js alone',
    ...over('memory', rssRow, 'Clarifai', '@grpc/grpc-js alone', 1.35, 'the source text and code of those files'),
  },
  {
    what: 'resident memory at that point, `V2Stub`, over grpc-js alone',
    ...over('memory', rssRow, 'V2Stub', '@grpc/grpc-js alone', 1.35, 'the source text and code of those files'),
  },
  {
    what: 'heap a call in flight, `V2Stub`, over grpc-js with raw buffers',
    ...over('memory', heapRow, 'V2Stub', 'grpc-js, raw buffers', 1.2, 'the promises and options of a call'),
  },
  {
    what: 'heap a call in flight, `Clarifai`, over grpc-js with raw buffers',
    ...over('memory', heapRow, 'Clarifai', 'grpc-js, raw buffers', 1.2, 'the pool of requests behind every prediction'),
  },
];

function over(profile, row, ours, floor, atMost, inTheWay) {
  return { profile, row, numerator: ours, denominator: floor, atMost, inTheWay };
}

function beats(row, inTheWay) {
  return { profile: 'codec', row, numerator: stock, denominator: 'ours', atLeast: 1.5, inTheWay };
}

/** Runs the rows of the figures, in at least seven processes each; returns the rows by profile. */
export async function runFigures() {
  const results = new Map();
  for (const profile of new Set(figures.map((figure) => figure.profile))) {
    console.error(`bench: ${profile} ...`);
    const rows = [...new Set(figures.filter((figure) => figure.profile === profile).map(({ row }) => row))];
    results.set(profile, await runProfile(profile, rows, { processes: 7 }));
  }
  return results;
}

/** @returns the ratio of medians, with the lowest and highest of the processes */
export function ratioOf({ profile, row, numerator, denominator }, results) {
  const { candidates } = results.get(profile).find((result) => result.row === row);
  const find = (name) => candidates.find(({ candidate }) => candidate === name).values;
  const floor = find(denominator);
  const ratios = find(numerator)
    .map((value, index) => value / floor[index])
    .sort((a, b) => a - b);
  return { ratio: ratios[ratios.length >> 1], lowest: ratios[0], highest: ratios[ratios.length - 1] };
}
