import type { Geo, GeoPoint } from '../../../generated/proto/clarifai/api/resources';
import { StatusCode } from '../../../generated/proto/clarifai/api/status/status_code';
import type { DeepPartial } from '../../wire/codec';
import { refuse } from '../answers';

type Point = DeepPartial<GeoPoint>;

const earthRadiusKilometers = 6371.0088;
const kilometersPerMile = 1.609344;

/** How many radians one unit of each kind of limit is. */
const radiansPerUnit: Readonly<Record<string, number>> = {
  withinKilometers: 1 / earthRadiusKilometers,
  withinMiles: kilometersPerMile / earthRadiusKilometers,
  withinDegrees: Math.PI / 180,
  withinRadians: 1,
};

/** Whether a place is within the limit of the wanted point, or in the box between two corners. */
export function matchesGeo({ geoPoint: place }: DeepPartial<Geo>, wanted: DeepPartial<Geo>): boolean {
  if (place === undefined) return false;
  const { geoPoint, geoLimit, geoBox = [] } = wanted;
  const [one, other] = geoBox.map((corner) => corner.geoPoint ?? {});
  if (one !== undefined && other !== undefined) return isBetween(place, one, other);
  if (geoPoint === undefined) return true;
  return angle(place, geoPoint) <= (geoLimit?.value ?? 0) * unit(geoLimit?.type);
}

/** @throws Refusal for a limit that no place could be compared with */
export function assertGeo({ geoPoint, geoLimit, geoBox = [] }: DeepPartial<Geo>): void {
  if (geoPoint !== undefined) unit(geoLimit?.type);
  if (geoBox.length !== 0 && geoBox.length !== 2)
    throw refuse(StatusCode.SEARCH_INVALID_REQUEST, `Expected 2 corners of the geo box, got ${geoBox.length}.`);
}

function unit(type = 'withinKilometers'): number {
  const radians = radiansPerUnit[type];
  if (radians === undefined) throw refuse(StatusCode.SEARCH_INVALID_REQUEST, `Invalid type of geo limit '${type}'.`);
  return radians;
}

/** The corners may be any two that lie opposite; a box from longitude 170 to -170 does not cross the date line. */
function isBetween(place: Point, one: Point, other: Point): boolean {
  return (['latitude', 'longitude'] as const).every((axis) => {
    const [at, from, to] = [place[axis] ?? 0, one[axis] ?? 0, other[axis] ?? 0];
    return at >= Math.min(from, to) && at <= Math.max(from, to);
  });
}

/** Angle between two places as seen from the centre of the earth (haversine). */
function angle(one: Point, other: Point): number {
  const radians = ({ latitude = 0, longitude = 0 }: Point) => [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
  const [latitude1 = 0, longitude1 = 0] = radians(one);
  const [latitude2 = 0, longitude2 = 0] = radians(other);
  const square =
    Math.sin((latitude2 - latitude1) / 2) ** 2 +
    Math.cos(latitude1) * Math.cos(latitude2) * Math.sin((longitude2 - longitude1) / 2) ** 2;
  return 2 * Math.asin(Math.min(1, Math.sqrt(square)));
}
