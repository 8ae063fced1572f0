import { readFile, stat } from 'node:fs/promises';
import type { InputLike } from '../../index';
import { isLiteral } from '../shell/is-literal';
import { imageTypeOf } from './image-type';

/** What an input is to whoever looks at it. */
export type Medium =
  | { readonly kind: 'image'; readonly bytes: Uint8Array; readonly type: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unseen'; readonly reason: string };

/** As much as the service takes of an image. */
const mostBytes = 20 * 1024 * 1024;
const downloadTimeoutMs = 20_000;

/** Reads or downloads what was predicted on. What cannot be had has a reason in its place: the prediction counts more. */
export async function loadMedium(input: InputLike): Promise<Medium> {
  try {
    if (isLiteral(input) && typeof input.text === 'string') return { kind: 'text', text: input.text };
    const bytes = await bytesOf(input);
    const type = bytes && imageTypeOf(bytes);
    if (bytes !== undefined && type !== undefined) return { kind: 'image', bytes, type };
    return { kind: 'unseen', reason: 'it is no picture' };
  } catch (error) {
    return { kind: 'unseen', reason: reasonOf(error) };
  }
}

async function bytesOf(input: InputLike): Promise<Uint8Array | undefined> {
  if (typeof input === 'string' || input instanceof URL) return download(input);
  if (input instanceof Uint8Array) return input;
  if (!isLiteral(input)) return undefined;
  const { file, url, bytes } = input;
  if (file !== undefined) {
    // A film would be read whole for nothing.
    if ((await stat(file)).size > mostBytes) throw tooLarge();
    return readFile(file);
  }
  if (url !== undefined) return download(url);
  return bytes instanceof Uint8Array ? bytes : undefined;
}

async function download(url: string | URL): Promise<Uint8Array> {
  const response = await fetch(url, { signal: AbortSignal.timeout(downloadTimeoutMs) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const parts: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const part of body ?? []) {
    size += part.length;
    if (size > mostBytes) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function tooLarge(): Error {
  return new Error(`it is larger than ${mostBytes} bytes`);
}

/** What fetch throws says why in its cause alone. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}
