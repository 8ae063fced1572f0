import type {
  Audio,
  Concept,
  Frame,
  Image,
  NDArray,
  Region,
  Text,
  Video,
} from '../../../generated/proto/clarifai/api/resources';
import type { ConceptLike } from '../../inputs/concepts';
import type { MediaLike, TextLike } from '../../inputs/input-like';
import type { JsonObject } from '../../inputs/json';
import type { Plain } from '../../operations/to-plain';
import type { DeepPartial } from '../../wire/codec';
import type { FieldType, Scalar } from './field-type';
import type { MethodArgument, MethodValue } from './method-value';

/** What an argument may be of: `optional` ones may be left out, `iterator` ones come bit by bit. */
export type DeclaredArgument =
  FieldType | { readonly optional: FieldType; readonly default?: unknown } | { readonly iterator: FieldType };

/**
 * A method of a model as the caller knows it, so that TypeScript knows its arguments and answers, too. It is held against the
 * model's own signature before the method is called.
 *
 * @example
 * const add = { name: 'add', input: { a: 'int', b: { optional: 'int' } }, output: 'int' } as const;
 */
export interface DeclaredMethod {
  /** Its name, as the model has it. */
  readonly name: string;
  /** Types of its arguments, by their names. */
  readonly input: Readonly<Record<string, DeclaredArgument>>;
  /** What it answers, or answers with bit by bit; `optional` when that may be nothing, which is `null`. */
  readonly output: FieldType | { readonly optional: FieldType };
}

/** What each type is written as. */
interface Given {
  /** What is declared at run time only. */
  readonly unknown: MethodArgument;
  readonly str: string;
  readonly bytes: Uint8Array;
  readonly int: number;
  readonly float: number;
  readonly bool: boolean;
  readonly json: JsonObject | readonly unknown[];
  readonly ndarray: { readonly buffer: Uint8Array; readonly shape: readonly number[]; readonly dtype: string };
  readonly text: TextLike;
  readonly image: MediaLike;
  readonly audio: MediaLike;
  readonly video: MediaLike;
  readonly concept: ConceptLike;
  readonly region: DeepPartial<Region>;
  readonly frame: DeepPartial<Frame>;
}

/** What each type is read as. */
interface Answered {
  readonly unknown: MethodValue;
  readonly str: string;
  readonly bytes: Uint8Array;
  readonly int: number;
  readonly float: number;
  readonly bool: boolean;
  readonly json: { readonly [name: string]: MethodValue } | readonly MethodValue[];
  readonly ndarray: Plain<NDArray>;
  readonly text: Plain<Text>;
  readonly image: Plain<Image>;
  readonly audio: Plain<Audio>;
  readonly video: Plain<Video>;
  readonly concept: Plain<Concept>;
  readonly region: Plain<Region>;
  readonly frame: Plain<Frame>;
}

type ValueOf<Type, Values extends Readonly<Record<Scalar | 'unknown', unknown>>> = FieldType extends Type
  ? Values['unknown']
  : Type extends Scalar
    ? Values[Type]
    : Type extends { readonly list: infer Item }
      ? readonly ValueOf<Item, Values>[]
      : Type extends { readonly tuple: infer Items }
        ? { readonly [Index in keyof Items]: ValueOf<Items[Index], Values> }
        : Type extends { readonly fields: infer Fields }
          ? { readonly [Name in keyof Fields]: ValueOf<Fields[Name], Values> }
          : never;

type ArgumentOf<Type> = Type extends { readonly iterator: infer Item }
  ? Iterable<ValueOf<Item, Given>> | AsyncIterable<ValueOf<Item, Given>>
  : Type extends { readonly optional: infer Optional }
    ? ValueOf<Optional, Given> | undefined
    : ValueOf<Type, Given>;

type OptionalNames<Input> = {
  [Name in keyof Input]: Input[Name] extends { readonly optional: unknown } ? Name : never;
}[keyof Input];

/** The arguments of a declared method, by name. */
export type ArgumentsOf<Method extends DeclaredMethod> = {
  readonly [Name in Exclude<keyof Method['input'], OptionalNames<Method['input']>>]: ArgumentOf<Method['input'][Name]>;
} & {
  readonly [Name in OptionalNames<Method['input']>]?: ArgumentOf<Method['input'][Name]>;
};

/** What a declared method answers. */
export type AnswerOf<Method extends DeclaredMethod> = Method['output'] extends { readonly optional: infer Optional }
  ? ValueOf<Optional, Answered> | null
  : ValueOf<Method['output'], Answered>;
