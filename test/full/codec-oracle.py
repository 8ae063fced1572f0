"""Answers for each line `type base64` on stdin what the official C++ parser makes of the bytes: `reject`, or `accept base64`
with the message as it would serialize it, without unknown fields, in the form that our codec can express."""
import base64
import math
import sys
import warnings

from google.protobuf import descriptor_pb2, descriptor_pool, message, message_factory
from google.protobuf.internal import api_implementation

VALUE = 'google.protobuf.Value'

if api_implementation.Type() != 'cpp':
    sys.exit('The C++ implementation of protobuf is needed, got ' + api_implementation.Type())

pool = descriptor_pool.DescriptorPool()
with open(sys.argv[1], 'rb') as file:
    for proto in descriptor_pb2.FileDescriptorSet.FromString(file.read()).file:
        pool.Add(proto)
factory = message_factory.MessageFactory(pool)


def normalize(parsed):
    """NaN loses its payload in JavaScript, and our Values are JSON: finite numbers, and null for no kind."""
    parsed.DiscardUnknownFields()  # it leaves out the values of maps
    if parsed.DESCRIPTOR.full_name == VALUE:
        kind = parsed.WhichOneof('kind')
        if kind is None or kind == 'null_value':
            parsed.null_value = 0
    for field, value in parsed.ListFields():
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            for item in value.values():
                normalize(item)
        elif field.type == field.TYPE_MESSAGE:
            for item in value if field.label == field.LABEL_REPEATED else [value]:
                normalize(item)
        elif field.type in (field.TYPE_FLOAT, field.TYPE_DOUBLE):
            if field.label == field.LABEL_REPEATED:
                value[:] = [item if math.isfinite(item) else 0 for item in value]
            elif not math.isfinite(value):
                setattr(parsed, field.name, 0)


def answer(type_name, data):
    parsed = factory.GetPrototype(pool.FindMessageTypeByName(type_name))()
    # Where C++ itself rejects the end of a group that has not begun, Python's binding only warns.
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        try:
            parsed.ParseFromString(data)
        except message.DecodeError:
            return 'reject'
    if caught:
        return 'reject'
    normalize(parsed)
    return 'accept ' + base64.b64encode(parsed.SerializeToString(deterministic=True)).decode()


for line in sys.stdin:
    type_name, _, data = line.rstrip('\n').partition(' ')
    print(answer(type_name, base64.b64decode(data)), flush=True)
