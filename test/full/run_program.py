"""Runs a Python program as if `clarifai_grpc` were installed: run_program.py GENERATED PROGRAM, where GENERATED holds what protoc
makes of the protos. The channel leads to CLARIFAI_API_BASE, without TLS."""
import os
import runpy
import sys
import types

# Python's own implementation prints the shortest float that has the same 32 bits; the C++ binding prints the double behind it.
os.environ['PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION'] = 'python'
generated, program = sys.argv[1:3]
sys.path.insert(0, generated)

import grpc
from proto.clarifai.api import resources_pb2, service_pb2, service_pb2_grpc
from proto.clarifai.api.status import status_code_pb2, status_pb2


class ClarifaiChannel:
    @staticmethod
    def get_grpc_channel(base=None, root_certificates_path=None):
        return grpc.insecure_channel((base or os.environ['CLARIFAI_API_BASE']).replace('http://', ''))

    get_insecure_grpc_channel = get_grpc_channel

    @staticmethod
    def get_aio_grpc_channel(base=None, root_certificates_path=None):
        return grpc.aio.insecure_channel((base or os.environ['CLARIFAI_API_BASE']).replace('http://', ''))


def module(path, **members):
    made = types.ModuleType(path)
    vars(made).update(members)
    sys.modules[path] = made
    parent, _, name = path.rpartition('.')
    if parent:
        setattr(sys.modules[parent], name, made)


module('clarifai_grpc')
module('clarifai_grpc.channel')
module('clarifai_grpc.channel.clarifai_channel', ClarifaiChannel=ClarifaiChannel)
module('clarifai_grpc.grpc')
module('clarifai_grpc.grpc.api')
module('clarifai_grpc.grpc.api.status')
for path, source in {
    'resources_pb2': resources_pb2,
    'service_pb2': service_pb2,
    'service_pb2_grpc': service_pb2_grpc,
    'status.status_pb2': status_pb2,
    'status.status_code_pb2': status_code_pb2,
}.items():
    module('clarifai_grpc.grpc.api.' + path, **vars(source))

sys.argv = [program]
runpy.run_path(program, run_name='__main__')
