import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { JsonObject } from '../../index';
import { jsonObject } from '../shell/given';
import type { Terminal } from '../shell/terminal';

/** The one request of a call: JSON, `@` and the path of a file, or `-` for stdin; without any an empty one. */
export async function* oneRequest(
  given: string | undefined,
  { stdin }: Terminal,
): AsyncGenerator<JsonObject, void, undefined> {
  if (given === undefined) yield {};
  else if (given === '-') yield jsonObject(await text(stdin), 'stdin');
  else if (given.startsWith('@')) yield jsonObject(await readFile(given.slice(1), 'utf8'), given.slice(1));
  else yield jsonObject(given, 'the request');
}

/** The requests of a call that takes a stream: of a file and of stdin each line is one, sent when it comes. */
export async function* manyRequests(
  given: string | undefined,
  terminal: Terminal,
): AsyncGenerator<JsonObject, void, undefined> {
  const isFile = given?.startsWith('@') === true;
  if (given !== undefined && given !== '-' && !isFile) {
    yield* oneRequest(given, terminal);
    return;
  }
  const input = isFile ? createReadStream(given.slice(1)) : terminal.stdin;
  let line = 0;
  for await (const request of createInterface({ input })) {
    line += 1;
    if (request.trim() !== '') yield jsonObject(request, `${isFile ? given.slice(1) : 'stdin'}:${line}`);
  }
}
