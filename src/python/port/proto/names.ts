import type { Imports } from '../imports';
import type { Type } from '../type';

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

export function importRpcType(imports: Imports, name: string): string {
  return imports.type(rpcModule, name);
}

/** A type as TypeScript writes it; `any` where nothing is known. */
export function typeText(type: Type, imports: Imports): string {
  switch (type.kind) {
    case 'scalar':
      return { string: 'string', number: 'number', boolean: 'boolean', bytes: 'Uint8Array', long: 'number' }[type.name];
    case 'message': {
      const name = exportedName(type.name);
      if (name === undefined) return 'any';
      importRpcType(imports, name);
      return type.partial ? `${importRpcType(imports, 'DeepPartial')}<${name}>` : name;
    }
    case 'enum': {
      const name = exportedName(type.name);
      return name === undefined ? 'number' : importRpc(imports, name);
    }
    case 'list': {
      const of = typeText(type.of, imports);
      return /^[\w<>]+$/.test(of) ? `${of}[]` : `(${of})[]`;
    }
    case 'json':
    case 'map':
      return 'Record<string, any>';
    case 'stub':
      return importRpc(imports, 'V2Stub');
    case 'stream':
      return `AsyncIterable<${typeText(type.of, imports)}>`;
    case 'metadata':
    case 'channel':
    case 'package':
    case 'pair':
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
      return 'any';
  }
}
