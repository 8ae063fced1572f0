// The clients that calls are compared by: each, made for a server and a workload, gives a function that makes one call. All
// send the same metadata and set a deadline; those on grpc-js pass one interceptor.
import { createRequire } from 'node:module';
import { connect } from 'node:http2';
import { join } from 'node:path';
import { protobufEsService, protobufjsStatic } from '../peers/generated.mjs';
import { requirePeer } from '../peers/install.mjs';
import { stockTsProto } from '../peers/ts-proto.mjs';
import { officialRequest } from './official-request.mjs';
import { encoded, pat } from './workloads.mjs';

const require = createRequire(import.meta.url);
const timeoutMs = 60_000;
const same = (bytes) => bytes;
/** The credential, and what the service begins its request ids with. */
const headers = { authorization: `Key ${pat}`, 'x-clarifai-request-id-prefix': 'clarifai-grpc-bench' };

export const callers = {
  'grpc-js, raw buffers': (port, workload) => {
    const { path, request } = encoded(workload);
    return overGrpcJs(port, path, () => request, same);
  },
  'raw node:http2': (port, workload) => {
    const { path, request } = encoded(workload);
    return overHttp2(connect(`http://127.0.0.1:${port}`), path, request);
  },
  V2Stub: (port, { method, request }) => {
    const { V2Stub } = require('clarifai-grpc/rpc');
    const stub = new V2Stub({ base: `http://127.0.0.1:${port}`, pat, connections: oneConnection });
    return () => stub[method](request, { timeoutMs });
  },
  Clarifai: (port, { ask }) => {
    const { Clarifai } = require('clarifai-grpc');
    const options = { base: `http://127.0.0.1:${port}`, pat, userId: 'user-1', appId: 'app-1' };
    const clarifai = new Clarifai({ ...options, connections: oneConnection });
    return () => ask(clarifai);
  },
  'ts-proto 2 on grpc-js': (port, { method, request }) => {
    const { Request, Response } = stockTypes(method);
    const encode = () => Buffer.from(Request.encode(Request.fromPartial(request)).finish());
    return overGrpcJs(port, `/clarifai.api.V2/${method}`, encode, (bytes) => Response.decode(bytes));
  },
  'protobufjs static on grpc-js': (port, { method, request }) => {
    const types = protobufjsStatic();
    const { Request, Response } = typesOf(types, method);
    const encode = () => Request.encode(request).finish();
    return overGrpcJs(port, `/clarifai.api.V2/${method}`, encode, (bytes) => Response.decode(bytes));
  },
  'clarifai-nodejs-grpc static': (port, workload) => {
    const { V2Client } = require('clarifai-nodejs-grpc/proto/clarifai/api/service_grpc_pb');
    const { grpc, metadata, options } = grpcJs();
    const client = new V2Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    const name = lowerFirst(workload.method);
    return () =>
      toPromise((done) => client[name](officialRequest(workload), metadata, options(), done)).then((answer) =>
        answer.toObject(),
      );
  },
  'clarifai-nodejs-grpc dynamic': (port, { method, snakeCase }) => {
    // The package's types lack what it exports.
    const { ClarifaiStub } = /** @type {any} */ (require('clarifai-nodejs-grpc'));
    const { grpc, metadata, options } = grpcJs();
    const { constructor: Stub } = ClarifaiStub.insecureGrpc();
    const stub = new Stub(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    return () => toPromise((done) => stub[method](snakeCase, metadata, options(), done));
  },
  'protobuf-es on connect-node': (port, { method, request }) => {
    const { createClient } = requirePeer('@connectrpc/connect');
    const { createGrpcTransport } = requirePeer('@connectrpc/connect-node');
    const transport = createGrpcTransport({
      baseUrl: `http://127.0.0.1:${port}`,
      // Four requests of 16 MiB do not fit the default.
      nodeOptions: { maxSessionMemory: 1024 },
    });
    const client = createClient(protobufEsService(), transport);
    return () => client[lowerFirst(method)](request, { timeoutMs, headers });
  },
  'ts-proto 2 on nice-grpc': (port, { method, request }) => {
    const { createChannel, createClient, Metadata } = requirePeer('nice-grpc');
    const { Request, Response } = stockTypes(method);
    const shape = { requestStream: false, responseStream: false, options: {} };
    const definition = {
      name: 'V2',
      fullName: 'clarifai.api.V2',
      methods: { [lowerFirst(method)]: { name: method, requestType: Request, responseType: Response, ...shape } },
    };
    const client = createClient(definition, createChannel(`http://127.0.0.1:${port}`));
    const metadata = Metadata(headers);
    return () => client[lowerFirst(method)](request, { metadata });
  },
};

const oneConnection = { max: 1, maxCalls: 100_000 };

function grpcJs() {
  const grpc = require('@grpc/grpc-js');
  const metadata = new grpc.Metadata();
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
  const interceptors = [(options, next) => new grpc.InterceptingCall(next(options))];
  return { grpc, metadata, options: () => ({ deadline: Date.now() + timeoutMs, interceptors }) };
}

function overGrpcJs(port, path, encode, decode) {
  const { grpc, metadata, options } = grpcJs();
  const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  return () => toPromise((done) => client.makeUnaryRequest(path, same, decode, encode(), metadata, options(), done));
}

function overHttp2(session, path, message) {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  const all = { ':method': 'POST', ':path': path, te: 'trailers', 'content-type': 'application/grpc', ...headers };
  return () =>
    new Promise((resolve, reject) => {
      const stream = session.request(all);
      const parts = [];
      stream.on('data', (part) => parts.push(part));
      stream.on('end', () => resolve(Buffer.concat(parts)));
      stream.on('error', reject);
      stream.write(head);
      stream.end(message);
    });
}

function toPromise(start) {
  return new Promise((resolve, reject) => {
    start((error, answer) => (error === null ? resolve(answer) : reject(error)));
  });
}

function stockTypes(method) {
  return typesOf(require(join(stockTsProto(), 'service.js')), method);
}

function typesOf(types, method) {
  const response = { PostModelOutputs: 'MultiOutputResponse', PostInputs: 'MultiInputResponse' }[method];
  return { Request: types[`${method}Request`], Response: types[response ?? ''] };
}

function lowerFirst(name) {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
