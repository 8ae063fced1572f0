"""Answers for each line `type base64` on stdin with a line of JSON: how Python prints the message, and its MessageToJson in two
manners, and the bytes of what ParseDict makes of its MessageToDict."""
import base64
import json
import os
import sys

# Its text format is the one that text_format describes, with the shortest float; C++ prints the double behind a float.
os.environ['PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION'] = 'python'

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

pool = descriptor_pool.DescriptorPool()
with open(sys.argv[1], 'rb') as file:
    for proto in descriptor_pb2.FileDescriptorSet.FromString(file.read()).file:
        pool.Add(proto)
factory = message_factory.MessageFactory(pool)


def answer(type_name, data):
    parsed = factory.GetPrototype(pool.FindMessageTypeByName(type_name))()
    parsed.ParseFromString(data)
    try:
        names = {'preserving_proto_field_name': True, 'including_default_value_fields': True}
        back = json_format.ParseDict(json_format.MessageToDict(parsed), type(parsed)())
        return {
            'text': str(parsed),
            'json': json_format.MessageToJson(parsed, sort_keys=True),
            'back': base64.b64encode(back.SerializeToString(deterministic=True)).decode(),
            'all': json_format.MessageToJson(parsed, sort_keys=True, indent=None, ensure_ascii=False, **names),
        }
    except Exception as error:
        return {'error': str(error)}


for line in sys.stdin:
    type_name, _, data = line.rstrip('\n').partition(' ')
    print(json.dumps(answer(type_name, base64.b64decode(data))), flush=True)
