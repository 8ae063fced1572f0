// Encoding and decoding against the same protos in other hands. `ours` encodes the caller's plain object; the stock encoder
// needs a filled-in copy first, and the official classes an object built setter by setter, which is left out of their time.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compiledRoot } from '../../scripts/paths.mjs';
import { stockTsProto } from '../peers/ts-proto.mjs';
import * as fixtures from './codec-fixtures.mjs';

const require = createRequire(import.meta.url);

export function prepare() {
  stockTsProto();
}

const encode = (type, message) => {
  const { ours, stock, official } = codecs(type);
  const bytes = ours.encode(message);
  const built = official.deserializeBinary(bytes);
  return {
    ours: () => ours.encode(message),
    'stock ts-proto 2': () => stock.encode(stock.fromPartial(message)).finish(),
    'official static': () => built.serializeBinary(),
  };
};

const decode = (type, message) => {
  const { ours, stock, official } = codecs(type);
  const bytes = ours.encode(message);
  return {
    ours: () => ours.decode(bytes),
    'stock ts-proto 2': () => stock.decode(bytes),
    'official static': () => official.deserializeBinary(bytes).toObject(),
  };
};

const rows = {
  'encode 16 images of 1 MiB': () => {
    const message = fixtures.imageUpload();
    const images = message.inputs.map((input) => input.data.image.base64);
    return { ...encode('PostInputsRequest', message), 'memcpy of the images': () => copy(images) };
  },
  'encode 128 URL inputs': () => encode('PostInputsRequest', fixtures.urlUpload()),
  'encode 128 inputs with metadata': () => encode('PostInputsRequest', fixtures.metadataUpload()),
  'size of 128 URL inputs': () => {
    const { ours } = codecs('PostInputsRequest');
    const message = fixtures.urlUpload();
    return { ours: () => ours.size(message), 'ours, encoded': () => ours.encode(message) };
  },
  'splice 128 encoded URL inputs': () => {
    const { ours } = codecs('PostInputsRequest');
    const { ours: input } = codecs('Input');
    const message = fixtures.urlUpload();
    const spliced = { ...message, inputs: message.inputs.map((value) => input.encodeOnce(value)) };
    return { ours: () => ours.encode(spliced), 'ours, encoded again': () => ours.encode(message) };
  },
  'decode 128 answers of 20 concepts': () => decode('MultiOutputResponse', fixtures.conceptAnswer()),
  'decode 32 embeddings of 1024': () => decode('MultiOutputResponse', fixtures.embeddingAnswer()),
  'decode 128 inputs with metadata': () => decode('PostInputsRequest', fixtures.metadataUpload()),
  'decode a page of 100 inputs': () => decode('MultiInputResponse', fixtures.inputPage()),
  'decode one answer of 20 concepts': () => decode('MultiOutputResponse', fixtures.conceptAnswer(1)),
};

export const rowNames = Object.keys(rows);

export function row(name) {
  return rows[name]();
}

function copy(images) {
  const target = Buffer.allocUnsafe(images.reduce((sum, image) => sum + image.length, 0));
  let position = 0;
  for (const image of images) {
    target.set(image, position);
    position += image.length;
  }
  return target;
}

function codecs(type) {
  const own = ['core', 'resources', 'service'].map((name) => require(join(compiledRoot, `generated/codec/${name}.js`)));
  const stock = ['service', 'resources'].map((name) => require(join(stockTsProto(), `${name}.js`)));
  const official = ['service', 'resources'].map((name) =>
    require(`clarifai-nodejs-grpc/proto/clarifai/api/${name}_pb`),
  );
  const find = (modules) => modules.find((module) => module[type] !== undefined)[type];
  return { ours: find(own), stock: find(stock), official: find(official) };
}
