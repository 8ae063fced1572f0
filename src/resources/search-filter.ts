import type { Annotation, Data, Filter, Geo, Input } from '../../generated/proto/clarifai/api/resources';
import {
  assertArray,
  assertInteger,
  assertNumber,
  assertObject,
  assertOneOf,
  assertString,
  invalidArgument,
} from '../base/assert';
import { assertId } from '../base/id';
import { assertJsonObject, type JsonObject } from '../inputs/json';
import { type MediaKind, mediaKinds } from '../inputs/media-kind';
import type { DeepPartial, Mutable } from '../wire/codec';
import { type SearchConcept, toSearchConcepts } from './search-rank';

/** A place on the globe, in degrees. */
export interface GeoPointLike {
  /** From -90 to 90. */
  readonly latitude: number;
  /** From -180 to 180. */
  readonly longitude: number;
}

/** A region of the globe: a circle, or the box between two corners. */
export type GeoFilter =
  | {
      readonly near: GeoPointLike;
      readonly within: number;
      /** Unit of `within`. @default 'kilometers' */
      readonly unit?: GeoUnit | undefined;
    }
  | { readonly box: readonly [GeoPointLike, GeoPointLike] };

/** Units of a distance on the earth. */
export type GeoUnit = keyof typeof limitTypes;

const limitTypes = {
  kilometers: 'withinKilometers',
  miles: 'withinMiles',
  degrees: 'withinDegrees',
  radians: 'withinRadians',
} as const;

/** What hits must be like. What stands in one filter's list is joined by "or", several filters by "and". */
export interface SearchFilter {
  /** Inputs that people or models gave one of these concepts. */
  readonly concepts?: readonly SearchConcept[] | undefined;
  /** Inputs whose metadata holds this, nested objects included. */
  readonly metadata?: JsonObject | undefined;
  /** Inputs from there. */
  readonly geo?: GeoFilter | undefined;
  /** Inputs that hold one of these media. */
  readonly kinds?: readonly MediaKind[] | undefined;
  /** Inputs of one of these datasets. */
  readonly datasetIds?: readonly string[] | undefined;
  /** One input. */
  readonly inputId?: string | undefined;
  /** Inputs with this status, such as `StatusCode.INPUT_SUCCESS`. */
  readonly statusCode?: number | undefined;
  /** Turns the filter's meaning round. @default false */
  readonly negate?: boolean | undefined;
  /** Anything else that can be asked of annotations; see the service's Filter message. */
  readonly annotation?: DeepPartial<Annotation> | undefined;
  /** Anything else that can be asked of inputs. */
  readonly input?: DeepPartial<Input> | undefined;
}

const fields = [
  'concepts',
  'metadata',
  'geo',
  'kinds',
  'datasetIds',
  'inputId',
  'statusCode',
  'negate',
  'annotation',
  'input',
] as const satisfies readonly (keyof SearchFilter)[];

/** @throws InvalidRequestError naming the argument and the value */
export function toFilter(filter: SearchFilter, name: string): DeepPartial<Filter> {
  assertObject(filter, name, fields);
  if (!fields.some((field) => field !== 'negate' && filter[field] !== undefined)) {
    throw invalidArgument(name, `a filter with ${fields.filter((field) => field !== 'negate').join(', ')}`, filter);
  }
  const annotation = toAnnotation(filter, name);
  const input = toInput(filter, name);
  return {
    ...(Object.keys(annotation).length > 0 && { annotation }),
    ...(Object.keys(input).length > 0 && { input }),
    ...(filter.negate === true && { negate: true }),
  };
}

function toAnnotation(
  { concepts, metadata, geo, inputId, annotation }: SearchFilter,
  name: string,
): DeepPartial<Annotation> {
  const data: Mutable<DeepPartial<Data>> = { ...annotation?.data };
  if (concepts !== undefined) data.concepts = toSearchConcepts(concepts, `${name}.concepts`);
  if (metadata !== undefined) {
    assertJsonObject(metadata, `${name}.metadata`);
    data.metadata = metadata;
  }
  if (geo !== undefined) data.geo = toGeo(geo, `${name}.geo`);
  if (inputId !== undefined) assertId(inputId, `${name}.inputId`);
  return {
    ...annotation,
    ...((annotation?.data !== undefined || Object.keys(data).length > 0) && { data }),
    ...(inputId !== undefined && { inputId }),
  };
}

function toInput({ kinds, datasetIds, statusCode, input }: SearchFilter, name: string): DeepPartial<Input> {
  if (kinds !== undefined) {
    assertArray(kinds, `${name}.kinds`);
    kinds.forEach((kind, index) => assertOneOf(kind, `${name}.kinds[${index}]`, mediaKinds));
  }
  if (datasetIds !== undefined) {
    assertArray(datasetIds, `${name}.datasetIds`, 'an array of ids');
    datasetIds.forEach((id, index) => assertString(id, `${name}.datasetIds[${index}]`, { nonEmpty: true }));
  }
  if (statusCode !== undefined) assertInteger(statusCode, `${name}.statusCode`, { min: 0 });
  return {
    ...input,
    // A medium that is there and empty asks for inputs that hold one.
    ...(kinds !== undefined && { data: { ...input?.data, ...Object.fromEntries(kinds.map((kind) => [kind, {}])) } }),
    ...(datasetIds !== undefined && { datasetIds }),
    ...(statusCode !== undefined && { status: { code: statusCode } }),
  };
}

/** @throws InvalidRequestError naming the argument and the value */
export function toGeo(geo: GeoFilter, name: string): DeepPartial<Geo> {
  assertObject(geo, name, ['near', 'within', 'unit', 'box']);
  if ('box' in geo) {
    assertArray(geo.box, `${name}.box`, 'two corners');
    if (geo.box.length !== 2) throw invalidArgument(`${name}.box`, 'two corners', geo.box);
    return { geoBox: geo.box.map((corner, index) => ({ geoPoint: toGeoPoint(corner, `${name}.box[${index}]`) })) };
  }
  const { near, within, unit = 'kilometers' } = geo;
  assertNumber(within, `${name}.within`, { min: 0 });
  assertOneOf(unit, `${name}.unit`, Object.keys(limitTypes) as GeoUnit[]);
  return { geoPoint: toGeoPoint(near, `${name}.near`), geoLimit: { type: limitTypes[unit], value: within } };
}

function toGeoPoint(point: GeoPointLike, name: string): GeoPointLike {
  assertObject(point, name, ['latitude', 'longitude']);
  assertNumber(point.latitude, `${name}.latitude`, { min: -90, max: 90 });
  assertNumber(point.longitude, `${name}.longitude`, { min: -180, max: 180 });
  return point;
}
