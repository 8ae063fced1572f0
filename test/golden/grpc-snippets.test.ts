import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { methods } from '../../generated/methods';
import type { MethodName } from '../../generated/methods';
import type { Codec } from '../../src/wire/codec';
import { EncodeError } from '../../src/wire/errors';
import { fromProtoJson } from './from-proto-json';

interface Snippet {
  readonly name: string;
  readonly path: string;
  readonly request_json?: unknown;
  readonly request_b64?: string;
  readonly map_order_free?: boolean;
  readonly stream_requests?: readonly {
    readonly request_json: unknown;
    readonly request_b64: string;
    readonly map_order_free?: boolean;
  }[];
  readonly response_b64: string | readonly string[];
}

/** What the official Python client sent and got, recorded from clarifai_grpc 12.5; the protos pinned here are 11.11. */
const { snippets } = JSON.parse(readFileSync(join(__dirname, '../fixtures/golden/grpc-snippets.json'), 'utf8')) as {
  readonly snippets: readonly Snippet[];
};

function codecs({ path }: Snippet): { request: Codec<object>; response: Codec<object> } {
  const row = methods[path.slice(path.lastIndexOf('/') + 1) as MethodName];
  // The table's rows differ in their message types; every request here is only an object.
  return { request: row.request() as unknown as Codec<object>, response: row.response() as unknown as Codec<object> };
}

/** Rows whose protos differ between the recording (12.5) and the version pinned here (11.11), and how. */
const retyped: Readonly<Record<string, string>> = {
  'own-post-annotations-polygon-span-track':
    'FrameInfo.time is uint64 in 12.5 and holds 2^64-1 here; in 11.11 it is uint32',
};

describe.each(snippets.filter(({ name }) => retyped[name] === undefined))('$name', (snippet) => {
  const requests = snippet.stream_requests ?? [snippet];

  test('a request has the bytes that the Python client sends, maps in sorted order', () => {
    const { request } = codecs(snippet);
    for (const { request_json, request_b64 } of requests as Required<Snippet>[]) {
      const encoded = request.encode(fromProtoJson(request.typeName, request_json));
      expect(Buffer.from(encoded).toString('base64')).toBe(request_b64);
      expect(request.encode(request.decode(encoded))).toEqual(encoded);
    }
  });

  test('an answer decodes to what encodes to the same bytes', () => {
    const { response } = codecs(snippet);
    for (const base64 of [snippet.response_b64].flat()) {
      const decoded = response.decode(Buffer.from(base64, 'base64'));
      expect(Buffer.from(response.encode(decoded)).toString('base64')).toBe(base64);
    }
  });
});

describe.each(snippets.filter(({ name }) => retyped[name] !== undefined))('$name, retyped since', (snippet) => {
  test('a number that no longer fits its field is refused, not cut', () => {
    const { request } = codecs(snippet);
    const message = fromProtoJson(request.typeName, snippet.request_json);
    expect(() => request.encode(message)).toThrow(
      new EncodeError('an unsigned 32-bit integer', '18446744073709551615'),
    );
  });

  test('a number from newer protos is cut to 32 bits on decoding, as every decoder does', () => {
    const { response } = codecs(snippet);
    const answer = response.decode(Buffer.from(String(snippet.response_b64), 'base64'));
    expect(answer).toMatchObject({ annotations: [{ data: { frames: [{ frameInfo: { time: 4294967295 } }] } }] });
  });
});
