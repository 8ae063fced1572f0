import { quote } from './print/literals';

/** `number` is an integer, or nobody knows; `float` prints with a point in Python. */
export type ScalarName = 'string' | 'number' | 'float' | 'boolean' | 'bytes' | 'long';

/** What a function gives, and whether that may be undefined where Python has an empty message. */
export interface Result {
  readonly type: Type;
  readonly optional: boolean;
}

interface MessageOfType {
  readonly kind: 'message';
  readonly name: string;
  readonly partial: boolean;
}

/** What is known about a Python value. */
export type Type =
  | { readonly kind: 'scalar'; readonly name: ScalarName }
  /** `partial`: written here, so that its fields may be left out; otherwise it came from the service. */
  | { readonly kind: 'message'; readonly name: string; readonly partial: boolean }
  | { readonly kind: 'enum'; readonly name: string }
  /** One of several messages; `parameter` says that it is this argument of a function. */
  | { readonly kind: 'oneOf'; readonly of: readonly MessageOfType[]; readonly parameter?: number }
  | { readonly kind: 'list' | 'map' | 'stream' | 'set'; readonly of: Type }
  | { readonly kind: 'pair'; readonly of: readonly Type[] }
  /** What a Struct or a dict holds. */
  | { readonly kind: 'json'; /** It came from the service, where its numbers are floats. */ readonly struct?: true }
  | { readonly kind: 'metadata' }
  /** What an ArgumentParser read, by the names of its options. */
  | { readonly kind: 'arguments'; readonly of: Readonly<Record<string, Type>> }
  /** An ArgumentParser; its options are found where they are given. */
  | { readonly kind: 'argumentParser'; readonly name: string }
  /** An object of a class that the snippet defines. */
  | { readonly kind: 'instance'; readonly of: string }
  /** What a gRPC call ended with; `owner` is the error. */
  | { readonly kind: 'grpcCode'; readonly owner: string }
  | { readonly kind: 'future'; readonly of: Type }
  | { readonly kind: 'stub' | 'error' | 'none' }
  | { readonly kind: 'unknown'; /** If it is a number, it is a float. */ readonly floats?: true }
  /** Metadata of the initialisation that a snippet leaves out. */
  | { readonly kind: 'given' }
  /** Where a channel leads: an option of the stub, when it is not the default. */
  | { readonly kind: 'channel'; readonly base: string | undefined }
  /** The first part of a dotted path that was imported. */
  | { readonly kind: 'package' }
  /** A file that is read where it is used: the text is its path. */
  | { readonly kind: 'file'; readonly binary: boolean }
  | {
      readonly kind: 'function';
      /** Under which its calls are known; a class's is made with `new`. */
      readonly key: string;
      readonly makes?: string;
      /** Called without brackets. */
      readonly getter?: boolean;
      /** Belongs to the class and not to its objects. */
      readonly isStatic?: boolean;
      readonly async: boolean;
      readonly parameters: readonly string[];
      readonly result: Result;
    }
  /** Names that stand for no value of TypeScript by themselves. */
  | { readonly kind: 'module' | 'messageClass' | 'enumClass' | 'builtin'; readonly name: string };

export const unknown: Type = { kind: 'unknown' };
export const string: Type = { kind: 'scalar', name: 'string' };
export const number: Type = { kind: 'scalar', name: 'number' };
export const float: Type = { kind: 'scalar', name: 'float' };
export const boolean: Type = { kind: 'scalar', name: 'boolean' };
export const bytes: Type = { kind: 'scalar', name: 'bytes' };
export const json: Type = { kind: 'json' };
export const struct: Type = { kind: 'json', struct: true };
export const none: Type = { kind: 'none' };

export function listOf(of: Type): Type {
  return { kind: 'list', of };
}

export function isScalar(type: Type, name: ScalarName): boolean {
  return type.kind === 'scalar' && type.name === name;
}

/** Whether operators take it: a number that is no Long. */
export function isNumber(type: Type): boolean {
  return isScalar(type, 'number') || isScalar(type, 'float') || isScalar(type, 'long');
}

/** What Python reads where nothing is set, as TypeScript; `undefined` when there is no such thing. */
export function defaultOf(type: Type): string | undefined {
  if (type.kind === 'scalar')
    return { string: quote(''), number: '0', float: '0', boolean: 'false', bytes: 'new Uint8Array()', long: '0' }[
      type.name
    ];
  if (type.kind === 'enum') return '0';
  if (type.kind === 'list') return '[]';
  return type.kind === 'map' || type.kind === 'json' ? '{}' : undefined;
}
