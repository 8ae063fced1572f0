import type { ConceptLike, InputLike, Source } from '../../index';
import { isLiteral } from '../shell/is-literal';

/** What is said of all inputs of a source. */
export interface Labels {
  readonly concepts: readonly ConceptLike[];
  readonly datasetIds: readonly string[];
}

/** The same source, with this said of each of its inputs beside what it says itself. */
export function labelled(source: Source, labels: Labels): Source {
  if (labels.concepts.length === 0 && labels.datasetIds.length === 0) return source;
  return {
    ...source,
    async *read(options) {
      for await (const lease of source.read(options)) yield { ...lease, input: withLabels(lease.input, labels) };
    },
  };
}

/** Sources of files give literals and errors. What is wrong with a literal is for the ingestion to say. */
function withLabels(input: InputLike | Error, { concepts, datasetIds }: Labels): InputLike | Error {
  if (!isLiteral(input) || [input.concepts, input.datasetIds].some(isNoList)) return input;
  return {
    ...input,
    ...(concepts.length > 0 && { concepts: [...(input.concepts ?? []), ...concepts] }),
    ...(datasetIds.length > 0 && { datasetIds: [...new Set([...(input.datasetIds ?? []), ...datasetIds])] }),
  };
}

function isNoList(value: unknown): boolean {
  return value !== undefined && !Array.isArray(value);
}
