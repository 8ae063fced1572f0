import type { Data, Input } from '../../generated/proto/clarifai/api/resources';
import { assertArray, assertBoolean, assertNumber, assertObject, assertString, invalidArgument } from '../base/assert';
import type { DeepPartial, Mutable } from '../wire/codec';
import { toConcept } from './concepts';
import type { InputLike, InputLiteral } from './input-like';
import { decodeText } from './decode-text';
import { assertInputId } from './input-id';
import { assertJsonObject } from './json';
import { literalOf } from './literal-of';
import { maxFileBytes } from '../base/limits';
import { mediaKindOfBytes, mediaKindOfName, type MediaKind } from './media-kind';
import { isLoaded, loadMedia, type LoadedLiteral } from './load-media';
import { assertNoStream } from './streams';
import { assertMediumSize, mediumAtUrl, mediumOfBytes, type Medium, toMedium } from './medium';

/** An Input message whose fields are within the service's limits. */
export interface BuiltInput {
  readonly message: DeepPartial<Input>;
  /** A request may carry one video only. */
  readonly isVideo: boolean;
}

type DataDraft = Mutable<DeepPartial<Data>>;

const literalFields = [
  'id',
  'image',
  'video',
  'audio',
  'text',
  'url',
  'bytes',
  'file',
  'concepts',
  'metadata',
  'geo',
  'datasetIds',
  'allowDuplicateUrl',
  'data',
] as const satisfies readonly (keyof InputLiteral)[];

/**
 * Builds the Input message for whatever the caller gave, and checks it against the service's limits: at once, unless there
 * is a file or a Blob to be read.
 *
 * @param name how errors call it, such as `inputs[3]`
 * @throws InvalidRequestError naming the argument and the value
 */
export function toInput(inputLike: InputLike | Error, name: string): BuiltInput | Promise<BuiltInput> {
  const literal = toLiteral(inputLike, name);
  assertMedia(literal, name);
  return isLoaded(literal) ? build(literal, name) : loadMedia(literal, name).then((loaded) => build(loaded, name));
}

function build(literal: LoadedLiteral, name: string): BuiltInput {
  const data: DataDraft = literal.data === undefined ? {} : { ...literal.data };
  addMedia(data, literal, name);
  addLabels(data, literal, name);
  const message: Mutable<DeepPartial<Input>> = literal.id === undefined ? { data } : { id: literal.id, data };
  if (literal.datasetIds !== undefined) message.datasetIds = literal.datasetIds;
  return { message, isVideo: data.video !== undefined };
}

function toLiteral(inputLike: InputLike | Error, name: string): InputLiteral {
  const literal = literalOf(inputLike);
  assertNoStream(literal, name);
  assertObject(literal, name, literalFields);
  const { id, data, concepts, datasetIds, allowDuplicateUrl } = literal;
  if (data !== undefined) assertObject(data, `${name}.data`);
  if (concepts !== undefined) assertArray(concepts, `${name}.concepts`, 'an array of concepts');
  if (datasetIds !== undefined) assertStrings(datasetIds, `${name}.datasetIds`);
  if (allowDuplicateUrl !== undefined) assertBoolean(allowDuplicateUrl, `${name}.allowDuplicateUrl`);
  if (id !== undefined) assertInputId(id, `${name}.id`);
  return literal;
}

function assertMedia(literal: InputLiteral, name: string): void {
  const { url, bytes, file, image, video, audio, text, data } = literal;
  if (Number(url !== undefined) + Number(bytes !== undefined) + Number(file !== undefined) > 1) {
    const given = (['url', 'bytes', 'file'] as const).filter((field) => literal[field] !== undefined);
    throw invalidArgument(name, 'only one of url, bytes and file', given.join(' and '));
  }
  const some = url ?? bytes ?? file ?? image ?? video ?? audio ?? text ?? data;
  if (some === undefined) throw invalidArgument(name, 'an input with a URL, bytes, a file or a text', literal);
}

