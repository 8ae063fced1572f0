import type { Metadata } from '@grpc/grpc-js';

/** A copy of `base` in which every name that `own` has is taken from `own`. */
export function mergeMetadata(base: Metadata, own: Metadata | undefined): Metadata {
  const merged = base.clone();
  if (own === undefined) return merged;
  for (const name of Object.keys(own.getMap())) merged.remove(name);
  merged.merge(own);
  merged.setOptions(own.getOptions());
  return merged;
}
