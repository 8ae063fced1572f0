import { Input as inputCodec } from '../../generated/codec/core';
import type { Data, Input } from '../../generated/proto/clarifai/api/resources';
import { assertArray, assertBoolean, assertNumber, assertObject, assertString, invalidArgument } from '../base/assert';
import type { DeepPartial, Mutable } from '../wire/codec';
import { EncodeError } from '../wire/errors';
import { toConcept } from './concepts';
import type { InputLike, InputLiteral, MediaLike, TextLike } from './input-like';
import { assertJsonObject } from './json';
import { maxFileBytes, maxRequestBytes } from '../base/limits';
import { mediaKindOfBytes, mediaKindOfMimeType, mediaKindOfName, type MediaKind } from './media-kind';
import { assertMediumSize, type Medium, toMedium } from './medium';

/** An Input message that is within the service's limits. */
export interface BuiltInput {
  readonly message: DeepPartial<Input>;
  /** Exact encoded size. */
  readonly encodedBytes: number;
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

const maxIdLength = 48;

/**
 * Builds the Input message for whatever the caller gave, reading files, and checks it against the service's limits.
 *
 * @param name how errors call it, such as `inputs[3]`
 * @throws InvalidRequestError naming the argument and the value
 */
export async function toInput(inputLike: InputLike, name: string): Promise<BuiltInput> {
  const literal = toLiteral(inputLike, name);
  const data: DataDraft = { ...literal.data };
  await addMedia(data, literal, name);
  if (data.image === undefined && data.video === undefined && data.audio === undefined && data.text === undefined) {
    if (literal.data === undefined)
      throw invalidArgument(name, 'an input with a URL, bytes, a file or a text', inputLike);
  }
  addLabels(data, literal, name);
  const message: DeepPartial<Input> = {
    ...(literal.id !== undefined && { id: literal.id }),
    data,
    ...(literal.datasetIds !== undefined && { datasetIds: literal.datasetIds }),
  };
  const encodedBytes = sizeOf(message, name);
  if (encodedBytes > maxRequestBytes) throw invalidArgument(name, `at most ${maxRequestBytes} bytes`, encodedBytes);
  return { message, encodedBytes, isVideo: data.video !== undefined };
}

// Everything but the raw `data` has been checked field by field.
function sizeOf(message: DeepPartial<Input>, name: string): number {
  try {
    return inputCodec.size(message);
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    throw invalidArgument(`${name}.data`, `a Data message (${error.expected})`, error.value, { cause: error });
  }
}

function toLiteral(inputLike: InputLike, name: string): InputLiteral {
  if (typeof inputLike === 'string') return { url: inputLike };
  if (inputLike instanceof Uint8Array) return { bytes: inputLike };
  if (inputLike instanceof Blob) return { [mediaKindOfMimeType(inputLike.type) ?? 'image']: inputLike };
  assertObject(inputLike, name, literalFields);
  const { data, concepts, datasetIds, allowDuplicateUrl } = inputLike;
  if (data !== undefined) assertObject(data, `${name}.data`);
  if (concepts !== undefined) assertArray(concepts, `${name}.concepts`, 'an array of concepts');
  if (datasetIds !== undefined) assertStrings(datasetIds, `${name}.datasetIds`);
  if (allowDuplicateUrl !== undefined) assertBoolean(allowDuplicateUrl, `${name}.allowDuplicateUrl`);
  if (inputLike.id !== undefined) assertInputId(inputLike.id, `${name}.id`);
  return inputLike;
}

function assertStrings(values: readonly string[], name: string): void {
  assertArray(values, name, 'an array of ids');
  values.forEach((value, index) => assertString(value, `${name}[${index}]`, { nonEmpty: true }));
}

function assertInputId(id: string, name: string): void {
  assertString(id, name, { nonEmpty: true });
  if (id.length > maxIdLength || /[/\s]/.test(id)) {
    throw invalidArgument(name, `an id of at most ${maxIdLength} characters without slash or space`, id);
  }
}

async function addMedia(data: DataDraft, literal: InputLiteral, name: string): Promise<void> {
  const ofAnyKind = (['url', 'bytes', 'file'] as const).filter((field) => literal[field] !== undefined);
  if (ofAnyKind.length > 1) throw invalidArgument(name, 'only one of url, bytes and file', ofAnyKind.join(' and '));
  const [field] = ofAnyKind;
  if (field !== undefined) {
    const medium = await toMedium({ [field]: literal[field] } as Exclude<MediaLike, string>, name);
    addMedium(data, kindOf(medium, literal, `${name}.${field}`), medium, literal, `${name}.${field}`);
  }
  for (const kind of ['image', 'video', 'audio'] as const) {
    const media = literal[kind];
    if (media !== undefined)
      addMedium(data, kind, await toMedium(media, `${name}.${kind}`), literal, `${name}.${kind}`);
  }
  if (literal.text !== undefined)
    addMedium(data, 'text', await toTextMedium(literal.text, `${name}.text`), literal, `${name}.text`);
}

function kindOf(medium: Medium, literal: InputLiteral, name: string): MediaKind {
  if ('url' in medium) return mediaKindOfName(medium.url) ?? 'image';
  const kind =
    mediaKindOfBytes(medium.bytes) ?? (literal.file === undefined ? undefined : mediaKindOfName(literal.file));
  if (kind === undefined && medium.bytes.length > 0) {
    throw invalidArgument(
      name,
      'a kind of file known by its first bytes (or give it as image, video, audio or text)',
      medium.bytes,
    );
  }
  return kind ?? 'image';
}

function addMedium(
  data: DataDraft,
  kind: MediaKind,
  medium: Medium | { readonly raw: string },
  literal: InputLiteral,
  name: string,
): void {
  if ('raw' in medium) {
    const bytes = Buffer.byteLength(medium.raw);
    if (bytes > maxFileBytes) throw invalidArgument(name, `at most ${maxFileBytes} bytes of UTF-8`, bytes);
    data.text = medium;
    return;
  }
  assertMediumSize(medium, kind, name);
  const allowDuplicateUrl = literal.allowDuplicateUrl !== undefined && { allowDuplicateUrl: literal.allowDuplicateUrl };
  if ('url' in medium) data[kind] = { url: medium.url, ...allowDuplicateUrl };
  else if (kind === 'text') data.text = { raw: Buffer.from(medium.bytes).toString('utf8') };
  else data[kind] = { base64: medium.bytes };
}

async function toTextMedium(text: TextLike, name: string): Promise<Medium | { readonly raw: string }> {
  if (typeof text === 'string') return { raw: text };
  assertObject(text, name, ['raw', 'url', 'file']);
  if (!('raw' in text)) return toMedium(text, name);
  assertString(text.raw, `${name}.raw`);
  return { raw: text.raw };
}

function addLabels(data: DataDraft, literal: InputLiteral, name: string): void {
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
