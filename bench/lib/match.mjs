// Brings an encoder's quality to another's by its own dial.

/** So near in VMAF that two encoders count as equally good. */
export const NEAR_VMAF = 0.3;

/** So near that looking on is not worth another encode. */
const HIT = 0.05;

/**
 * The values of a dial, from the best quality to the worst: evenly spaced, or each `factor` times the one before.
 *
 * @param {{ from: number, to: number, step?: number, factor?: number }} values
 */
export function dialValues({ from, to, step, factor }) {
  const count = factor ? Math.floor(Math.log(to / from) / Math.log(factor)) : Math.floor((to - from) / step);
  return Array.from({ length: count + 1 }, (_, at) => (factor ? Math.round(from * factor ** at) : from + at * step));
}

/**
 * Looks among values, from the best quality to the worst, for the one whose quality is nearest to a target.
 *
 * @param {number[]} values
 * @param {number} target
 * @param {(value: number) => Promise<number>} measure - the quality there; it may wobble a little
 * @param {number} [near] - stops at the first that is so near
 * @returns {Promise<{ value: number, quality: number }>}
 */
export async function nearest(values, target, measure, near = HIT) {
  let best = null;
  let [low, high] = [0, values.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const quality = await measure(values[middle]);
    if (best === null || Math.abs(quality - target) < Math.abs(best.quality - target)) {
      best = { value: values[middle], quality };
    }
    if (Math.abs(quality - target) <= near) break;
    if (quality > target) low = middle + 1;
    else high = middle - 1;
  }
  return best;
}
