/// <reference lib="esnext.disposable" preserve="true" />
// For users whose library has no Symbol.asyncDispose yet, which the types below need.

/**
 * The names of Clarifai's Python gRPC client, for code that is ported line by line.
 *
 * @module clarifai-grpc/python
 */

export { ClarifaiChannel } from './channel';
export type { Channel, ChannelArguments, InsecureChannelArguments } from './channel';
export { service_pb2_grpc } from './stub';
export type { CallArguments, StubMethod, V2Stub, V2StubConstructor } from './stub';
export {
  duration_pb2,
  resources_pb2,
  service_pb2,
  status_code_pb2,
  status_pb2,
  struct_pb2,
  timestamp_pb2,
  wrappers_pb2,
} from './modules';
export { Struct, Timestamp } from './google-protobuf';
export { portPythonSnippet } from './port/port-python-snippet';
export type { PortedSnippet, PortOptions } from './port/port-python-snippet';
export type { PortProblem } from './port/problem';
export { dumps, MessageToDict, MessageToJson, Parse, ParseDict } from './json-format';
export type { DumpsOptions, JsonTextOptions, ParseOptions } from './json-format';
export { toPythonMessage } from './plain-message';
export type { NamedMessage } from './plain-message';
export { format } from './python-format';
export { compare, contains, range, slice, zip } from './python-lists';
export { callByName, describeRpcs } from './call-by-name';
export type { CallByNameOptions, JsonAnswer, RpcDescription } from './call-by-name';
export { bool, repr, str } from './python-text';
export type { Numbers } from './python-text';
export type { JsonOptions } from './message-to-dict';
export type { Enum, EnumValues, MessageConstructor } from './module-types';
export type { Repeated } from './repeated';
export type { Message, MessageInit, MessageMethods } from './types';
export type {
  BoolValue,
  Duration,
  Int32Value,
  JsonValue,
  ListValue,
  StructValue,
  UInt64Value,
  Value,
} from './well-known-types';
