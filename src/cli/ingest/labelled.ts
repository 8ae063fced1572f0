import type { ConceptLike, InputLike, InputLiteral, Source } from '../../index';

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

function withLabels(input: InputLike | Error, { concepts, datasetIds }: Labels): InputLike | Error {
  if (!isLiteral(input)) return input;
  return {
    ...input,
    ...(concepts.length > 0 && { concepts: [...(input.concepts ?? []), ...concepts] }),
    ...(datasetIds.length > 0 && { datasetIds: [...(input.datasetIds ?? []), ...datasetIds] }),
  };
}

/** Sources of files give nothing else, except for errors. */
function isLiteral(input: InputLike | Error): input is InputLiteral {
  return Object.getPrototypeOf(input) === Object.prototype;
}
