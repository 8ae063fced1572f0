import type { BinaryMetrics, Concept, EvalMetrics } from '../../../generated/proto/clarifai/api/resources';
import type { DeepPartial } from '../../wire/codec';
import type { Example } from './examples';
import type { Recall } from './nearest-examples';
import { recall } from './nearest-examples';

/** Inputs that a model is tried with: enough for a test, and few enough not to keep other calls waiting. */
const mostTried = 200;

interface Tried {
  readonly example: Example;
  /** Best first. */
  readonly predicted: readonly DeepPartial<Concept>[];
}

/** How well a model says what people have said, counted over examples that it may have learnt from. */
export function evaluate(
  examples: readonly Example[],
  learnt: Recall,
  concepts: readonly DeepPartial<Concept>[],
): DeepPartial<EvalMetrics> {
  const tried = examples.slice(0, mostTried).map((example) => ({ example, predicted: recall(learnt, example.media) }));
  const binaryMetrics = concepts.map((concept) => binary(tried, concept));
  const counted = binaryMetrics.filter(({ numPos }) => (numPos ?? 0) > 0);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  return {
    summary: {
      top1Accuracy: mean(tried.map((one) => (isHit(one, 1) ? 1 : 0))),
      top5Accuracy: mean(tried.map((one) => (isHit(one, 5) ? 1 : 0))),
      macroAvgRocAuc: mean(counted.map(({ rocAuc = 0 }) => rocAuc)),
      macroAvgF1Score: mean(counted.map(({ f1 = 0 }) => f1)),
      macroAvgPrecision: mean(counted.map(({ avgPrecision = 0 }) => avgPrecision)),
    },
    binaryMetrics,
    labelCounts: {
      positiveLabelCounts: concepts.map((concept, at) => ({
        conceptName: concept.name,
        count: binaryMetrics[at]?.numPos,
        concept,
      })),
    },
    confusionMatrix: confusion(tried, concepts),
  };
}

function isHit({ example, predicted }: Tried, among: number): boolean {
  return predicted.slice(0, among).some(({ id = '' }) => example.positive.has(id));
}

function binary(tried: readonly Tried[], concept: DeepPartial<Concept>): DeepPartial<BinaryMetrics> {
  const { id = '' } = concept;
  const scored = tried.map(({ example, predicted }) => ({
    isPositive: example.positive.has(id),
    value: predicted.find((one) => one.id === id)?.value ?? 0,
  }));
  scored.sort((one, other) => other.value - one.value);
  const numPos = scored.filter(({ isPositive }) => isPositive).length;
  const numNeg = scored.length - numPos;
  const claimed = scored.filter(({ value }) => value >= 0.5);
  const right = claimed.filter(({ isPositive }) => isPositive).length;
  return {
    concept,
    numPos,
    numNeg,
    numTot: scored.length,
    rocAuc: areaUnderCurve(scored, numPos * numNeg),
    f1: numPos + claimed.length === 0 ? 0 : (2 * right) / (numPos + claimed.length),
    avgPrecision: claimed.length === 0 ? 0 : right / claimed.length,
  };
}

/** Share of pairs of a positive and a negative in which the positive has the higher value. */
function areaUnderCurve(
  scored: readonly { readonly isPositive: boolean; readonly value: number }[],
  pairs: number,
): number {
  if (pairs === 0) return 1;
  let inOrder = 0;
  for (const one of scored) {
    if (!one.isPositive) continue;
    for (const other of scored) {
      if (!other.isPositive) inOrder += one.value > other.value ? 1 : one.value === other.value ? 0.5 : 0;
    }
  }
  return inOrder / pairs;
}

/** For each concept that is there, how often each concept was thought the likeliest. */
function confusion(
  tried: readonly Tried[],
  concepts: readonly DeepPartial<Concept>[],
): DeepPartial<EvalMetrics['confusionMatrix']> {
  const conceptIds = concepts.map(({ id = '' }) => id);
  const matrix = conceptIds.flatMap((actual) => {
    const there = tried.filter(({ example }) => example.positive.has(actual));
    return conceptIds.map((predicted) => {
      const thought = there.filter((one) => one.predicted[0]?.id === predicted).length;
      return { actual, predicted, value: there.length === 0 ? 0 : thought / there.length };
    });
  });
  return { conceptIds, matrix };
}
