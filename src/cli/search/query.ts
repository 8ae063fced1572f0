import { stat } from 'node:fs/promises';
import type { GeoFilter, MediaKind, SearchFilter, SearchQuery, SearchRank } from '../../index';
import type { Given } from '../shell/given';
import { UsageError } from '../shell/usage-error';

const mediaKinds: readonly MediaKind[] = ['image', 'video', 'audio', 'text'];

/** What the arguments and options of `search` ask for. */
export async function queryOf(given: Given): Promise<SearchQuery> {
  const image = given.text('image');
  const ranks: (SearchRank | undefined)[] = [
    term('text', given.arguments[0]),
    image === undefined ? undefined : { image: await mediumOf(image) },
    term('inputId', given.text('input')),
  ];
  const near = given.text('near');
  const kind = mediaKinds.find((name) => name === given.text('kind'));
  const dataset = given.text('dataset');
  const filters: (SearchFilter | undefined)[] = [
    ...given.texts('concept').map((id) => ({ concepts: [{ id, value: 1 }] })),
    ...given.texts('withoutConcept').map((id) => ({ concepts: [{ id, value: 1 }], negate: true })),
    term('metadata', given.json('metadata')),
    near === undefined ? undefined : { geo: geoOf(near) },
    kind && { kinds: [kind] },
    dataset === undefined ? undefined : { datasetIds: [dataset] },
  ];
  return {
    ranks: ranks.filter((rank) => rank !== undefined),
    filters: filters.filter((filter) => filter !== undefined),
    topK: given.number('topK', { min: 1, integer: true }),
    minValue: given.number('minValue', { min: 0, max: 1 }),
  };
}

function term<Name extends string, Value>(name: Name, value: Value | undefined): Record<Name, Value> | undefined {
  return value === undefined ? undefined : ({ [name]: value } as Record<Name, Value>);
}

async function mediumOf(image: string): Promise<string | { readonly file: string }> {
  if (/^https?:\/\//i.test(image)) return image;
  if ((await stat(image).catch(() => undefined))?.isFile() !== true) {
    throw new UsageError(`Expected --image to be a file or a URL, got "${image}"`);
  }
  return { file: image };
}

function geoOf(near: string): GeoFilter {
  const [latitude, longitude, within, ...more] = near
    .split(',')
    .map((part) => (part.trim() === '' ? NaN : Number(part)));
  const isWhole = [latitude, longitude, within].every((number) => Number.isFinite(number)) && more.length === 0;
  if (!isWhole || latitude === undefined || longitude === undefined || within === undefined) {
    throw new UsageError(
      `Expected --near to be a latitude, a longitude and kilometers as in 40.75,-73.98,5, got "${near}"`,
    );
  }
  return { near: { latitude, longitude }, within };
}
