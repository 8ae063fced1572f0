// Writes an archive of a dataset: `node write-archive.mjs FILE BYTES`. A process of its own, whose memory is nobody else's.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';

const require = createRequire(import.meta.url);
const { resources_pb2 } = require('clarifai-grpc/python');
const { ZipFile } = require('yazl');

const [file = '', bytes = '0'] = process.argv.slice(2);
const batchSize = 128;
const pictureBytes = 100 * 1024;

const box = { top_row: 0.1, left_col: 0.2, bottom_row: 0.5, right_col: 0.6 };
const regions = ['a', 'b', 'c', 'd', 'e'].map(
  (id) =>
    new resources_pb2.Region({
      region_info: new resources_pb2.RegionInfo({ bounding_box: new resources_pb2.BoundingBox(box) }),
      data: new resources_pb2.Data({ concepts: [new resources_pb2.Concept({ id, value: 1 })] }),
    }),
);
const image = new resources_pb2.Image({ base64: Buffer.alloc(pictureBytes, 7) });
const data = new resources_pb2.Data({ image, regions });

/** @param {number} batch */
function batchBytes(batch) {
  const inputs = Array.from(
    { length: batchSize },
    (_, at) => new resources_pb2.Input({ id: `input-${batch * batchSize + at}`, data }),
  );
  return Buffer.from(new resources_pb2.InputBatch({ inputs }).SerializeToString());
}

const zip = new ZipFile();
zip.addBuffer(Buffer.from('application/x.clarifai-data+protobuf'), 'mimetype');
const batches = Math.ceil(Number(bytes) / (batchSize * pictureBytes));
for (let batch = 0; batch < batches; batch++) {
  zip.addReadStreamLazy(`train/inputs_${batch}_n${batchSize}`, { compress: false }, (open) =>
    open(null, Readable.from([batchBytes(batch)], { objectMode: false })),
  );
}
zip.end();
await once(zip.outputStream.pipe(createWriteStream(file)), 'close');
