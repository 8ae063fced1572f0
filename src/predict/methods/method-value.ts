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
import type { Plain } from '../../operations/to-plain';

/**
 * What a method is given for an argument: of type STR a string, BYTES a Uint8Array, INT and FLOAT a number, BOOL a boolean,
 * JSON_DATA an object or array of JSON, NDARRAY `{ buffer, shape, dtype }`, TEXT a text or where it is, IMAGE, AUDIO and VIDEO
 * a URL, bytes or `{ file }` as in an input, CONCEPT an id or a concept, REGION and FRAME the fields of their messages, LIST
 * and TUPLE an array, NAMED_FIELDS an object. What comes bit by bit is an iterable, or an async iterable, of those.
 */
export type MethodArgument = string | number | boolean | object;

/** Arguments by name. */
export type MethodArguments = Readonly<Record<string, MethodArgument | undefined>>;

/** What a method answers, by its type: see `MethodArgument`; texts, media, concepts, regions and frames as plain data. */
export type MethodValue =
  | string
  | number
  | boolean
  | null
  | Uint8Array
  | Plain<NDArray>
  | Plain<Text>
  | Plain<Image>
  | Plain<Audio>
  | Plain<Video>
  | Plain<Concept>
  | Plain<Region>
  | Plain<Frame>
  | readonly MethodValue[]
  | { readonly [name: string]: MethodValue };
