import type { Messages } from '../../generated/messages';
import type { Message, MessageInit } from './types';

/** What makes messages of one type, with or without `new`. */
export interface MessageConstructor<Made, Init> {
  (fields?: Init): Made;
  new (fields?: Init): Made;
  /** @throws DecodeError when the bytes are not such a message */
  FromString(bytes: Uint8Array): Made;
  /** The names of the message type. */
  readonly DESCRIPTOR: { readonly name: string; readonly full_name: string };
}

/** An enum of the protos as Python has it. */
export type Enum<Values> = EnumValues<Values> & {
  /** The name of a number; of aliases, the first. */
  Name(number: number): string;
  /** The number of a name. */
  Value<Name extends keyof Values>(name: Name): Values[Name];
  Value(name: string): number;
  keys(): string[];
  values(): number[];
  items(): [name: string, number: number][];
};

/** The values of an enum, by their names. */
export type EnumValues<Values> = { readonly [Name in Extract<keyof Values, string>]: Values[Name] };

/** Names that were first `Outer_Inner`, by what they are inside of their message. */
type Inside<Outer extends string, Name> = Name extends `${Outer}_${infer Inner}`
  ? Inner extends `${string}_${string}`
    ? never
    : Inner
  : never;

type Nested = Extract<keyof Messages, `${string}_${string}`>;

/** Messages of one module by name, each with the messages and enums that are inside of it. */
export type MessagesOf<Names extends keyof Messages, Enums> = {
  readonly [Name in Names]: MessageConstructor<Message<Messages[Name]>, MessageInit<Messages[Name]>> & {
    readonly [Inner in Nested as Inside<Name, Inner>]: MessagesOf<Inner, Enums>[Inner];
  } & { readonly [Inner in keyof Enums as Inside<Name, Inner>]: Enum<Enums[Inner]> } & UnionToIntersection<
      { [Inner in keyof Enums]: Inside<Name, Inner> extends never ? never : EnumValues<Enums[Inner]> }[keyof Enums]
    >;
};

type UnionToIntersection<Union> = [Union] extends [never]
  ? unknown
  : (Union extends unknown ? (member: Union) => void : never) extends (member: infer Both) => void
    ? Both
    : never;

/** Enums of one module by name, and all their values as the module's own. */
export type EnumsOf<Enums> = {
  readonly [Name in keyof Enums as Name extends `${string}_${string}` ? never : Name]: Enum<Enums[Name]>;
} & UnionToIntersection<
  { [Name in keyof Enums]: Name extends `${string}_${string}` ? never : EnumValues<Enums[Name]> }[keyof Enums]
>;

/** Messages of service.proto: its requests and answers, and these. */
export type ServiceName =
  Extract<keyof Messages, `${string}Request` | `${string}Response`> | Extract<keyof Messages, ServiceMessage>;

/** Messages of resources.proto that are not inside of another. */
export type ResourceName = Exclude<keyof Messages, ServiceName | Nested | StatusName | ElsewhereName>;

export type StatusName = 'Status' | 'RedirectInfo' | 'BaseResponse';
type ElsewhereName = 'Timestamp' | 'Duration' | 'MatrixUint64' | 'ScopeList';

/** Messages of service.proto that are neither a request nor an answer; a test holds the list to the protos. */
export const serviceMessages = [
  'IdUpdateSource',
  'LabelSubmitConfig',
  'Pagination',
  'PostArtifactVersionsUploadConfig',
  'PostModelVersionsUploadConfig',
  'PostPipelineStepVersionsUploadConfig',
  'ReviewApproveConfig',
  'ReviewRejectConfig',
  'ReviewRequestChangesConfig',
  'ReviewStartConfig',
  'RunnerItem',
  'RunnerItemOutput',
] as const;

type ServiceMessage = (typeof serviceMessages)[number];

/** Enums of service.proto; a test holds the list to the protos. */
export const serviceEnums = ['OrganizationInvitationStatus', 'PutTaskAssignmentsRequestAction'] as const;
