import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable, pipeline } from 'node:stream';
import type { HostedFile } from './hosted-media';

/** Answers with a file, or with the part of it that a `range` asks for. */
export function sendFile(file: HostedFile, { method, headers }: IncomingMessage, response: ServerResponse): void {
  const { contentType, sizeBytes, etag } = file;
  const range = rangeOf(headers, file);
  const common = { 'content-type': contentType, 'accept-ranges': 'bytes', ...(etag !== undefined && { etag }) };
  if (range === 'unsatisfiable') {
    response.writeHead(416, { ...common, 'content-range': `bytes */${sizeBytes}` }).end();
    return;
  }
  const { from, to } = range ?? { from: 0, to: sizeBytes };
  response.writeHead(range === undefined ? 200 : 206, {
    ...common,
    'content-length': to - from,
    ...(range && { 'content-range': `bytes ${from}-${to - 1}/${sizeBytes}` }),
  });
  if (method === 'HEAD') return void response.end();
  // A client that leaves in the middle is no error of anyone's; a file that cannot be read to its end breaks the connection.
  pipeline(Readable.from(slice(file.read(), from, to), { objectMode: false }), response, () => undefined);
}

/** Bytes from `from` to before `to`. */
interface Range {
  readonly from: number;
  readonly to: number;
}

function rangeOf(
  headers: IncomingMessage['headers'],
  { sizeBytes, etag }: HostedFile,
): Range | 'unsatisfiable' | undefined {
  const condition = headers['if-range'];
  if (condition !== undefined && condition !== etag) return undefined;
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '') ?? [];
  // Several ranges at once, and other units, are answered with the whole, as RFC 9110 allows.
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const to = first === '' || last === '' ? sizeBytes : Math.min(sizeBytes, Number(last) + 1);
  return from < to ? { from, to } : 'unsatisfiable';
}

async function* slice(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const piece of pieces) {
    const wanted = piece.subarray(Math.max(0, from - at), Math.max(0, to - at));
    if (wanted.length > 0) yield wanted;
    at += piece.length;
    if (at >= to) return;
  }
}
