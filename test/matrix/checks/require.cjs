// Every subpath loads by require.
const assert = require('node:assert/strict');

assert.equal(typeof require('clarifai-grpc').Clarifai, 'function');
assert.equal(typeof require('clarifai-grpc/rpc').V2Stub, 'function');
assert.equal(typeof require('clarifai-grpc/emulator').startEmulator, 'function');
assert.equal(typeof require('clarifai-grpc/python').service_pb2_grpc.V2Stub, 'function');
assert.equal(typeof require('clarifai-grpc/otel').instrument, 'function');
