// Loads a client, makes one call with it, and prints what that took until the call was sent: CPU milliseconds and megabytes
// of resident memory. Run in a fresh process by start-up's profiles: [client] [port] [folders of generated code, as JSON].
import http2 from 'node:http2';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const [client = '', port = '', folders = '{}'] = process.argv.slice(2);
const address = `127.0.0.1:${port}`;
const path = '/clarifai.api.V2/PostModelOutputs';
const pat = 'pat-of-a-bench-0123456789abcdef';
const request = {
  modelId: 'm',
  inputs: [{ data: { image: { url: 'https://samples.clarifai.com/metro-north.jpg' } } }],
};
const { stock, generated, peers } = JSON.parse(folders);
const requirePeer = createRequire(join(peers, 'package.json'));

const callers = {
  '@grpc/grpc-js alone': () => callGrpcJs(Buffer.alloc(64), (bytes) => bytes),
  V2Stub: () => {
    const { V2Stub } = require('clarifai-grpc/rpc');
    return new V2Stub({ base: `http://${address}`, pat }).PostModelOutputs(request);
  },
  Clarifai: () => {
    const { Clarifai } = require('clarifai-grpc');
    const clarifai = new Clarifai({ base: `http://${address}`, pat, userId: 'u', appId: 'a' });
    return clarifai.postModelOutputs({ model: 'm', inputs: ['https://samples.clarifai.com/metro-north.jpg'] });
  },
  'ts-proto 2 on grpc-js': () => {
    const { MultiOutputResponse, PostModelOutputsRequest } = require(join(stock, 'service.js'));
    const message = PostModelOutputsRequest.encode(PostModelOutputsRequest.fromPartial(request)).finish();
    return callGrpcJs(Buffer.from(message), (bytes) => MultiOutputResponse.decode(bytes));
  },
  'protobufjs static on grpc-js': () => {
    const { MultiOutputResponse, PostModelOutputsRequest } = require(join(generated, 'protobufjs.js')).clarifai.api;
    const message = PostModelOutputsRequest.encode(request).finish();
    return callGrpcJs(message, (bytes) => MultiOutputResponse.decode(bytes));
  },
  'clarifai-nodejs-grpc static': () => {
    const { V2Client } = require('clarifai-nodejs-grpc/proto/clarifai/api/service_grpc_pb');
    const { PostModelOutputsRequest } = require('clarifai-nodejs-grpc/proto/clarifai/api/service_pb');
    const { credentials, metadata } = grpcJs();
    const message = new PostModelOutputsRequest().setModelId('m');
    new V2Client(address, credentials.createInsecure()).postModelOutputs(message, metadata, () => undefined);
  },
  'clarifai-nodejs-grpc dynamic': () => {
    // The package's types lack what it exports.
    const { ClarifaiStub } = /** @type {any} */ (require('clarifai-nodejs-grpc'));
    const { credentials, metadata } = grpcJs();
    const { constructor: Stub } = ClarifaiStub.insecureGrpc();
    new Stub(address, credentials.createInsecure()).PostModelOutputs({ model_id: 'm' }, metadata, () => undefined);
  },
  'protobuf-es on connect-node': () => {
    const { createClient } = requirePeer('@connectrpc/connect');
    const { createGrpcTransport } = requirePeer('@connectrpc/connect-node');
    const { V2 } = require(join(generated, 'es/proto/clarifai/api/service_pb.js'));
    const transport = createGrpcTransport({ baseUrl: `http://${address}` });
    return createClient(V2, transport).postModelOutputs(request, { headers: { authorization: `Key ${pat}` } });
  },
};

const rssBefore = process.memoryUsage.rss();
const cpuBefore = process.cpuUsage();
const { connect } = http2;
const connectAndWatch = (authority, options) => {
  const session = connect(authority, options);
  const send = session.request.bind(session);
  session.request = (headers, options) => {
    const stream = send(headers, options);
    report();
    return stream;
  };
  return session;
};
Object.assign(http2, { connect: connectAndWatch });
Promise.resolve(callers[client]()).catch(fail);

function report() {
  const { user, system } = process.cpuUsage(cpuBefore);
  const figures = { cpuMs: (user + system) / 1000, rssMb: (process.memoryUsage.rss() - rssBefore) / 1e6 };
  process.stdout.write(JSON.stringify(figures), () => process.exit());
}

function fail(error) {
  console.error(error);
  process.exit(1);
}

function callGrpcJs(message, decode) {
  const { Client, credentials, metadata } = grpcJs();
  const made = new Client(address, credentials.createInsecure());
  const options = { deadline: Date.now() + 60_000 };
  made.makeUnaryRequest(
    path,
    (bytes) => bytes,
    decode,
    message,
    metadata,
    options,
    () => undefined,
  );
}

function grpcJs() {
  const { Client, credentials, Metadata } = require('@grpc/grpc-js');
  const metadata = new Metadata();
  metadata.set('authorization', `Key ${pat}`);
  return { Client, credentials, metadata };
}
