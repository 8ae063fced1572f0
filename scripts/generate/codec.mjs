// Emits the codecs: for every message one encoder that reads the caller's plain object and one decoder that fills a plain
// object, both on src/wire. ts-proto writes the types they are checked against.
//
// A message becomes, for example (Concept, shortened):
//
//   export const encodeConcept: Encode<resources.Concept> = encoder(() => [     name, tag, type
//     ['id', 10, 'string'],                                                    10: field 1, length-delimited
//     ['value', 29, 'float'],                                                  29: field 3, four bytes
//   ]);
//
//   export function decodeConcept(r: Reader, end: number, into?) { ... switch (tag) { case 10: m.id = r.string(end); break; ...
//
// Encoders are tables because callers' objects have few of many fields set; decoders are code because that is twice as fast. They
// are files of their own, which load with the first answer.

import { alias } from './messages.mjs';

// The messages that these RPCs reach lie in core.ts, the others beside it, so that a program which only predicts and
// uploads never loads the rest.
const coreMethods = [
  'PostModelOutputs',
  'PostInputs',
  'PostWorkflowResults',
  'GetModel',
  'GetInput',
  'GetInputsAddJob',
];

const wireTypes = {
  int32: 0,
  int64: 0,
  uint32: 0,
  uint64: 0,
  bool: 0,
  enum: 0,
  double: 1,
  string: 2,
  bytes: 2,
  message: 2,
  float: 5,
};

const defaults = {
  string: "''",
  bytes: 'emptyBytes',
  bool: 'false',
  enum: '0',
  double: '0',
  float: '0',
  int32: '0',
  uint32: '0',
  int64: 'Long.ZERO',
  uint64: 'Long.UZERO',
};

// Messages whose TypeScript type is not an object of fields: written by hand in src/wire/well-known.ts.
const handWritten = {
  'google.protobuf.Struct': 'Struct',
  'google.protobuf.Value': 'Value',
  'google.protobuf.ListValue': 'ListValue',
  'google.protobuf.BoolValue': 'BoolValue',
  'google.protobuf.Int32Value': 'Int32Value',
  'google.protobuf.UInt64Value': 'UInt64Value',
};

// Messages of google.protobuf that are ordinary messages here; the others there describe protos.
const ordinary = ['google.protobuf.Timestamp', 'google.protobuf.Duration'];

/** @returns the messages, the text of each file, and `codecModule`: the name of the file that has a message's codec. */
export function emitCodecs(model) {
  const core = reachable(
    model,
    model.methods.filter((method) => coreMethods.includes(method.name)),
  );
  const codecModule = (fullName) => {
    if (core.has(fullName)) return 'core';
    return model.messages.get(fullName).module.endsWith('/service') ? 'service' : 'resources';
  };
  const emitted = [...model.messages.values()].filter(
    ({ isMapEntry, fullName }) => !isMapEntry && (!fullName.startsWith('google.') || ordinary.includes(fullName)),
  );
  const texts = new Map(
    ['core', 'resources', 'service'].flatMap((name) => {
      const messages = emitted.filter(({ fullName }) => codecModule(fullName) === name);
      return [
        [`codec/${name}.ts`, emitCodecFile(model, name, messages, codecModule)],
        [`codec/${name}-decoders.ts`, emitDecoderFile(model, name, messages, codecModule)],
      ];
    }),
  );
  return { emitted, texts, codecModule };
}

/** Full names of all messages that the given methods can send or receive. */
function reachable(model, methods) {
  const seen = new Set();
  const waiting = methods.flatMap((method) => [method.request, method.response]);
  while (waiting.length > 0) {
    const name = waiting.pop();
    if (seen.has(name)) continue;
    seen.add(name);
    waiting.push(
      ...model.messages
        .get(name)
        .fields.map(messageType)
        .filter((type) => type !== undefined),
    );
  }
  return seen;
}

/** Full name of the message that a field, or a map field's value, holds. */
function messageType(field) {
  const { kind, type } = field.map?.value ?? field;
  return kind === 'message' ? type : undefined;
}

const heading = `// Written by \`npm run generate\`. Do not edit.
/* eslint-disable */
`;

function emitCodecFile(model, name, messages, codecModule) {
  const body = messages.map((message) => emitCodec(model, message)).join('');
  return `${heading}import { codec } from '../../src/wire/codec';
import type { Codec } from '../../src/wire/codec';
import { encoder } from '../../src/wire/message-encoder';
import type { Encode } from '../../src/wire/message-encoder';
${emitImports(model, name, messages, codecModule, body, 'encode').join('\n')}

const decoders = (): typeof import('./${name}-decoders') => require('./${name}-decoders') as typeof import('./${name}-decoders');
${body}`;
}

function emitDecoderFile(model, name, messages, codecModule) {
  const body = messages.map((message) => emitDecoder(model, message)).join('');
  const empty = ['emptyBytes', 'emptyList', 'emptyMap', 'emptyOf', 'list'].filter((wanted) => isUsed(wanted, body));
  return `${heading}${body.includes('Long.') ? "import Long from 'long';\n" : ''}import type { Mutable } from '../../src/wire/codec';
import { ${empty.join(', ')} } from '../../src/wire/empty';
import type { Reader } from '../../src/wire/reader';
${emitImports(model, name, messages, codecModule, body, 'decode').join('\n')}
${body}`;
}

function isUsed(name, body) {
  return new RegExp(`\\b${name}\\b`).test(body);
}

