import type { Media } from '../predict/media';
import { conceptsIn, isPositive } from '../search/match-concepts';
import { storedMedia } from '../search/stored-media';
import type { AppState } from '../state/app-state';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { UrlTable } from '../state/url-table';

/** An input that people have said something about. */
export interface Example {
  readonly media: Media;
  readonly positive: ReadonlySet<string>;
  readonly negative: ReadonlySet<string>;
}

/** The processed inputs, of one dataset or of the whole app, with what is said of them about the concepts. */
export function examplesOf(
  app: AppState,
  urls: UrlTable,
  { conceptIds, datasetId }: { readonly conceptIds: readonly string[]; readonly datasetId: string | undefined },
): Example[] {
  const examples: Example[] = [];
  for (const record of app.inputs.list()) {
    if (record.statusCode !== StatusCode.INPUT_SUCCESS) continue;
    if (datasetId !== undefined && !record.datasetIds.includes(datasetId)) continue;
    const said = [record.data, ...record.annotations.map(({ data = {} }) => data)].flatMap(conceptsIn);
    const known = said.filter(({ id = '' }) => conceptIds.includes(id));
    const media = known.length === 0 ? undefined : storedMedia(app, record, urls);
    if (media === undefined) continue;
    const ids = (wanted: boolean) => known.filter((one) => isPositive(one) === wanted).map(({ id = '' }) => id);
    examples.push({ media, positive: new Set(ids(true)), negative: new Set(ids(false)) });
  }
  return examples;
}
