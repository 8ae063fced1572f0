const ids = { header: 0x1a45dfa3, segment: 0x18538067, info: 0x1549a966, cluster: 0x1f43b675 } as const;
const scaleId = 0x2ad7b1;
const durationId = 0x4489;
const timestampId = 0xe7;

/** Nanoseconds in the unit of time, where the file does not say. */
const defaultScale = 1_000_000;

/** Milliseconds of a WebM or Matroska file; `undefined` for other files. */
export function webmDurationMs(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [header, segment] = elements(view, 0, view.byteLength);
  if (header?.id !== ids.header || segment?.id !== ids.segment) return undefined;
  let scale = defaultScale;
  let lastCluster: number | undefined;
  for (const element of elements(view, segment.from, segment.to)) {
    if (element.id === ids.info) {
      const info = [...elements(view, element.from, element.to)];
      scale = integer(view, find(info, scaleId)) ?? defaultScale;
      const duration = float(view, find(info, durationId));
      if (duration !== undefined) return (duration * scale) / 1_000_000;
    }
    // What was recorded live does not say how long it is: it lasts until its last cluster begins, at least.
    if (element.id === ids.cluster)
      lastCluster = integer(view, find(elements(view, element.from, element.to), timestampId)) ?? lastCluster;
  }
  return lastCluster === undefined ? undefined : (lastCluster * scale) / 1_000_000;
}

interface Element {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  /** Whether all of it is there. */
  readonly isWhole: boolean;
}

/** Elements of EBML between two places; those of an unknown size reach to the end of what they are in. */
function* elements(view: DataView, from: number, to: number): Generator<Element> {
  let at = from;
  while (at < to) {
    const id = variable(view, at, to, false);
    const size = id && variable(view, at + id.length, to, true);
    if (id === undefined || size === undefined) return;
    const start = at + id.length + size.length;
    const end = size.isUnknown ? to : Math.min(start + size.value, to);
    yield { id: id.value, from: start, to: end, isWhole: start + size.value <= to };
    at = end;
  }
}

interface Variable {
  readonly value: number;
  readonly length: number;
  readonly isUnknown: boolean;
}

/** A number of variable length; the bit that marks its length belongs to ids and not to sizes. */
function variable(view: DataView, at: number, to: number, isSize: boolean): Variable | undefined {
  if (at >= to) return undefined;
  const first = view.getUint8(at);
  const length = Math.clz32(first) - 23;
  if (length > 8 || at + length > to) return undefined;
  let value = isSize ? first & (0xff >> length) : first;
  let isUnknown = isSize && value === 0xff >> length;
  for (let offset = 1; offset < length; offset++) {
    const byte = view.getUint8(at + offset);
    value = value * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  return { value, length, isUnknown };
}

function find(all: Iterable<Element>, id: number): Element | undefined {
  for (const element of all) if (element.id === id) return element;
  return undefined;
}

function integer(view: DataView, element: Element | undefined): number | undefined {
  if (element?.isWhole !== true) return undefined;
  let value = 0;
  for (let at = element.from; at < element.to; at++) value = value * 256 + view.getUint8(at);
  return value;
}

function float(view: DataView, element: Element | undefined): number | undefined {
  if (element?.isWhole !== true) return undefined;
  const length = element.to - element.from;
  return length === 8 ? view.getFloat64(element.from) : length === 4 ? view.getFloat32(element.from) : undefined;
}
