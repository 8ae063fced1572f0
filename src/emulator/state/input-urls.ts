import { createHash } from 'node:crypto';
import type { Data } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';

/** The kinds of media an input can carry, in the order in which they are looked for. */
export const mediaKinds = ['image', 'video', 'audio', 'text'] as const;
export type MediaKind = (typeof mediaKinds)[number];

/** The URL that an input was given, if any. */
export function mediaUrl(data: DeepPartial<Data>): string | undefined {
  for (const kind of mediaKinds) {
    const url = data[kind]?.url;
    if (url !== undefined && url !== '') return url;
  }
  return undefined;
}

/** The app that something belongs to. */
export interface Owner {
  readonly userId: string;
  readonly appId: string;
}

/** Where the service would host what was sent as bytes or text. */
export function hostedUrl({ userId, appId }: Owner, kind: MediaKind, inputId: string): string {
  const name = createHash('md5').update(`${userId}/${appId}/${inputId}`).digest('hex');
  return `https://data.clarifai.com/orig/users/${userId}/apps/${appId}/inputs/${kind}/${name}`;
}
