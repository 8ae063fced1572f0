import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal } from '../answers';
import type { Credentials } from '../service/auth';
import { owns } from '../service/scope';
import type { World } from '../state/world';
import { findExport } from './hosted-exports';
import type { HostedFile } from './hosted-media';
import { findHosted } from './hosted-media';
import { sendFile } from './send-file';

/** Whose files are hosted, and who may read them. */
export interface MediaAccess {
  readonly credentials: Credentials;
  /** Asked for with each request: the server is there before the world that knows of it. */
  readonly world: () => World;
}

/** Answers a request for a file that the emulator hosts. */
export function answerMedia(request: IncomingMessage, response: ServerResponse, access: MediaAccess): void {
  const { method = '', url = '/' } = request;
  if (method !== 'GET' && method !== 'HEAD') return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
  let file: HostedFile | number;
  try {
    file = find(url.replace(/\?.*$/, ''), request, access);
  } catch {
    // Bytes that looked like an image and are damaged, or a decoder that is not installed.
    file = 500;
  }
  if (typeof file === 'number') return void response.writeHead(file).end();
  sendFile(file, request, response);
}

/** The file, or the HTTP status that says why not. */
function find(path: string, { headers }: IncomingMessage, { credentials, world }: MediaAccess): HostedFile | number {
  // As the service does it: who shows no credential is not even told that there is something.
  if (headers.authorization === undefined && headers['x-clarifai-session-token'] === undefined) return 404;
  try {
    const principal = credentials.authenticate('GetInput', headers);
    const found = findHosted(world(), path) ?? findExport(world(), path);
    if (found === undefined) return 404;
    if (!found.app.isPublic && !owns(principal, found.app)) return 401;
    return found.read() ?? 404;
  } catch (error) {
    if (error instanceof Refusal && isAboutCredential(error)) return 401;
    throw error;
  }
}

function isAboutCredential({ status }: Refusal): boolean {
  return status.code >= 11_000 && status.code < 12_000;
}
