import { Metadata } from '@grpc/grpc-js';
import { invalidArgument } from '../base/assert';
import type { MetadataInit, MetadataLike, ReceivedMetadata } from '../options/rpc-options';

type Value = string | Uint8Array;

/** Reads metadata in any of the forms that callers have it. */
export function toMetadata(init: MetadataInit): Metadata {
  if (init instanceof Metadata) return init;
  const metadata = new Metadata();
  for (const [name, value] of pairs(init)) add(metadata, name, value);
  return metadata;
}

/** Metadata as callers get it: plain data. */
export function fromMetadata(metadata: Metadata): ReceivedMetadata {
  const received: Record<string, Value> = {};
  for (const [name, first] of Object.entries(metadata.getMap())) {
    received[name] = typeof first === 'string' ? metadata.get(name).join(', ') : first;
  }
  return received;
}

function* pairs(init: MetadataInit): Iterable<readonly [name: string, value: Value]> {
  if (typeof init !== 'object' || init === null) throw invalid(init);
  if (isPairs(init)) {
    for (const pair of init) {
      if (!Array.isArray(pair) || pair.length !== 2) throw invalidArgument('metadata', 'pairs of name and value', pair);
      yield pair;
    }
  } else if (isMetadataLike(init)) {
    yield* foreignPairs(init);
  } else {
    for (const [name, values] of Object.entries(init)) {
      for (const value of Array.isArray(values) ? (values as readonly Value[]) : [values as Value]) yield [name, value];
    }
  }
}

// A Metadata of another copy of grpc-js: no `instanceof` of ours, but the same HTTP/2 headers.
function* foreignPairs(metadata: MetadataLike): Iterable<readonly [name: string, value: Value]> {
  for (const [name, header] of Object.entries(metadata.toHttp2Headers())) {
    for (const value of Array.isArray(header) ? (header as readonly string[]) : [header as string]) {
      yield [name, name.endsWith('-bin') ? Buffer.from(value, 'base64') : value];
    }
  }
}

// Messages never show a value: it may be a secret, and grpc-js's own errors do show it.
function add(metadata: Metadata, name: string, value: Value): void {
  const binary = typeof name === 'string' && name.toLowerCase().endsWith('-bin');
  const expected = binary ? 'a Uint8Array, as its name ends in -bin' : 'a string of printable ASCII';
  const valid = binary ? value instanceof Uint8Array : typeof value === 'string' && /^[\x20-\x7e]*$/.test(value);
  if (typeof name !== 'string' || !/^[\w.-]+$/.test(name)) {
    throw invalidArgument('metadata', 'named with letters, digits, `-`, `_` and `.`', name);
  }
  if (!valid) throw invalidArgument(`metadata.${name}`, expected, value, { hideValue: true });
  metadata.add(name, typeof value === 'string' ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength));
}

function isPairs(init: MetadataInit): init is readonly (readonly [string, Value])[] {
  return Array.isArray(init);
}

function isMetadataLike(init: object): init is MetadataLike {
  return 'toHttp2Headers' in init && typeof init.toHttp2Headers === 'function';
}

function invalid(value: unknown): Error {
  return invalidArgument('metadata', 'pairs, a plain object, or a grpc-js Metadata', value);
}
