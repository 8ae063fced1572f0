const longestText = 60;

/** A short text for a value that was not expected, as `\`"abc"\` (string)`; long texts are cut and contents of objects left out. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `\`${JSON.stringify(cut(value))}\` (string)`;
    case 'number':
    case 'bigint':
    case 'boolean':
      return `\`${cut(String(value))}\` (${typeof value})`;
    case 'symbol':
      return '`Symbol` (symbol)';
    case 'function':
      return `\`${cut(value.name || 'anonymous')}\` (function)`;
    case 'undefined':
      return '`undefined`';
    default:
      return value === null ? '`null`' : `\`${describeObject(value as object)}\` (object)`;
  }
}

/** What may be said of a value that must not be seen. */
export function describeHidden(value: unknown): string {
  if (value === undefined || value === null || value === '') return describe(value);
  return typeof value === 'string' ? 'a string that is not shown' : `a value that is not shown (${typeof value})`;
}

function describeObject(value: object): string {
  try {
    if (ArrayBuffer.isView(value)) return `${nameOf(value)}(${value.byteLength} bytes)`;
    if (value instanceof ArrayBuffer) return `ArrayBuffer(${value.byteLength} bytes)`;
    if (Array.isArray(value)) return `Array(${value.length})`;
    return nameOf(value);
  } catch {
    // A proxy may fail at anything; an error message must not.
    return 'Object';
  }
}

function nameOf(value: object): string {
  const prototype = Object.getPrototypeOf(value) as { readonly constructor?: { readonly name?: unknown } } | null;
  const name = prototype?.constructor?.name;
  return typeof name === 'string' && name !== '' ? cut(name) : 'Object';
}

function cut(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText)}…`;
}
