import { invalidArgument } from './assert';

/** Words in a clarifai.com address, and what each of them names. */
const kindOfSegment = {
  models: 'model',
  workflows: 'workflow',
  datasets: 'dataset',
  inputs: 'input',
  concepts: 'concept',
  modules: 'module',
  installed_module_versions: 'installed module',
  pipelines: 'pipeline',
  pipeline_steps: 'pipeline step',
  artifacts: 'artifact',
} as const;

/** What an address on clarifai.com can name. */
export type ClarifaiUrlKind = 'user' | 'app' | (typeof kindOfSegment)[keyof typeof kindOfSegment];

/** What an address on clarifai.com names. `id` is absent for a user and an app, which `userId` and `appId` already name. */
export interface ClarifaiUrl {
  /** What the address names. */
  readonly kind: ClarifaiUrlKind;
  /** The user, or whose the thing is. */
  readonly userId: string;
  /** The app, or the app that the thing is in; absent for a user. */
  readonly appId?: string;
  /** Of the model, workflow, dataset and so on. */
  readonly id?: string;
  /** When the address names a version. */
  readonly versionId?: string;
}

/** What an address is expected to be. */
export interface ParseClarifaiUrlOptions {
  /** Name of the argument, for the error. @default 'url' */
  readonly name?: string;
  /** What the address has to name. @default anything */
  readonly kind?: ClarifaiUrlKind;
}

const shape = 'https://clarifai.com/USER/APP/KIND/ID[/versions/VERSION]';

/**
 * Takes an address on clarifai.com apart, as it stands in a browser or without scheme and host (`openai/chat/models/o3`).
 * The host is not looked at, because a private deployment has its own.
 *
 * @throws InvalidRequestError when it is none, or names another kind of thing than it has to
 * @example
 * const { userId, appId, id } = parseClarifaiUrl('https://clarifai.com/clarifai/main/models/color-recognition');
 */
export function parseClarifaiUrl(url: string, { name = 'url', kind }: ParseClarifaiUrlOptions = {}): ClarifaiUrl {
  const expected = `a URL like ${kind === undefined ? shape : shapeOf(kind)}`;
  const parsed = parseSegments(segmentsOf(url));
  if (parsed === undefined) throw invalidArgument(name, expected, url);
  if (kind !== undefined && parsed.kind !== kind) {
    throw invalidArgument(name, `${expected}, not the URL of ${withArticle(parsed.kind)}`, url);
  }
  return parsed;
}

/** The decoded parts of the path; `undefined` when one of them is empty or not decodable. */
function segmentsOf(url: string): readonly string[] | undefined {
  const [address = ''] = url.trim().split(/[?#]/);
  const hasScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(address);
  const path = address.replace(/^https?:\/\//i, '').replace(/\/+$/, '');
  if (hasScheme && !/^https?:/i.test(address)) return undefined;
  const segments = path.split('/');
  // Without a scheme the first part is a host only when it looks like Clarifai's: user ids may hold dots.
  if (hasScheme || /^([\w-]+\.)*clarifai\.com(:\d+)?$/i.test(segments[0] ?? '')) segments.shift();
  try {
    const decoded = segments.map(decodeURIComponent);
    return decoded.every((segment) => segment.trim() !== '') ? decoded : undefined;
  } catch {
    return undefined;
  }
}

function parseSegments(segments: readonly string[] | undefined): ClarifaiUrl | undefined {
  const [userId, appId, segment, id, versions, versionId, ...rest] = segments ?? [];
  if (userId === undefined || rest.length > 0) return undefined;
  if (appId === undefined) return { kind: 'user', userId };
  if (segment === undefined) return { kind: 'app', userId, appId };
  if (!isKnownSegment(segment) || id === undefined) return undefined;
  const kind = kindOfSegment[segment];
  if (versions === undefined) return { kind, userId, appId, id };
  return versions === 'versions' && versionId !== undefined ? { kind, userId, appId, id, versionId } : undefined;
}

function isKnownSegment(segment: string): segment is keyof typeof kindOfSegment {
  return Object.hasOwn(kindOfSegment, segment);
}

function shapeOf(kind: ClarifaiUrlKind): string {
  if (kind === 'user') return 'https://clarifai.com/USER';
  if (kind === 'app') return 'https://clarifai.com/USER/APP';
  const [segment = ''] = Object.entries(kindOfSegment).find(([, named]) => named === kind) ?? [];
  return shape.replace('KIND', segment);
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) && noun !== 'user' ? 'an' : 'a'} ${noun}`;
}
