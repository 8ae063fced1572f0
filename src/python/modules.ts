import type { ResourcesEnums, ServiceEnums } from '../../generated/messages';
import { reflection } from '../../generated/reflection';
import { enumType } from './enum-type';
import { MessageClass } from './message-class';
import type { Enum, EnumsOf, EnumValues, MessageConstructor, MessagesOf } from './module-types';
import type { ResourceName, ServiceName, StatusName } from './module-types';
import { serviceEnums, serviceMessages } from './module-types';
import { type Members, pythonModule } from './python-module';
import type { MessageInit } from './types';
import type { BoolValue, Duration, Int32Value, ListValue, Struct, StructInit } from './well-known-types';
import type { JsonValue, Timestamp, UInt64Value, Value, ValueInit } from './well-known-types';

type StatusCodes = typeof import('../../generated/proto/clarifai/api/status/status_code').StatusCode;

const inService = (name: string): boolean =>
  /(Request|Response)$/.test(name) || [...serviceMessages, ...serviceEnums].some((other) => other === name);

/** Messages and enums of resources.proto: `resources_pb2.Input({ ... })`. */
export const resources_pb2: MessagesOf<ResourceName, ResourcesEnums> & EnumsOf<ResourcesEnums> = pythonModule(
  'resources_pb2',
  () => membersOf('clarifai.api.', (name) => !inService(name)),
);

/** Messages and enums of service.proto: `service_pb2.PostInputsRequest({ ... })`. */
export const service_pb2: MessagesOf<ServiceName, ServiceEnums> & EnumsOf<ServiceEnums> = pythonModule(
  'service_pb2',
  () => membersOf('clarifai.api.', inService),
);

/** Messages of status.proto. */
export const status_pb2: MessagesOf<StatusName, object> = pythonModule('status_pb2', () =>
  membersOf('clarifai.api.status.', (name) => name !== 'StatusCode'),
);

/** The status codes: `status_code_pb2.SUCCESS`, `status_code_pb2.StatusCode.Name(code)`. */
export const status_code_pb2: EnumValues<StatusCodes> & { readonly StatusCode: Enum<StatusCodes> } = pythonModule(
  'status_code_pb2',
  () => membersOf('clarifai.api.status.', (name) => name === 'StatusCode'),
);

/** `google.protobuf.struct_pb2`. */
export const struct_pb2: {
  readonly Struct: MessageConstructor<Struct, StructInit>;
  readonly Value: MessageConstructor<Value, ValueInit>;
  readonly ListValue: MessageConstructor<ListValue, { readonly values?: readonly JsonValue[] | undefined }>;
  readonly NULL_VALUE: 0;
} = pythonModule('struct_pb2', () => new Map([...wellKnown('Struct', 'Value', 'ListValue'), ['NULL_VALUE', () => 0]]));

/** `google.protobuf.timestamp_pb2`. */
export const timestamp_pb2: {
  readonly Timestamp: MessageConstructor<Timestamp, MessageInit<TimestampFields>>;
} = pythonModule('timestamp_pb2', () => wellKnown('Timestamp'));

/** `google.protobuf.duration_pb2`. */
export const duration_pb2: {
  readonly Duration: MessageConstructor<Duration, MessageInit<TimestampFields>>;
} = pythonModule('duration_pb2', () => wellKnown('Duration'));

/** `google.protobuf.wrappers_pb2`: messages around one scalar, which tell unset from default. */
export const wrappers_pb2: {
  readonly BoolValue: MessageConstructor<BoolValue, { readonly value?: boolean | undefined }>;
  readonly Int32Value: MessageConstructor<Int32Value, { readonly value?: number | undefined }>;
  readonly UInt64Value: MessageConstructor<UInt64Value, { readonly value?: bigint | number | string | undefined }>;
} = pythonModule('wrappers_pb2', () => wellKnown('BoolValue', 'Int32Value', 'UInt64Value'));

type TimestampFields = import('../../generated/google/protobuf/timestamp').Timestamp;

/** The messages and enums directly in a package that fit, and the values of those enums. */
function membersOf(prefix: string, fits: (name: string) => boolean): Members {
  const { messages, enums } = reflection();
  const members = new Map<string, () => unknown>();
  const nameIn = (fullName: string): string | undefined => {
    const name = fullName.slice(prefix.length);
    return fullName.startsWith(prefix) && !name.includes('.') && fits(name) ? name : undefined;
  };
  for (const fullName of Object.keys(messages)) {
    const name = nameIn(fullName);
    if (name !== undefined) members.set(name, () => MessageClass.of(fullName).call);
  }
  for (const [fullName, values] of Object.entries(enums)) {
    const name = nameIn(fullName);
    if (name === undefined) continue;
    members.set(name, () => enumType(fullName));
    for (const [value, number] of values) members.set(value, () => number);
  }
  return members;
}

function wellKnown(...names: readonly string[]): Members {
  return new Map(names.map((name) => [name, () => MessageClass.of(`google.protobuf.${name}`).call]));
}
