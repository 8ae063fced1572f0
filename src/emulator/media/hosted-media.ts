import type { HostedURL } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import { decodeImage } from '../image/decode';
import { imageFormat } from '../image/format';
import type { AppState } from '../state/app-state';
import type { InputRecord } from '../state/input-record';
import type { MediaKind, Owner } from '../state/input-urls';
import { mediaKinds } from '../state/input-urls';
import type { World } from '../state/world';
import { encodeJpeg } from './encode-jpeg';
import { shrink } from './shrink';

/** Longest sides of the sizes that images are hosted in beside the original, in pixels. */
const sidesBySize: Readonly<Record<string, number>> = { large: 1024, small: 320, tiny: 64 };
const plainSizes: readonly string[] = ['orig'];
const imageSizes: readonly string[] = [...plainSizes, ...Object.keys(sidesBySize)];

/** What a hosted URL gives. */
export interface HostedFile {
  readonly contentType: string;
  readonly sizeBytes: number;
  /** Says whether two reads give the same. */
  readonly etag?: string;
  read(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** What a path leads to. */
export interface HostedPath {
  readonly app: AppState;
  read(): HostedFile | undefined;
}

/** Where an input's bytes are hosted; `undefined` when the emulator does not keep them. */
export function hostedOf(app: AppState, record: InputRecord, kind: MediaKind): DeepPartial<HostedURL> | undefined {
  if (app.mediaBase === undefined || bytesOf(record, kind) === undefined) return undefined;
  return {
    prefix: app.mediaBase,
    suffix: suffixOf(app.owner, kind, record.id),
    sizes: kind === 'image' ? imageSizes : plainSizes,
    crossorigin: 'use-credentials',
  };
}

/** The app that a path of the form `/{size}/{suffix}` is about, and how to get the file there. */
export function findHosted(world: World, path: string): HostedPath | undefined {
  const match = /^\/([a-z]+)\/users\/([^/]+)\/apps\/([^/]+)\/inputs\/([a-z]+)\/([^/]+)$/.exec(path);
  const [, size = '', userId = '', appId = '', kindName, inputId = ''] = match ?? [];
  const kind = mediaKinds.find((one) => one === kindName);
  const app = world.app(decodePart(userId), decodePart(appId));
  if (kind === undefined || app === undefined) return undefined;
  return { app, read: () => readFile(app.inputs.get(decodePart(inputId)), kind, size) };
}

function readFile(record: InputRecord | undefined, kind: MediaKind, size: string): HostedFile | undefined {
  const bytes = record && bytesOf(record, kind);
  if (bytes === undefined) return undefined;
  if (size === 'orig') return toFile(contentTypeOf(kind, bytes), bytes);
  const side = kind === 'image' ? sidesBySize[size] : undefined;
  if (side === undefined) return undefined;
  // Formats that the emulator cannot read are hosted as they are, in every size.
  if (!['JPEG', 'PNG'].includes(imageFormat(bytes)?.format ?? '')) return toFile(contentTypeOf(kind, bytes), bytes);
  return toFile('image/jpeg', encodeJpeg(shrink(decodeImage(bytes), side)));
}

function toFile(contentType: string, bytes: Uint8Array): HostedFile {
  return { contentType, sizeBytes: bytes.length, read: () => [bytes] };
}

function bytesOf({ bytes, data }: InputRecord, kind: MediaKind): Uint8Array | undefined {
  if (data[kind] === undefined) return undefined;
  const raw = kind === 'text' ? data.text?.raw : undefined;
  return raw === undefined ? bytes : Buffer.from(raw);
}

function contentTypeOf(kind: MediaKind, bytes: Uint8Array): string {
  if (kind === 'text') return 'text/plain; charset=utf-8';
  const format = kind === 'image' ? imageFormat(bytes)?.format : undefined;
  return format === undefined ? 'application/octet-stream' : `image/${format.toLowerCase()}`;
}

function suffixOf({ userId, appId }: Owner, kind: MediaKind, inputId: string): string {
  const [user, app, input] = [userId, appId, inputId].map(encodeURIComponent);
  return `users/${user}/apps/${app}/inputs/${kind}/${input}`;
}

export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // An id never holds a percent sign, so nothing has this one.
    return part;
  }
}
