// Most fields of most messages are empty. They share these, which are frozen because they are shared.

export const emptyBytes: Uint8Array = new Uint8Array(0);
export const emptyList: readonly never[] = Object.freeze([]);
export const emptyMap: Readonly<Record<string, never>> = Object.freeze({});

/** The list to push to: a new one in place of the shared empty list. */
export function list<T>(items: readonly T[]): T[] {
  return items === emptyList ? [] : (items as T[]);
}

/** The empty message of a type, which is made when it is first needed. */
export function emptyOf<T extends object>(create: () => T): () => Readonly<T> {
  let empty: Readonly<T> | undefined;
  return () => (empty ??= Object.freeze(create()));
}
