import type { Annotation, Data, Point, Region, RegionInfo } from '../../generated/proto/clarifai/api/resources';
import { Point_Visibility } from '../../generated/proto/clarifai/api/resources';
import { assertArray, assertInteger, assertNumber, assertObject, assertString, invalidArgument } from '../base/assert';
import { assertId } from '../base/id';
import type { DeepPartial } from '../wire/codec';
import { type ConceptLike, toConcept } from './concepts';
import { assertJsonObject, type JsonObject } from './json';

/** A box in shares of width and height, from 0 (left, top) to 1 (right, bottom). */
export interface Box {
  /** Left edge. */
  readonly left: number;
  /** Upper edge. */
  readonly top: number;
  /** Right edge. */
  readonly right: number;
  /** Lower edge. */
  readonly bottom: number;
}

/** A point in shares of width (`x`, from 0 at the left) and height (`y`, from 0 at the top). */
export interface PointLike {
  /** Share of the width. */
  readonly x: number;
  /** Share of the height. */
  readonly y: number;
}

/** A stretch of a text: from one character to before another. */
export interface SpanLike {
  /** Place of its first character, from 0. */
  readonly start: number;
  /** Place behind its last character. */
  readonly end: number;
  /** The text between them. */
  readonly text?: string | undefined;
}

/** What is said of an input, or of one region of it when a box, polygon, point or span is given. */
export interface AnnotationLike extends AnnotationContent {
  /** The input that it is said of. */
  readonly inputId: string;
}

/** An annotation of an input that is known from where it stands. */
export interface AnnotationContent {
  /** @default the service makes one (`create`), or this client (`Dataset.upload`) */
  readonly id?: string | undefined;
  /** What is to be seen, or, with the value 0, is not. */
  readonly concepts?: readonly ConceptLike[] | undefined;
  /** The part of the picture in this box. */
  readonly box?: Box | undefined;
  /** At least three points. */
  readonly polygon?: readonly PointLike[] | undefined;
  /** One point of the picture. */
  readonly point?: PointLike | undefined;
  /** A stretch of the text. */
  readonly span?: SpanLike | undefined;
  /** Any JSON object. */
  readonly info?: JsonObject | undefined;
  /** Anything else that the service's Data message can hold, several regions for instance; what is given above is set on top of it. */
  readonly data?: DeepPartial<Data> | undefined;
}

const fields = [
  'id',
  'concepts',
  'box',
  'polygon',
  'point',
  'span',
  'info',
  'data',
] as const satisfies readonly (keyof AnnotationContent)[];

const shapes = ['box', 'polygon', 'point', 'span'] as const;

/**
 * Builds the Annotation message, checking that shapes lie within the input.
 *
 * @param name how errors call it, such as `annotations[3]`
 * @throws InvalidRequestError naming the argument and the value
 */
export function toAnnotation(annotation: AnnotationLike, name: string): DeepPartial<Annotation> {
  assertObject(annotation, name, [...fields, 'inputId']);
  const { inputId, ...content } = annotation;
  assertId(inputId, `${name}.inputId`);
  return { inputId, ...toAnnotationContent(content, name) };
}

/** The same without the input's id. */
export function toAnnotationContent(annotation: AnnotationContent, name: string): DeepPartial<Annotation> {
  assertObject(annotation, name, fields);
  const { id, info } = annotation;
  if (id !== undefined) assertId(id, `${name}.id`);
  if (info !== undefined) assertJsonObject(info, `${name}.info`);
  return {
    ...(id !== undefined && { id }),
    data: toData(annotation, name),
    ...(info !== undefined && { annotationInfo: info }),
  };
}

function toData(annotation: AnnotationContent, name: string): DeepPartial<Data> {
  const { data, concepts: given } = annotation;
  if (data !== undefined) assertObject(data, `${name}.data`);
  if (given !== undefined) assertArray(given, `${name}.concepts`, 'an array of concepts');
  const concepts = given?.map((concept, index) => toConcept(concept, `${name}.concepts[${index}]`));
  const regionInfo = toRegionInfo(annotation, name);
  if (regionInfo === undefined) return { ...data, ...(concepts !== undefined && { concepts }) };
  const region: DeepPartial<Region> = { regionInfo, ...(concepts !== undefined && { data: { concepts } }) };
  return { ...data, regions: [...(data?.regions ?? []), region] };
}

function toRegionInfo(annotation: AnnotationContent, name: string): DeepPartial<RegionInfo> | undefined {
  const given = shapes.filter((shape) => annotation[shape] !== undefined);
  if (given.length > 1) throw invalidArgument(name, 'an annotation of one shape', given.join(' and '));
  const { box, polygon, point, span } = annotation;
  if (box !== undefined) return { boundingBox: toBoundingBox(box, `${name}.box`) };
  if (polygon !== undefined) return { polygon: { points: toPoints(polygon, `${name}.polygon`) } };
  if (point !== undefined) return { point: toPoint(point, `${name}.point`) };
  return span === undefined ? undefined : { span: toSpan(span, `${name}.span`) };
}

function toBoundingBox({ left, top, right, bottom }: Box, name: string): DeepPartial<RegionInfo['boundingBox']> {
  for (const [side, value] of Object.entries({ left, top, right, bottom })) assertShare(value, `${name}.${side}`);
  if (left >= right) throw invalidArgument(`${name}.right`, `more than ${name}.left`, right);
  if (top >= bottom) throw invalidArgument(`${name}.bottom`, `more than ${name}.top`, bottom);
  return { topRow: top, leftCol: left, bottomRow: bottom, rightCol: right };
}

function toPoints(polygon: readonly PointLike[], name: string): readonly DeepPartial<Point>[] {
  assertArray(polygon, name, 'an array of points');
  if (polygon.length < 3) throw invalidArgument(name, 'at least three points', polygon);
  return polygon.map((point, index) => ({
    ...toPoint(point, `${name}[${index}]`),
    visibility: Point_Visibility.VISIBLE,
  }));
}

function toPoint(point: PointLike, name: string): DeepPartial<Point> {
  assertObject(point, name, ['x', 'y']);
  assertShare(point.x, `${name}.x`);
  assertShare(point.y, `${name}.y`);
  return { row: point.y, col: point.x };
}

function toSpan(span: SpanLike, name: string): DeepPartial<RegionInfo['span']> {
  assertObject(span, name, ['start', 'end', 'text']);
  assertInteger(span.start, `${name}.start`, { min: 0 });
  assertInteger(span.end, `${name}.end`, { min: span.start });
  if (span.text !== undefined) assertString(span.text, `${name}.text`);
  return { charStart: span.start, charEnd: span.end, ...(span.text !== undefined && { rawText: span.text }) };
}

/** Shares, not pixels: what is meant for pixels would be a box far outside. */
function assertShare(value: unknown, name: string): asserts value is number {
  assertNumber(value, name, { min: 0, max: 1 });
}
