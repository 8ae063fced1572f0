import { quote } from './print/literals';

export type ScalarName = 'string' | 'number' | 'boolean' | 'bytes' | 'long';

/** What a function gives, and whether that may be undefined where Python has an empty message. */
export interface Result {
  readonly type: Type;
  readonly optional: boolean;
}

/** What is known about a Python value. */
export type Type =
  | { readonly kind: 'scalar'; readonly name: ScalarName }
  /** `partial`: written here, so that its fields may be left out; otherwise it came from the service. */
  | { readonly kind: 'message'; readonly name: string; readonly partial: boolean }
  | { readonly kind: 'enum'; readonly name: string }
  | { readonly kind: 'list' | 'map' | 'stream'; readonly of: Type }
  | { readonly kind: 'pair'; readonly of: readonly Type[] }
  /** What a Struct or a dict holds. */
  | { readonly kind: 'json' }
  | { readonly kind: 'metadata' }
  | { readonly kind: 'stub' | 'error' | 'none' | 'unknown' }
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
      readonly async: boolean;
      readonly parameters: readonly string[];
      readonly result: Result;
    }
  /** Names that stand for no value of TypeScript by themselves. */
  | { readonly kind: 'module' | 'messageClass' | 'enumClass' | 'builtin'; readonly name: string };

export const unknown: Type = { kind: 'unknown' };
export const string: Type = { kind: 'scalar', name: 'string' };
export const number: Type = { kind: 'scalar', name: 'number' };
export const boolean: Type = { kind: 'scalar', name: 'boolean' };
export const bytes: Type = { kind: 'scalar', name: 'bytes' };
export const json: Type = { kind: 'json' };
export const none: Type = { kind: 'none' };

export function listOf(of: Type): Type {
  return { kind: 'list', of };
}

export function isScalar(type: Type, name: ScalarName): boolean {
  return type.kind === 'scalar' && type.name === name;
}

/** What Python reads where nothing is set, as TypeScript; `undefined` when there is no such thing. */
export function defaultOf(type: Type): string | undefined {
  if (type.kind === 'scalar')
    return { string: quote(''), number: '0', boolean: 'false', bytes: 'new Uint8Array()', long: '0' }[type.name];
  if (type.kind === 'enum') return '0';
  if (type.kind === 'list') return '[]';
  return type.kind === 'map' || type.kind === 'json' ? '{}' : undefined;
}
