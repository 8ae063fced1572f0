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
import type { FieldType, Scalar } from '../../predict/methods/field-type';
import type { DeepPartial } from '../../wire/codec';

/** What each type that is not made of others is in JavaScript. */
export interface ScalarValues extends Readonly<Record<Scalar, unknown>> {
  /** A text. */
  readonly str: string;
  /** Any bytes. */
  readonly bytes: Uint8Array;
  /** A 64-bit integer. */
  readonly int: number;
  /** A number. */
  readonly float: number;
  /** Yes or no. */
  readonly bool: boolean;
  /** Whatever JSON can say. */
  readonly json: unknown;
  /** An array of numbers, as NumPy has them. */
  readonly ndarray: NDArray;
  /** A text with its URL, if it has one. */
  readonly text: Text;
  /** An image. */
  readonly image: Image;
  /** A concept. */
  readonly concept: Concept;
  /** A region of an image. */
  readonly region: Region;
  /** A frame of a video. */
  readonly frame: Frame;
  /** A recording. */
  readonly audio: Audio;
  /** A video. */
  readonly video: Video;
}

/** Name of a type that is made of no others. */
/** An argument of a method: `optional` ones have a value when none is sent, `iterator` ones come one by one. */
export type ArgumentType =
  FieldType | { readonly optional: FieldType; readonly default: unknown } | { readonly iterator: FieldType };

/** A value of a type; of a type that is not known yet, anything. */
export type ValueOf<Type> = FieldType extends Type
  ? unknown
  : Type extends Scalar
    ? ScalarValues[Type]
    : Type extends { readonly list: infer Item }
      ? readonly ValueOf<Item>[]
      : Type extends { readonly tuple: infer Items }
        ? { readonly [Index in keyof Items]: ValueOf<Items[Index]> }
        : Type extends { readonly fields: infer Fields }
          ? { readonly [Name in keyof Fields]: ValueOf<Fields[Name]> }
          : never;

/** What a method may answer for a type: of messages, the fields that are set. */
export type AnswerOf<Type> = FieldType extends Type
  ? unknown
  : Type extends Scalar
    ? DeepPartial<ScalarValues[Type]>
    : Type extends { readonly list: infer Item }
      ? readonly AnswerOf<Item>[]
      : Type extends { readonly tuple: infer Items }
        ? { readonly [Index in keyof Items]: AnswerOf<Items[Index]> }
        : Type extends { readonly fields: infer Fields }
          ? { readonly [Name in keyof Fields]: AnswerOf<Fields[Name]> }
          : never;

/** The arguments that a method is called with. */
export type ArgumentsOf<Types> = {
  readonly [Name in keyof Types]: Types[Name] extends { readonly iterator: infer Item }
    ? AsyncIterable<ValueOf<Item>>
    : Types[Name] extends { readonly optional: infer Type; readonly default: infer Default }
      ? ValueOf<Type> | Default
      : ValueOf<Types[Name]>;
};
