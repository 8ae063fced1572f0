import type { ConceptLike } from '../inputs/concepts';
import type { JsonObject } from '../inputs/json';
import { isPlainObject } from '../wire/plain-object';

/** `cat|dog` or `cat,dog`, as Clarifai's SDK reads them; an array is taken as it is. */
export function toConcepts(cell: unknown): readonly ConceptLike[] {
  if (Array.isArray(cell)) return cell as readonly ConceptLike[];
  if (typeof cell !== 'string') throw new Error('is neither a list of concepts nor their names');
  return cell
    .split(cell.includes('|') ? '|' : ',')
    .map((concept) => concept.trim())
    .filter((concept) => concept !== '');
}

/** A JSON object; its text may have the single quotes of a Python dict, which the SDK takes. */
export function toMetadata(cell: unknown): JsonObject {
  const value: unknown = typeof cell === 'string' ? parse(cell) : cell;
  if (!isPlainObject(value)) throw new Error('is not a JSON object');
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (text.includes('"')) throw new Error('is not JSON', { cause: error });
    try {
      return JSON.parse(text.replaceAll("'", '"'));
    } catch {
      throw new Error('is not JSON', { cause: error });
    }
  }
}

/** Two numbers in degrees, as text or as an array. */
export function toGeo(
  cell: unknown,
  order: 'lon,lat' | 'lat,lon',
): { readonly latitude: number; readonly longitude: number } {
  const parts: unknown[] = typeof cell === 'string' ? cell.split(',').map(toNumber) : Array.isArray(cell) ? cell : [];
  const [first, second] = parts;
  if (parts.length !== 2 || typeof first !== 'number' || typeof second !== 'number') {
    throw new Error(`is not two numbers, \`${order}\``);
  }
  const [longitude, latitude] = order === 'lon,lat' ? [first, second] : [second, first];
  if (!(Math.abs(latitude) <= 90)) throw new Error(`has a latitude beyond 90 degrees, read as \`${order}\``);
  if (!(Math.abs(longitude) <= 180)) throw new Error(`has a longitude beyond 180 degrees, read as \`${order}\``);
  return { latitude, longitude };
}

function toNumber(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}
