import type { Output } from '../../index';

/** What one model says of one input, as people look at it. */
export interface Finding {
  readonly model: string;
  /** How the answer came about, when it says itself that it was made up. */
  readonly synthetic: string | undefined;
  readonly concepts: readonly Scored[];
  readonly colors: readonly ColorShare[];
  readonly regions: readonly Region[];
  /** What was found at moments of a video. */
  readonly moments: readonly Moment[];
  readonly text: string | undefined;
  /** What has no picture, in words, such as the length of an embedding. */
  readonly notes: readonly string[];
}

export interface Scored {
  readonly name: string;
  /** From 0 to 1. */
  readonly value: number;
}

/** A colour and the share of the picture that has it. */
export interface ColorShare extends Scored {
  /** As `#rrggbb`. */
  readonly hex: string;
}

/** A part of a picture. */
export interface Region {
  readonly label: string;
  /** Undefined for what has no score. */
  readonly value: number | undefined;
  readonly box: Box | undefined;
  readonly polygon: readonly Point[];
  readonly concepts: readonly Scored[];
}

/** In fractions of the picture. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Moment {
  readonly timeMs: number;
  readonly concepts: readonly Scored[];
}

type Data = NonNullable<Output['data']>;
type RegionData = Data['regions'][number];

/** Nothing that is drawn trusts the answer: numbers are within their bounds, colours are colours. */
export function toFinding({ model, data }: Pick<Output, 'model' | 'data'>): Finding {
  return {
    model: model === undefined ? 'model' : model.id || model.name,
    synthetic: syntheticOf(model?.description, data?.metadata),
    concepts: toScored(data?.concepts),
    colors: (data?.colors ?? []).flatMap(toColor),
    regions: (data?.regions ?? []).map(toRegion),
    moments: (data?.frames ?? []).map(({ frameInfo, data: seen }) => ({
      timeMs: frameInfo?.time ?? 0,
      concepts: toScored(seen?.concepts),
    })),
    text: data?.text?.raw || undefined,
    notes: notesOf(data),
  };
}

/** The emulator says so of its models, and of pictures that it made up. */
function syntheticOf(description: string | undefined, metadata: Data['metadata']): string | undefined {
  const told = metadata?.['synthetic'];
  if (typeof told === 'string') return told;
  return description !== undefined && /^synthetic\b/i.test(description) ? description : undefined;
}

function toScored(concepts: Data['concepts'] | undefined): readonly Scored[] {
  return (concepts ?? []).map(({ id, name, value }) => ({ name: name || id, value: toShare(value) }));
}

function toColor({ rawHex, w3c, value }: Data['colors'][number]): readonly ColorShare[] {
  const hex = /^#?([0-9a-f]{6})$/i.exec(rawHex)?.[1];
  return hex === undefined
    ? []
    : [{ hex: `#${hex.toLowerCase()}`, name: w3c?.name || w3c?.hex || '', value: toShare(value) }];
}

function toRegion({ regionInfo, data, value }: RegionData): Region {
  const concepts = toScored(data?.concepts);
  const points = [...(regionInfo?.polygon?.points ?? []), ...(regionInfo?.keypointLocations ?? [])];
  const { point, boundingBox } = regionInfo ?? {};
  const polygon = (point === undefined ? points : [point, ...points]).map(({ row, col }) => ({
    x: toShare(col),
    y: toShare(row),
  }));
  return {
    label: concepts[0]?.name ?? data?.text?.raw ?? '',
    value: concepts[0]?.value ?? (value > 0 ? toShare(value) : undefined),
    box: boundingBox === undefined ? undefined : toBox(boundingBox),
    polygon,
    concepts,
  };
}

function toBox({
  leftCol,
  topRow,
  rightCol,
  bottomRow,
}: NonNullable<NonNullable<RegionData['regionInfo']>['boundingBox']>): Box {
  const [left, top] = [toShare(leftCol), toShare(topRow)];
  return { left, top, right: Math.max(left, toShare(rightCol)), bottom: Math.max(top, toShare(bottomRow)) };
}

function toShare(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}

function notesOf(data: Data | undefined): readonly string[] {
  const embeddings = (data?.embeddings ?? []).map(({ vector }) => `an embedding of ${vector.length} numbers`);
  const clusters = (data?.clusters ?? []).map(({ id, score }) => `cluster ${id}, ${score.toFixed(3)}`);
  return [...embeddings, ...clusters];
}