/** Imports of what encodes, or decodes, the messages of other files, and of the messages' types. */
function emitImports(model, name, messages, codecModule, body, verb) {
  const named = (names, from) => (names.length === 0 ? [] : [`import { ${names.join(', ')} } from '${from}';`]);
  const wellKnown = Object.values(handWritten).map((type) => `${verb}${type}`);
  const types = messages.flatMap((message) => message.fields.map(messageType));
  const foreign = [...new Set(types)].filter(
    (type) => type !== undefined && handWritten[type] === undefined && codecModule(type) !== name,
  );
  return [
    ...named(
      wellKnown.filter((wanted) => isUsed(wanted, body)),
      '../../src/wire/well-known',
    ),
    ...[...new Set(messages.map(({ module }) => module))].map(
      (module) => `import type * as ${alias(module)} from '../${module}';`,
    ),
    ...['core', 'resources'].flatMap((module) =>
      named(
        foreign.filter((type) => codecModule(type) === module).map((type) => functionName(verb, model, type)),
        verb === 'encode' ? `./${module}` : `./${module}-decoders`,
      ),
    ),
  ];
}

function functionName(verb, model, type) {
  return `${verb}${handWritten[type] ?? model.messages.get(type).tsName}`;
}

function emitCodec(model, { tsName, fullName, fields, module }) {
  const type = `${alias(module)}.${tsName}`;
  return `
export const encode${tsName}: Encode<${type}> = encoder(() => [
${fields.map((field) => `  ${emitRow(model, field)},\n`).join('')}]);

export const ${tsName}: Codec<${type}> = codec('${fullName}', encode${tsName}, () => {
  const { create${tsName}, decode${tsName} } = decoders();
  return { create: create${tsName}, decode: decode${tsName} };
});
`;
}

function emitDecoder(model, message) {
  const { tsName, fields } = message;
  const type = `${alias(message.module)}.${tsName}`;
  return `
export function decode${tsName}(r: Reader, end: number, into?: Mutable<${type}>): ${type} {
  if (r.pos === end) return into ?? empty${tsName}();
  const m = into === undefined || into === empty${tsName}() ? create${tsName}() : into;
  do {
    const tag = r.tag(end);
    switch (tag) {
${fields
  .flatMap((field) => emitDecode(model, message, field))
  .map((line) => `      ${line}\n`)
  .join('')}      default: r.skip(tag, end);
    }
  } while (r.pos < end);
  return m;
}

export function create${tsName}(): Mutable<${type}> {
  return { ${fields.map((field) => `${field.jsName}: ${defaultOf(field)}`).join(', ')} };
}

const empty${tsName}: () => ${type} = emptyOf(create${tsName});
`;
}

/** A row of the table that src/wire/message-encoder.ts encodes from. */
function emitRow(model, field) {
  const type = messageType(field);
  if (field.map !== undefined && (field.map.key.kind !== 'string' || type === undefined)) {
    throw new Error(`${field.name}: only maps from string to message are known here`);
  }
  const of = type === undefined ? `'${scalar(field)}'` : functionName('encode', model, type);
  const how = howWritten(field);
  const parts = [`'${field.jsName}'`, tagOf(field, field.packed ? 2 : undefined), of];
  if (field.oneof !== undefined) parts.push(how === undefined ? 'undefined' : `'${how}'`, `'${field.oneof}'`);
  else if (how !== undefined) parts.push(`'${how}'`);
  return `[${parts.join(', ')}]`;
}

function howWritten(field) {
  if (field.map !== undefined) return 'map';
  if (field.packed) return 'packed';
  if (field.repeated) return 'list';
  return field.oneof !== undefined && field.kind !== 'message' ? 'present' : undefined;
}

function defaultOf(field) {
  if (field.repeated) return 'emptyList';
  if (field.map !== undefined) return 'emptyMap';
  if (field.oneof !== undefined || field.kind === 'message') return 'undefined';
  return defaults[field.kind];
}

/** What precedes a field on the wire. */
function tagOf(field, wireType = wireTypes[field.kind]) {
  if (wireType === undefined)
    throw new Error(`${field.name}: the kind ${field.kind} is new to these protos; teach the codec about it first`);
  return ((field.number << 3) | wireType) >>> 0;
}

/** The name of the reader's and the writer's method for a scalar. */
function scalar({ kind }) {
  return kind === 'enum' ? 'int32' : kind;
}

/** The switch cases of a field: a list of numbers has two, since both the packed and the unpacked form are valid. */
function emitDecode(model, message, field) {
  const target = `m.${field.jsName}`;
  const type = messageType(field);
  const decode = type === undefined ? undefined : functionName('decode', model, type);
  const caseOf = (tag, statement) => `case ${tag}: ${clearOthers(message, field)}${statement} break;`;
  const push = (value) => `(${target} = list(${target})).push(${value});`;
  if (field.map !== undefined) return [caseOf(tagOf(field), `${target} = r.map(end, ${target}, ${decode});`)];
  if (field.repeated) {
    if (type !== undefined) return [caseOf(tagOf(field), push(`r.message(end, ${decode})`))];
    const one = caseOf(tagOf(field), push(`r.${scalar(field)}(end)`));
    if (wireTypes[field.kind] === 2) return [one];
    return [caseOf(tagOf(field, 2), `${target} = r.packed(end, ${target}, '${scalar(field)}');`), one];
  }
  if (type !== undefined) return [caseOf(tagOf(field), `${target} = r.message(end, ${decode}, ${target});`)];
  return [caseOf(tagOf(field), `${target} = r.${scalar(field)}(end);`)];
}

/** Of a oneof the last member on the wire counts. */
function clearOthers(message, field) {
  if (field.oneof === undefined) return '';
  return message.fields
    .filter((other) => other.oneof === field.oneof && other !== field)
    .map((other) => `m.${other.jsName} = undefined; `)
    .join('');
}
