import type { Data, Input } from '../../generated/proto/clarifai/api/resources';
import { assertArray, assertBoolean, assertNumber, assertObject, assertString, invalidArgument } from '../base/assert';
import type { DeepPartial, Mutable } from '../wire/codec';
import { toConcept } from './concepts';
import type { InputLike, InputLiteral, TextLike } from './input-like';
import { assertJsonObject } from './json';
import { maxFileBytes } from '../base/limits';
import { mediaKindOfBytes, mediaKindOfMimeType, mediaKindOfName, type MediaKind } from './media-kind';
import {
  assertMediumSize,
  type LoadMedium,
  type Medium,
  mediumAtUrl,
  mediumInFile,
  mediumOfBytes,
  toMedium,
} from './medium';

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

const maxIdLength = 48;

/**
 * Builds the Input message for whatever the caller gave, and checks it against the service's limits: at once, unless there
 * is a file or a Blob to be read.
 *
 * @param name how errors call it, such as `inputs[3]`
 * @throws InvalidRequestError naming the argument and the value
 */
export function toInput(inputLike: InputLike, name: string): BuiltInput | Promise<BuiltInput> {
  const literal = toLiteral(inputLike, name);
  const media = mediaOf(literal, name);
  if (media.length === 0 && literal.data === undefined) {
    throw invalidArgument(name, 'an input with a URL, bytes, a file or a text', inputLike);
  }
  return isLoaded(media) ? build(literal, media, name) : load(media).then((loaded) => build(literal, loaded, name));
}

function build(literal: InputLiteral, media: readonly Given<Content>[], name: string): BuiltInput {
  const data: DataDraft = { ...literal.data };
  for (const { kind, content, name: ownName } of media) {
    addMedium(data, kind ?? kindOf(content, literal, ownName), content, literal, ownName);
  }
  addLabels(data, literal, name);
  const message: Mutable<DeepPartial<Input>> = { data };
  if (literal.id !== undefined) message.id = literal.id;
  if (literal.datasetIds !== undefined) message.datasetIds = literal.datasetIds;
  return { message, isVideo: data.video !== undefined };
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

/** What one medium of an input consists of. */
type Content = Medium | { readonly raw: string };

/** A medium as the caller gave it. */
interface Given<C> {
  /** `undefined` when it is to be found out. */
  readonly kind: MediaKind | undefined;
  readonly content: C;
  readonly name: string;
}

function mediaOf(literal: InputLiteral, name: string): readonly Given<Content | LoadMedium>[] {
  const { url, bytes, file, text } = literal;
  const media: Given<Content | LoadMedium>[] = [];
  if (url !== undefined) media.push({ kind: undefined, content: mediumAtUrl(url, `${name}.url`), name: `${name}.url` });
  if (bytes !== undefined)
    media.push({ kind: undefined, content: mediumOfBytes(bytes, `${name}.bytes`), name: `${name}.bytes` });
  if (file !== undefined)
    media.push({ kind: undefined, content: mediumInFile(file, `${name}.file`), name: `${name}.file` });
  if (media.length > 1) {
    const given = (['url', 'bytes', 'file'] as const).filter((field) => literal[field] !== undefined);
    throw invalidArgument(name, 'only one of url, bytes and file', given.join(' and '));
  }
  for (const kind of ['image', 'video', 'audio'] as const) {
    const given = literal[kind];
    if (given !== undefined) {
      media.push({ kind, content: toMedium(given, `${name}.${kind}`), name: `${name}.${kind}` });
    }
  }
  if (text !== undefined)
    media.push({ kind: 'text', content: toTextContent(text, `${name}.text`), name: `${name}.text` });
  return media;
}

function isLoaded(media: readonly Given<Content | LoadMedium>[]): media is readonly Given<Content>[] {
  return !media.some(({ content }) => typeof content === 'function');
}

function load(media: readonly Given<Content | LoadMedium>[]): Promise<readonly Given<Content>[]> {
  return Promise.all(
    media.map(async ({ kind, content, name }) => ({
      kind,
      content: typeof content === 'function' ? await content() : content,
      name,
    })),
  );
}

function kindOf(medium: Content, literal: InputLiteral, name: string): MediaKind {
  if ('raw' in medium) return 'text';
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

function addMedium(data: DataDraft, kind: MediaKind, medium: Content, literal: InputLiteral, name: string): void {
  if ('raw' in medium) {
    const bytes = Buffer.byteLength(medium.raw);
    if (bytes > maxFileBytes) throw invalidArgument(name, `at most ${maxFileBytes} bytes of UTF-8`, bytes);
    data.text = medium;
    return;
  }
  assertMediumSize(medium, kind, name);
  if ('url' in medium) {
    const { allowDuplicateUrl } = literal;
    data[kind] = allowDuplicateUrl === undefined ? { url: medium.url } : { url: medium.url, allowDuplicateUrl };
  } else if (kind === 'text') data.text = { raw: Buffer.from(medium.bytes).toString('utf8') };
  else data[kind] = { base64: medium.bytes };
}

function toTextContent(text: TextLike, name: string): Content | LoadMedium {
  if (typeof text === 'string') return { raw: text };
  assertObject(text, name, ['raw', 'url', 'file']);
  if (!('raw' in text)) return toMedium(text, name);
  assertString(text.raw, `${name}.raw`);
  return { raw: text.raw };
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