function assertStrings(values: readonly string[], name: string): void {
  assertArray(values, name, 'an array of ids');
  values.forEach((value, index) => assertString(value, `${name}[${index}]`, { nonEmpty: true }));
}

function addMedia(data: DataDraft, literal: LoadedLiteral, name: string): void {
  const { url, bytes, file, text } = literal;
  if (url !== undefined) {
    const medium = mediumAtUrl(url, `${name}.url`);
    addMedium(data, mediaKindOfName(medium.url) ?? 'image', medium, literal, `${name}.url`);
  } else if (bytes !== undefined) {
    const ownName = file === undefined ? `${name}.bytes` : `${name}.file`;
    const medium = mediumOfBytes(bytes, ownName);
    addMedium(data, kindOf(medium.bytes, file, ownName), medium, literal, ownName);
  }
  for (const kind of ['image', 'video', 'audio'] as const) {
    const media = literal[kind];
    if (media !== undefined) addMedium(data, kind, toMedium(media, `${name}.${kind}`), literal, `${name}.${kind}`);
  }
  if (text !== undefined) addText(data, text, literal, `${name}.text`);
}

function kindOf(bytes: Uint8Array, file: string | undefined, name: string): MediaKind {
  // Texts have no first bytes of their own.
  const isText = file !== undefined && mediaKindOfName(file) === 'text';
  const kind = mediaKindOfBytes(bytes) ?? (isText ? 'text' : undefined);
  if (kind === undefined && bytes.length > 0) {
    throw invalidArgument(
      name,
      'a kind of file known by its first bytes (or give it as image, video, audio or text)',
      file ?? bytes,
    );
  }
  return kind ?? 'image';
}

function addMedium(data: DataDraft, kind: MediaKind, medium: Medium, literal: LoadedLiteral, name: string): void {
  assertMediumSize(medium, kind, name);
  if ('url' in medium) {
    const { allowDuplicateUrl } = literal;
    data[kind] = allowDuplicateUrl === undefined ? medium : { url: medium.url, allowDuplicateUrl };
  } else if (kind === 'text') data.text = { raw: decodeText(medium.bytes, name) };
  else data[kind] = { base64: medium.bytes };
}

function addText(
  data: DataDraft,
  text: NonNullable<LoadedLiteral['text']>,
  literal: LoadedLiteral,
  name: string,
): void {
  if (typeof text !== 'string') assertObject(text, name, ['raw', 'url', 'file']);
  if (typeof text === 'object' && !('raw' in text)) return addMedium(data, 'text', toMedium(text, name), literal, name);
  const raw = typeof text === 'string' ? text : text.raw;
  assertString(raw, `${name}.raw`);
  const bytes = Buffer.byteLength(raw);
  if (bytes > maxFileBytes) throw invalidArgument(name, `at most ${maxFileBytes} bytes of UTF-8`, bytes);
  data.text = { raw };
}

/** Puts concepts, metadata and place into an input's data. */
export function addLabels(
  data: DataDraft,
  literal: Pick<InputLiteral, 'concepts' | 'metadata' | 'geo'>,
  name: string,
): void {
  if (literal.concepts !== undefined) {
    data.concepts = literal.concepts.map((concept, index) => toConcept(concept, `${name}.concepts[${index}]`));
  }
  if (literal.metadata !== undefined) {
    assertJsonObject(literal.metadata, `${name}.metadata`);
    data.metadata = literal.metadata;
  }
  if (literal.geo !== undefined) {
    const { geo } = literal;
    assertObject(geo, `${name}.geo`, ['latitude', 'longitude']);
    assertNumber(geo.latitude, `${name}.geo.latitude`, { min: -90, max: 90 });
    assertNumber(geo.longitude, `${name}.geo.longitude`, { min: -180, max: 180 });
    data.geo = { geoPoint: { latitude: geo.latitude, longitude: geo.longitude } };
  }
}
