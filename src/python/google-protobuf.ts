import type { MessageConstructor } from './module-types';
import { struct_pb2, timestamp_pb2 } from './modules';
import type { MessageInit } from './types';
import type { Struct as StructMessage, StructInit, Timestamp as TimestampMessage } from './well-known-types';

/** JSON as a message: `const struct = Struct(); struct.update({ ... })`. */
export const Struct: MessageConstructor<StructMessage, StructInit> = struct_pb2.Struct;
export type Struct = StructMessage;

/** A point in time: `const timestamp = Timestamp(); timestamp.FromDatetime(new Date())`. */
export const Timestamp: MessageConstructor<TimestampMessage, MessageInit<TimestampFields>> = timestamp_pb2.Timestamp;
export type Timestamp = TimestampMessage;

type TimestampFields = import('../../generated/google/protobuf/timestamp').Timestamp;
