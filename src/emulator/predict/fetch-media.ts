import type { Data } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import type { Call } from '../service/call';
import { mediaUrl } from '../state/input-urls';

/** Fetches what the URLs of some inputs point to, as far as that is allowed; `mediaOf` then finds it. */
export async function fetchMedia(
  inputs: readonly { readonly data?: DeepPartial<Data> | undefined }[],
  call: Pick<Call, 'world' | 'signal'>,
): Promise<void> {
  const { urls } = call.world;
  if (!urls.mayFetchAny) return;
  const wanted = new Set(inputs.map(({ data }) => (data && mediaUrl(data)) ?? ''));
  await Promise.all([...wanted].filter((url) => urls.mayFetch(url)).map((url) => urls.fetch(url, call.signal)));
}
