import type { Type } from '../type';
import { enumValues, isMessage, membersOf, shortName, suggestion } from './schema';

const packages: Readonly<Record<string, string>> = {
  resources_pb2: 'clarifai.api',
  service_pb2: 'clarifai.api',
  status_pb2: 'clarifai.api.status',
  status_code_pb2: 'clarifai.api.status',
  scope_pb2: 'clarifai.auth.scope',
  struct_pb2: 'google.protobuf',
  timestamp_pb2: 'google.protobuf',
  duration_pb2: 'google.protobuf',
  wrappers_pb2: 'google.protobuf',
};

/** Other modules, and what is known of them. */
const plainModules: Readonly<Record<string, readonly string[]>> = {
  service_pb2_grpc: ['V2Stub'],
  clarifai_channel: ['ClarifaiChannel'],
  json_format: ['MessageToDict', 'MessageToJson', 'ParseDict'],
  grpc: ['RpcError', 'StatusCode', 'Compression', 'insecure_channel'],
  os: ['environ', 'getenv', 'path', 'listdir', 'makedirs', 'getcwd', 'sep'],
  'os.path': ['join', 'basename', 'dirname', 'exists', 'isfile', 'isdir', 'splitext', 'getsize', 'abspath'],
  json: ['dumps', 'load', 'loads'],
  time: ['sleep', 'time', 'perf_counter', 'monotonic'],
  base64: ['b64encode', 'b64decode'],
  sys: ['exit', 'stderr', 'stdout', 'argv'],
  math: ['ceil', 'floor', 'sqrt', 'log', 'exp', 'pow', 'pi', 'inf', 'nan', 'isnan', 'fabs'],
  logging: ['basicConfig', 'getLogger', 'debug', 'info', 'warning', 'error', 'exception', 'INFO', 'DEBUG', 'WARNING', 'ERROR'],
  argparse: ['ArgumentParser'],
  re: ['sub', 'split', 'findall'],
  collections: ['defaultdict', 'Counter', 'OrderedDict'],
  dataclasses: ['dataclass', 'field'],
  asyncio: ['run', 'sleep', 'gather'],
  uuid: ['uuid4'],
  typing: [],
  __future__: [],
  pprint: ['pprint'],
};

/** A module's short name, when it is known: the last part of its path, but for `os.path`. */
export function moduleNamed(path: string): string | undefined {
  const short = path === 'os.path' ? path : (path.split('.').at(-1) ?? path);
  return packages[short] !== undefined || plainModules[short] !== undefined ? short : undefined;
}

/** Whether a path belongs to the Clarifai SDK, which does not speak gRPC to its caller. */
export function isSdkModule(path: string): boolean {
  return /^clarifai(\.|$)/.test(path);
}

/** A member of a module or of a message's class; a message says what is wrong with the name. */
export function memberOf(owner: Type, name: string): Type | string {
  if (owner.kind === 'module') return memberOfModule(owner.name, name);
  if (owner.kind === 'messageClass') return protoMember(owner.name, name, shortName(owner.name));
  return `\`${name}\` is not known`;
}

function memberOfModule(module: string, name: string): Type | string {
  const inPackage = packages[module];
  if (inPackage !== undefined) return protoMember(inPackage, name, module);
  const known = plainModules[module] ?? [];
  if (module === 'os' && name === 'path') return { kind: 'module', name: 'os.path' };
  if (!known.includes(name)) return `\`${module}.${name}\` has no translation${suggestion(name, known)}`;
  return { kind: 'builtin', name: module === 'clarifai_channel' ? name : `${module}.${name}` };
}

function protoMember(prefix: string, name: string, shown: string): Type | string {
  const full = `${prefix}.${name}`;
  if (isMessage(full)) return { kind: 'messageClass', name: full };
  if (enumValues(full) !== undefined) return { kind: 'enumClass', name: full };
  // Values of an enum are members of what the enum is declared in, too.
  const owner = membersOf(prefix).find((member) => enumValues(`${prefix}.${member}`)?.has(name));
  if (owner !== undefined) return { kind: 'enum', name: `${prefix}.${owner}` };
  const values = membersOf(prefix).flatMap((member) => [...(enumValues(`${prefix}.${member}`)?.keys() ?? [])]);
  return `${shown} has no \`${name}\`${suggestion(name, [...membersOf(prefix), ...values])}`;
}
