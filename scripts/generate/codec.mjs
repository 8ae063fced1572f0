// Emits the codecs: for every message one encoder that reads the caller's plain object and one decoder that fills a plain
// object, both on src/wire. ts-proto writes the types they are checked against.
//
// The messages that the three operations reach lie in core.ts, the others beside it, so that a program which only
// predicts and uploads never loads the rest.
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

// Messages whose TypeScript type is not an object of fields: written by hand in src/wire/well-known.ts.
const handWritten = {
  'google.protobuf.Struct': 'Struct',
  'google.protobuf.Value': 'Value',
  'google.protobuf.ListValue': 'ListValue',
  'google.protobuf.BoolValue': 'BoolValue',
  'google.protobuf.Int32Value': 'Int32Value',
  'google.protobuf.UInt64Value': 'UInt64Value',
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

export function emitCodecs(model) {
  const wanted = [...model.messages.values()].filter(
    (message) => !message.isMapEntry && handWritten[message.fullName] === undefined && isReachable(message),
  );
  const core = closure(
    model,
    model.methods.filter((method) => coreMethods.includes(method.name)),
  );
  const moduleOf = (message) => {
    if (core.has(message.fullName)) return 'core';
    return message.module.endsWith('/service') ? 'service' : 'resources';
  };
  const files = new Map(['core', 'resources', 'service'].map((name) => [name, []]));
  for (const message of wanted) files.get(moduleOf(message)).push(message);
  const codecModule = (fullName) => moduleOf(model.messages.get(fullName));
  const texts = new Map();
  for (const [name, messages] of files) {
    texts.set(`codec/${name}.ts`, emitFile(model, name, messages, codecModule));
  }
  return { texts, codecModule };
}

function isReachable(message) {
  return (
    !message.fullName.startsWith('google.') ||
    ['google.protobuf.Timestamp', 'google.protobuf.Duration'].includes(message.fullName)
  );
}

/** Full names of all messages that the given methods can send or receive. */
function closure(model, methods) {
  const seen = new Set();
  const waiting = methods.flatMap((method) => [method.request, method.response]);
  while (waiting.length > 0) {
    const name = waiting.pop();
    if (seen.has(name)) continue;
    seen.add(name);
    for (const field of model.messages.get(name).fields) {
      const target = field.map?.value ?? field;
      if (target.kind === 'message') waiting.push(target.type);
    }
  }
  return seen;
}

function emitFile(model, name, messages, codecModule) {
  const body = messages.map((message) => emitMessage(model, message)).join('\n');
  const imports = emitImports(model, name, messages, codecModule, body);
  return `${header}${imports}\n${body}`;
}

const header = '// Written by `npm run generate`. Do not edit.\n/* eslint-disable */\n';

function emitImports(model, name, messages, codecModule, body) {
  const lines = [];
  if (/\bLong\./.test(body)) lines.push("import Long from 'long';");
  const wireNames = [
    ...new Set(
      body.match(/\b(?:(?:encode|decode)(?:Struct|Value|ListValue|BoolValue|Int32Value|UInt64Value))\b/g) ?? [],
    ),
  ].sort();
  if (wireNames.length > 0) lines.push(`import { ${wireNames.join(', ')} } from '../../src/wire/well-known';`);
  const codecNames = ['codec', ...(body.includes('emptyBytes') ? ['emptyBytes'] : [])];
  lines.push(`import { ${codecNames.join(', ')} } from '../../src/wire/codec';`);
  lines.push("import type { Codec, DeepPartial, Mutable } from '../../src/wire/codec';");
  lines.push("import type { Reader } from '../../src/wire/reader';");
  lines.push("import type { Writer } from '../../src/wire/writer';");
  const typeImports = new Map();
  for (const message of messages) {
    add(
      typeImports,
      message.module,
      message.tsName === 'Codec' ? message.tsName : `${message.tsName} as ${message.tsName}Message`,
    );
  }
  for (const [module, names] of typeImports)
    lines.push(`import type {\n  ${[...names].sort().join(',\n  ')},\n} from '../${module}';`);
  const foreign = new Map();
  for (const message of messages) {
    for (const field of message.fields) {
      const target = field.map?.value ?? field;
      if (target.kind !== 'message' || handWritten[target.type] !== undefined) continue;
      const module = codecModule(target.type);
      const { tsName } = model.messages.get(target.type);
      if (module !== name) {
        add(foreign, module, `encode${tsName}`);
        add(foreign, module, `decode${tsName}`);
      }
    }
  }
  for (const [module, names] of foreign)
    lines.push(`import {\n  ${[...names].sort().join(',\n  ')},\n} from './${module}';`);
  return `${lines.join('\n')}\n`;
}

function add(map, key, value) {
  if (!map.has(key)) map.set(key, new Set());
  map.get(key).add(value);
}

function functionsOf(model, type) {
  const name = handWritten[type] ?? model.messages.get(type).tsName;
  return { encode: `encode${name}`, decode: `decode${name}` };
}

function emitMessage(model, message) {
  const type = `${message.tsName}Message`;
  return `
export function encode${message.tsName}(m: DeepPartial<${type}>, w: Writer): void {
  let n = 0;
${message.fields.map((field) => emitEncode(model, field)).join('\n')}
${[...oneofsOf(message)].map(([oneof, fields]) => `  w.oneof(m, ${JSON.stringify(oneof)}, ${JSON.stringify(fields.map((field) => field.jsName))});`).join('\n')}
  w.end(m, n);
}

export function decode${message.tsName}(r: Reader, end: number, m: Mutable<${type}> = create${message.tsName}()): ${type} {
  while (r.pos < end) {
    const tag = r.tag(end);
    switch (tag) {
${message.fields.map((field) => emitDecode(model, message, field)).join('\n')}
      default:
        r.skip(tag, end);
    }
  }
  return m;
}

function create${message.tsName}(): Mutable<${type}> {
  return {${message.fields.map((field) => ` ${field.jsName}: ${defaultOf(field)}`).join(',')} };
}

export const ${message.tsName}: Codec<${type}> = codec('${message.fullName}', encode${message.tsName}, decode${message.tsName});
`;
}

function oneofsOf(message) {
  const oneofs = new Map();
  for (const field of message.fields) {
    if (field.oneof !== undefined) add(oneofs, field.oneof, field);
  }
  return [...oneofs].map(([name, fields]) => [name, [...fields]]).filter(([, fields]) => fields.length > 1);
}

function defaultOf(field) {
  if (field.repeated) return '[]';
  if (field.map !== undefined) return '{}';
  if (field.oneof !== undefined || field.kind === 'message') return 'undefined';
  return defaults[field.kind];
}

function tagOf(field, wireType = wireTypes[field.kind]) {
  if (wireType === undefined)
    throw new Error(`${field.name}: the kind ${field.kind} is new to these protos; teach the codec about it first`);
  return ((field.number << 3) | wireType) >>> 0;
}

function method(field) {
  return field.kind === 'enum' ? 'int32' : field.kind;
}

function emitEncode(model, field) {
  const value = `m.${field.jsName}`;
  return `  if (${value} != null) { n++; ${writeCall(model, field, value)} }`;
}

function writeCall(model, field, value) {
  if (field.map !== undefined) {
    const { key, value: entry } = field.map;
    if (key.kind !== 'string' || entry.kind !== 'message')
      throw new Error(`${field.name}: only maps from string to message are known here`);
    return `w.map(${tagOf(field)}, ${value}, ${functionsOf(model, entry.type).encode});`;
  }
  if (field.kind === 'message') {
    const { encode } = functionsOf(model, field.type);
    return `w.${field.repeated ? 'messages' : 'message'}(${tagOf(field)}, ${value}, ${encode});`;
  }
  if (field.packed) return `w.packed(${tagOf(field, 2)}, ${value}, '${method(field)}');`;
  if (field.repeated) return `w.repeated(${tagOf(field)}, ${value}, '${method(field)}');`;
  if (field.oneof !== undefined) return `w.present(${tagOf(field)}, ${value}, '${method(field)}');`;
  return `w.${method(field)}(${tagOf(field)}, ${value});`;
}

function emitDecode(model, message, field) {
  const target = `m.${field.jsName}`;
  const others = message.fields.filter(
    (other) => other.oneof !== undefined && other.oneof === field.oneof && other !== field,
  );
  const clear = others.map((other) => ` m.${other.jsName} = undefined;`).join('');
  const one = (statement, tag = tagOf(field)) => `      case ${tag}:${clear} ${statement} break;`;
  if (field.map !== undefined) {
    return one(`r.mapEntry(end, ${target}, ${functionsOf(model, field.map.value.type).decode});`);
  }
  if (field.kind === 'message') {
    const { decode } = functionsOf(model, field.type);
    if (field.repeated) return one(`(${target} as unknown[]).push(r.message(end, ${decode}));`);
    const merged = handWritten[field.type] === undefined || field.type === 'google.protobuf.Struct';
    return one(merged ? `${target} = r.message(end, ${decode}, ${target});` : `${target} = r.message(end, ${decode});`);
  }
  if (field.packed) {
    return [
      one(`r.packed(end, ${target} as unknown[], '${method(field)}');`, tagOf(field, 2)),
      one(`(${target} as unknown[]).push(r.${method(field)}(end));`),
    ].join('\n');
  }
  if (field.repeated) return one(`(${target} as unknown[]).push(r.${method(field)}(end));`);
  return one(`${target} = r.${method(field)}(end);`);
}
