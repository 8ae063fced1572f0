// The figures that this client is to reach: `ours` over `floor`, or `peer` over `ours`.

const unaryRow = 'CPU of the client, PostModelOutputs of a URL, 20 concepts';
const startupRow = 'CPU from the first require to the first call sent';
const rssRow = 'resident memory added when the first call is sent';
const heapRow = 'heap a call in flight, PostModelOutputs of a URL';
const stock = 'stock ts-proto 2';

// Shares of a CPU profile of 18,000 calls (`npm run bench -- unary --profile`).
const callShare =
  'of a call about a third is garbage collection, another third node:http2, a seventh grpc-js and an eighth the codec';
const ownCode =
  "what Node does for the first call beside grpc-js: a third of it is reading and compiling four files of this package, the rest is their first run. V8's compile cache for the whole program (`NODE_COMPILE_CACHE`, or `module.enableCompileCache()`, on Node 22 and later) takes most of the former away. Of what `Clarifai` reads beside the stub, about half of one file is for after the first call: in a file of its own it would be one more to read for programs that import the package as an ES module";

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
    ...over('unary', unaryRow, 'V2Stub', 'grpc-js, raw buffers', 1.15, callShare),
  },
  {
    what: 'the same through `Clarifai` (retry, deadline, diagnostics, plain data)',
    ...over(
      'unary',
      unaryRow,
      'Clarifai',
      'grpc-js, raw buffers',
      1.3,
      `${callShare}; turning the answer into plain data is 3 %, and the layers above the stub are 8 % together`,
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
      'the images are copied into the request, into memory that the system has to hand over first; grpc-js copies the request once more when it frames it, which the floor pays too, with a request that is the same each time. One buffer for all requests would save the new memory, but serves one request at a time; to save the copy itself, an object would have to stand in the place of a Buffer, which hangs on what grpc-js does inside',
    ),
  },
  {
    what: 'CPU to the first call sent, `Clarifai`, over grpc-js alone',
    ...over('startup', startupRow, 'Clarifai', '@grpc/grpc-js alone', 1.3, ownCode),
  },
  {
    what: 'CPU to the first call sent, `V2Stub`, over grpc-js alone',
    ...over('startup', startupRow, 'V2Stub', '@grpc/grpc-js alone', 1.3, ownCode),
  },
  {
    what: 'resident memory at that point, `Clarifai`, over grpc-js alone',
    ...over('memory', rssRow, 'Clarifai', '@grpc/grpc-js alone', 1.35, ownCode),
  },
  {
    what: 'resident memory at that point, `V2Stub`, over grpc-js alone',
    ...over('memory', rssRow, 'V2Stub', '@grpc/grpc-js alone', 1.35, ownCode),
  },
  {
    what: 'heap a call in flight, `V2Stub`, over grpc-js with raw buffers',
    ...over(
      'memory',
      heapRow,
      'V2Stub',
      'grpc-js, raw buffers',
      1.2,
      'what a call holds until its answer comes: its options, its request and the functions that wait for it',
    ),
  },
  {
    what: 'heap a call in flight, `Clarifai`, over grpc-js with raw buffers',
    ...over(
      'memory',
      heapRow,
      'Clarifai',
      'grpc-js, raw buffers',
      1.2,
      'what a call holds until its answer comes: its options, its request, four functions that wait for one another',
    ),
  },
];

function over(profile, row, ours, floor, atMost, inTheWay) {
  return { profile, row, numerator: ours, denominator: floor, atMost, inTheWay };
}

function beats(row, inTheWay) {
  return { profile: 'codec', row, numerator: stock, denominator: 'ours', atLeast: 1.5, inTheWay };
}
