import type { Imports } from '../imports';
import type { Style } from '../style';
import type { Type } from '../type';

const scalarText = {
  string: 'string',
  number: 'number',
  float: 'number',
  boolean: 'boolean',
  bytes: 'Uint8Array',
  long: 'number',
} as const;

const rpcModule = 'clarifai-grpc/rpc';

/** The name under which `clarifai-grpc/rpc` exports a message or an enum; `undefined` for those of other packages. */
export function exportedName(name: string): string | undefined {
  const own = /^clarifai\.api\.(?:status\.)?(.+)$/.exec(name)?.[1];
  if (own !== undefined) return own.replaceAll('.', '_');
  return name === 'google.protobuf.Timestamp' || name === 'google.protobuf.Duration' ? name.split('.').at(-1) : undefined;
}

export function importRpc(imports: Imports, name: string): string {
  return imports.value(rpcModule, name);
}

function importRpcType(imports: Imports, name: string): string {
  return imports.type(rpcModule, name);
}

/** A type as TypeScript writes it; `undefined` where nothing is known. */
export function typeText(type: Type, context: Writing): string | undefined {
  const { imports } = context;
  switch (type.kind) {
    case 'scalar':
      return type.name === 'long' && context.style === 'python' ? 'bigint' : scalarText[type.name];
    case 'message':
      return messageText(type.name, type.partial, context);
    case 'oneOf':
      return type.of.map((one) => typeText(one, context) ?? 'unknown').join(' | ');
    case 'enum': {
      const name = exportedName(type.name);
      return name === undefined || context.style === 'python' ? 'number' : importRpc(imports, name);
    }
    case 'list': {
      const of = typeText(type.of, context);
      if (of === undefined) return undefined;
      return /^[\w<>]+$/.test(of) ? `${of}[]` : `(${of})[]`;
    }
    case 'json':
      return 'Record<string, any>';
    case 'map':
      return `Record<string, ${typeText(type.of, context) ?? 'any'}>`;
    case 'stub':
      return context.style === 'python' ? imports.type('clarifai-grpc/python', 'V2Stub') : importRpc(imports, 'V2Stub');
    case 'set':
      return `Set<${typeText(type.of, context) ?? 'unknown'}>`;
    case 'stream': {
      const of = typeText(type.of, context);
      return of === undefined ? undefined : `AsyncIterable<${of}>`;
    }
    case 'metadata':
      return 'readonly (readonly [string, string])[]';
    case 'pair':
      return pairText(type.of, context);
    case 'channel':
      return context.style === 'python' ? imports.type('clarifai-grpc/python', 'Channel') : undefined;
    case 'instance':
      return type.of;
    case 'grpcCode':
    case 'future':
    case 'arguments':
    case 'argumentParser':
    case 'package':
    case 'given':
    case 'error':
    case 'none':
    case 'unknown':
    case 'file':
    case 'function':
    case 'module':
    case 'messageClass':
    case 'enumClass':
    case 'builtin':
      return undefined;
  }
}

/** What a type is written for. */
export interface Writing {
  readonly imports: Imports;
  readonly style: Style;
}

function messageText(fullName: string, partial: boolean, { imports, style }: Writing): string | undefined {
  const name = exportedName(fullName);
  if (name === undefined) return undefined;
  importRpcType(imports, name);
  if (style === 'python') return `${imports.type('clarifai-grpc/python', 'Message')}<${name}>`;
  return partial ? `${importRpcType(imports, 'DeepPartial')}<${name}>` : name;
}

function pairText(of: readonly Type[], context: Writing): string | undefined {
  const parts = of.map((one) => typeText(one, context));
  return parts.includes(undefined) ? undefined : `readonly [${parts.join(', ')}]`;
}
