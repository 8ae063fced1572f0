// Emits the reflection table: what the codecs know, as data. It is parsed on first use and is the one source for method
// traits, field paths in errors, JSON, text format and the Python names.
import { kindOf } from './methods.mjs';

export function emitReflection(model) {
  const reachable = [...model.messages.values()].filter((message) => !message.isMapEntry && !isDescriptor(message));
  const enums = [...model.enums.values()].filter((entry) => !isDescriptor(entry));
  const table = {
    messages: Object.fromEntries(reachable.map((message) => [message.fullName, message.fields.map(fieldRow)])),
    deprecated: Object.fromEntries(
      reachable
        .map((message) => [
          message.fullName,
          message.fields.filter((field) => field.deprecated).map(({ number }) => number),
        ])
        .filter(([, numbers]) => numbers.length > 0),
    ),
    enums: Object.fromEntries(enums.map((entry) => [entry.fullName, entry.values])),
    methods: Object.fromEntries(
      model.methods.map((method) => [
        method.name,
        [kindOf(method), method.request, method.response, method.verb ?? '', method.authType ?? '', method.scopes],
      ]),
    ),
  };
  return `// Written by \`npm run generate\`. Do not edit.
/* eslint-disable */

/** A field as [proto name, camelCase name, number, kind, message or enum type, 'repeated' | 'map' | '', oneof]. */
export type FieldRow = readonly [
  name: string,
  jsName: string,
  number: number,
  kind: string,
  type: string,
  cardinality: '' | 'repeated' | 'map',
  oneof: string,
];

/** An RPC as [call shape, request type, response type, HTTP verb, credential kind, scopes]. */
export type MethodTraits = readonly [
  kind: 'unary' | 'serverStreaming' | 'bidi',
  request: string,
  response: string,
  verb: '' | 'get' | 'put' | 'post' | 'delete' | 'patch',
  authType: string,
  scopes: readonly string[],
];

export interface ReflectionTable {
  readonly messages: Readonly<Record<string, readonly FieldRow[]>>;
  /** Numbers of the fields that the protos call deprecated. */
  readonly deprecated: Readonly<Record<string, readonly number[]>>;
  /** Values in declaration order: of two names with one number, the first is the one to print. */
  readonly enums: Readonly<Record<string, readonly (readonly [name: string, number: number])[]>>;
  readonly methods: Readonly<Record<string, MethodTraits>>;
}

const json = ${JSON.stringify(JSON.stringify(table))};

let table: ReflectionTable | undefined;

export function reflection(): ReflectionTable {
  table ??= JSON.parse(json) as ReflectionTable;
  return table;
}
`;
}

function isDescriptor(entry) {
  return entry.module === 'google/protobuf/descriptor' || entry.module.startsWith('google/api/');
}

// A map field's row carries the kind and type of its values; its keys are always strings here.
function fieldRow(field) {
  const target = field.map?.value ?? field;
  const cardinality = field.map !== undefined ? 'map' : field.repeated ? 'repeated' : '';
  return [field.name, field.jsName, field.number, target.kind, target.type ?? '', cardinality, field.oneof ?? ''];
}
