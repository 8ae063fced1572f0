import type { Media } from '../predict/media';
import type { AppState } from '../state/app-state';
import type { InputRecord } from '../state/input-record';
import { hostedUrl, mediaKinds, mediaUrl } from '../state/input-urls';
import type { UrlTable } from '../state/url-table';

/**
 * What a stored input holds, as a model would see it. Of bytes that were not kept (see `storeBytes`)
 * the latest are remembered; the others are as unknown as those behind a URL that nobody has seeded: what follows from them
 * follows from the hosted URL instead.
 */
export function storedMedia(
  app: AppState,
  { id, data, bytes }: Pick<InputRecord, 'id' | 'data' | 'bytes'>,
  urls: UrlTable,
): Media | undefined {
  const kind = mediaKinds.find((one) => data[one] !== undefined);
  if (kind === undefined) return undefined;
  const given = mediaUrl(data);
  const text = data.text?.raw;
  if (bytes !== undefined || text !== undefined) return { kind, bytes, url: given, text };
  const url = given ?? hostedUrl(app.owner, kind, id);
  const content = urls.resolve(url);
  if (content.kind === 'failed') return undefined;
  const found = content.kind === 'bytes' ? content.bytes : undefined;
  const words = kind === 'text' && found !== undefined ? Buffer.from(found).toString() : undefined;
  return { kind, bytes: found, url, text: words };
}
