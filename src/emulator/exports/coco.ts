import type { Region } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import { isPositive } from '../search/match-concepts';
import type { AppState } from '../state/app-state';
import type { DatasetVersionState, VersionedInput } from '../state/dataset-version-state';
import { exportedInput } from './exported-input';
import type { ZippedFile } from './zip';

interface CocoAnnotation {
  readonly concept: string;
  /** Left, top, width and height, in pixels. */
  readonly bbox: readonly number[];
  readonly segmentation: readonly (readonly number[])[];
}

/** The boxes and polygons of a dataset version in COCO's format for object detection: https://cocodataset.org/#format-data. */
export function cocoFile(app: AppState, { inputs }: DatasetVersionState): ZippedFile {
  return { name: 'annotations.json', pieces: () => jsonPieces(app, inputs) };
}

/** Images first, so that not all of the file has to be in memory; a category has the number of its first appearance. */
function* jsonPieces(app: AppState, inputs: readonly VersionedInput[]): Generator<Uint8Array> {
  const images = inputs.filter(({ data }) => data.image !== undefined);
  yield Buffer.from('{"images":[');
  for (const [at, input] of images.entries()) yield jsonItem(at, imageOf(app, input, at + 1));
  yield Buffer.from('],"annotations":[');
  const categories = new Map<string, number>();
  let count = 0;
  for (const [at, input] of images.entries()) {
    for (const { concept, bbox, segmentation } of annotationsOf(app, input)) {
      const category = categories.get(concept) ?? categories.size + 1;
      categories.set(concept, category);
      const area = (bbox[2] ?? 0) * (bbox[3] ?? 0);
      const ids = { id: count + 1, image_id: at + 1, category_id: category };
      yield jsonItem(count++, { ...ids, bbox, area, segmentation, iscrowd: 0 });
    }
  }
  const named = [...categories].map(([name, id]) => ({ id, name }));
  yield Buffer.from(`],"categories":${JSON.stringify(named)}}`);
}

function jsonItem(at: number, value: object): Uint8Array {
  return Buffer.from(`${at === 0 ? '' : ','}${JSON.stringify(value)}`);
}

function imageOf(app: AppState, input: VersionedInput, id: number): object {
  const url = exportedInput(app, input).data?.image?.url;
  return { id, file_name: input.record.id, ...sizeOf(input), coco_url: url };
}

/** A size that nobody knows is 1 by 1: boxes are in fractions of the image then. */
function sizeOf({ record: { imageInfo } }: VersionedInput): { readonly width: number; readonly height: number } {
  return { width: imageInfo?.width || 1, height: imageInfo?.height || 1 };
}

function annotationsOf(app: AppState, input: VersionedInput): CocoAnnotation[] {
  const { width, height } = sizeOf(input);
  const regions = exportedInput(app, input).data?.regions ?? [];
  return regions.flatMap((region) => {
    const polygon = (region.regionInfo?.polygon?.points ?? []).flatMap(({ col = 0, row = 0 }) => [
      col * width,
      row * height,
    ]);
    const bbox = boxOf(region, width, height) ?? boxAround(polygon);
    const concepts = (region.data?.concepts ?? []).filter(isPositive);
    if (bbox === undefined) return [];
    return concepts.map(({ id = '' }) => ({ concept: id, bbox, segmentation: polygon.length > 0 ? [polygon] : [] }));
  });
}

function boxOf({ regionInfo }: DeepPartial<Region>, width: number, height: number): number[] | undefined {
  if (regionInfo?.boundingBox === undefined) return undefined;
  const { topRow = 0, leftCol = 0, bottomRow = 0, rightCol = 0 } = regionInfo.boundingBox;
  return [leftCol * width, topRow * height, (rightCol - leftCol) * width, (bottomRow - topRow) * height];
}

/** @param polygon columns and rows by turns */
function boxAround(polygon: readonly number[]): number[] | undefined {
  if (polygon.length === 0) return undefined;
  const columns = polygon.filter((_, at) => at % 2 === 0);
  const rows = polygon.filter((_, at) => at % 2 === 1);
  const left = Math.min(...columns);
  const top = Math.min(...rows);
  return [left, top, Math.max(...columns) - left, Math.max(...rows) - top];
}
