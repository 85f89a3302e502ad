// Summaries of repeated runs.

/** The smallest, the middle and the largest of some numbers; null where there are none. */
export function summary(numbers) {
  if (numbers.length === 0) return null;
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  return { min: sorted[0], median, max: sorted.at(-1) };
}

/**
 * How many times as fast `a` was as `b`, round by round: the two ran next to each other, so what else the machine did
 * weighs on both.
 */
export function ratios(a, b) {
  const both = Math.min(a.length, b.length);
  return summary(Array.from({ length: both }, (_, at) => a[at] / b[at]));
}
