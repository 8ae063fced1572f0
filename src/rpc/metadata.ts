import { Metadata } from '@grpc/grpc-js';
import { invalidArgument, invalidRequest } from '../base/assert';
import { describeHidden } from '../base/describe';
import type { ReceivedMetadata } from '../base/received-metadata';
import type { MetadataInit, MetadataLike } from '../options/rpc-options';

type Value = string | Uint8Array;

/** Reads metadata in any of the forms that callers have it. */
export function toMetadata(init: MetadataInit): Metadata {
  if (init instanceof Metadata) {
    Object.keys(init.getMap()).forEach(assertFree);
    return init;
  }
  const metadata = new Metadata();
  for (const entry of entriesOf(init)) add(metadata, entry);
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

interface Entry {
  readonly name: string;
  readonly value: Value;
  /** Which of several pairs it is, for errors: the name of a pair may be a credential, given the wrong way round. */
  readonly index?: number;
}

function* entriesOf(init: MetadataInit): Iterable<Entry> {
  if (typeof init !== 'object' || init === null) throw invalid(init);
  if (isPairs(init)) {
    for (const [index, pair] of init.entries()) {
      if (!Array.isArray(pair) || pair.length !== 2) {
        throw invalidArgument(`metadata[${index}]`, 'a pair of name and value', pair, hidden);
      }
      yield { name: pair[0], value: pair[1], index };
    }
  } else if (isMetadataLike(init)) {
    yield* foreignEntries(init);
  } else {
    for (const [name, values] of Object.entries(init)) {
      for (const value of Array.isArray(values) ? (values as readonly Value[]) : [values as Value])
        yield { name, value };
    }
  }
}

// A Metadata of another copy of grpc-js: no `instanceof` of ours, but the same HTTP/2 headers.
function* foreignEntries(metadata: MetadataLike): Iterable<Entry> {
  for (const [name, header] of Object.entries(metadata.toHttp2Headers())) {
    for (const value of Array.isArray(header) ? (header as readonly string[]) : [header as string]) {
      yield { name, value: name.endsWith('-bin') ? Buffer.from(value, 'base64') : value };
    }
  }
}

// Messages never show a value: it may be a secret, and grpc-js's own errors do show it.
const hidden = { hideValue: true };

function add(metadata: Metadata, { name, value, index }: Entry): void {
  const binary = typeof name === 'string' && name.toLowerCase().endsWith('-bin');
  const expected = binary ? 'a Uint8Array, as its name ends in -bin' : 'a string of printable ASCII';
  const valid = binary ? value instanceof Uint8Array : typeof value === 'string' && /^[\x20-\x7e]*$/.test(value);
  if (typeof name !== 'string' || !/^[\w.-]+$/.test(name)) {
    const where = index === undefined ? 'a name in `metadata`' : `the name of \`metadata[${index}]\``;
    throw invalidRequest(
      `Expected ${where} to be of letters, digits, \`-\`, \`_\` and \`.\`, got ${describeHidden(name)}`,
    );
  }
  assertFree(name);
  if (!valid) {
    throw invalidArgument(index === undefined ? `metadata.${name}` : `metadata[${index}]`, expected, value, hidden);
  }
  metadata.add(name, typeof value === 'string' ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength));
}

// Node's HTTP/2 refuses the first six, and grpc-js then tries again without end; the others are gRPC's own.
const taken: ReadonlySet<string> = new Set([
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'content-type',
  'grpc-accept-encoding',
  'grpc-encoding',
  'grpc-message',
  'grpc-status',
  'grpc-timeout',
  'host',
  'te',
]);

function assertFree(name: string): void {
  if (!taken.has(name.toLowerCase())) return;
  throw invalidRequest(`Expected \`metadata\` to leave \`${name}\` to HTTP/2 and gRPC, got a value for it`);
}

function isPairs(init: MetadataInit): init is readonly (readonly [string, Value])[] {
  return Array.isArray(init);
}

function isMetadataLike(init: object): init is MetadataLike {
  return 'toHttp2Headers' in init && typeof init.toHttp2Headers === 'function';
}

function invalid(value: unknown): Error {
  return invalidArgument('metadata', 'pairs, a plain object, or a grpc-js Metadata', value, hidden);
}
