// Every subpath loads by import, with its names.
import assert from 'node:assert/strict';
import { Clarifai, ClarifaiError, fromFolder } from 'clarifai-grpc';
import { startEmulator } from 'clarifai-grpc/emulator';
import { instrument } from 'clarifai-grpc/otel';
import { service_pb2_grpc } from 'clarifai-grpc/python';
import { ClarifaiError as SameError, V2Stub } from 'clarifai-grpc/rpc';

for (const made of [Clarifai, fromFolder, startEmulator, instrument, service_pb2_grpc.V2Stub, V2Stub]) {
  assert.equal(typeof made, 'function');
}
assert.equal(ClarifaiError, SameError);
