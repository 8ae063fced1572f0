import type { ConceptLike, InputLiteral } from '../../index';
import type { Given } from '../shell/given';
import { UsageError } from '../shell/usage-error';

/** What the options say of all inputs that are added; what they do not say is not there. */
export function labelsOf(given: Given): InputLiteral {
  const concepts = conceptsOf(given);
  const datasetIds = given.texts('dataset');
  const metadata = given.json('metadata');
  const geo = geoOf(given.text('geo'));
  const id = given.text('id');
  return {
    ...(id !== undefined && { id }),
    ...(concepts.length > 0 && { concepts }),
    ...(datasetIds.length > 0 && { datasetIds }),
    ...(metadata !== undefined && { metadata }),
    ...(geo !== undefined && { geo }),
  };
}

/** Of `--concept` and `--not-concept`. */
export function conceptsOf(given: Given): readonly ConceptLike[] {
  return [...given.texts('concept'), ...given.texts('notConcept').map((id) => ({ id, value: 0 }))];
}

function geoOf(text: string | undefined): InputLiteral['geo'] {
  if (text === undefined) return undefined;
  const [latitude = NaN, longitude = NaN, ...more] = text
    .split(',')
    .map((part) => (part.trim() === '' ? NaN : Number(part)));
  const isOnEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  if (isOnEarth && more.length === 0) return { latitude, longitude };
  throw new UsageError(`Expected --geo to be latitude and longitude in degrees, as in 41.1,-73.5, got "${text}"`);
}
