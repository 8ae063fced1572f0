/** Whether metadata has at least one of the wanted keys with what is wanted there: the keys of a filter are OR-ed. */
export function matchesMetadata(found: unknown, wanted: Readonly<Record<string, unknown>>): boolean {
  if (!isRecord(found)) return false;
  return Object.entries(wanted).some(([key, value]) => Object.hasOwn(found, key) && contains(found[key], value));
}

/** Containment as in PostgreSQL's jsonb: objects may have more keys than wanted, lists more items, at every depth. */
function contains(found: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return Array.isArray(found) && wanted.every((one) => found.some((other) => contains(other, one)));
  }
  if (!isRecord(wanted)) return found === wanted;
  return isRecord(found) && Object.entries(wanted).every(([key, value]) => contains(found[key], value));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
