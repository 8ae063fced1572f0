/** How many words two texts have in common, weighed by how often they have them: 1 for the same words, 0 for none. */
export function lexicalScore(one: string, other: string): number {
  const [first, second] = [wordCounts(one), wordCounts(other)];
  let common = 0;
  for (const [word, count] of first) common += count * (second.get(word) ?? 0);
  const lengths = Math.sqrt(squareLength(first) * squareLength(second));
  return lengths === 0 ? 0 : common / lengths;
}

function wordCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function squareLength(counts: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += count * count;
  return sum;
}
