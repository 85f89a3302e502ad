// The Bjontegaard difference: how many more bytes one encoder takes than another for the same quality, on average.
//
// G. Bjontegaard, "Calculation of average PSNR differences between RD curves", VCEG-M33, 2001, with piecewise cubic
// instead of one cubic polynomial: the logarithm of the rate over the quality, monotone between the points
// (F. N. Fritsch, J. Butland, SIAM J. Sci. Stat. Comput. 5, 1984). Any measure that grows with the bytes will do.

/** Points that a curve needs. Four are usual; one of them may fall away where VMAF has reached its end. */
const LEAST_POINTS = 3;
/** Steps of the integral; Simpson's rule is exact for cubics but in the few steps that hold a point. */
const STEPS = 2000;

/**
 * @param {({ bytes: number } & Record<string, number>)[]} anchor - the encoder that is compared with
 * @param {({ bytes: number } & Record<string, number>)[]} test
 * @param {string} [measure] - the points' property that says how good they are: "psnr" or "vmaf"
 * @returns {number | null} 0.3 for 30 % more bytes; null where the curves share no range of quality, or one is no curve
 */
export function bdRate(anchor, test, measure = "psnr") {
  const [a, b] = [curve(anchor, measure), curve(test, measure)];
  if (!a || !b) return null;
  const from = Math.max(a.from, b.from);
  const to = Math.min(a.to, b.to);
  if (!(to > from)) return null;
  const difference = integral((quality) => b.at(quality) - a.at(quality), from, to) / (to - from);
  return Math.exp(difference) - 1;
}

/** The logarithm of the rate as a function of the quality; null where too few points are left. */
function curve(points, measure) {
  const best = front(points, measure);
  if (best.length < LEAST_POINTS) return null;
  const x = best.map((point) => point[measure]);
  const y = best.map(({ bytes }) => Math.log(bytes));
  const slopes = monotoneSlopes(x, y);
  const at = (quality) => {
    let piece = 0;
    while (piece < x.length - 2 && quality > x[piece + 1]) piece++;
    const width = x[piece + 1] - x[piece];
    const t = (quality - x[piece]) / width;
    // Cubic Hermite basis.
    return (
      y[piece] * (1 + 2 * t) * (1 - t) ** 2 +
      slopes[piece] * width * t * (1 - t) ** 2 +
      y[piece + 1] * t * t * (3 - 2 * t) +
      slopes[piece + 1] * width * t * t * (t - 1)
    );
  };
  return { from: x[0], to: x.at(-1), at };
}

/**
 * The points that no other beats: each has more bytes than the one before and is better. VMAF ends near 100 whatever is
 * spent, and there a larger file may even be said to be worse.
 */
export function front(points, measure) {
  const sorted = points
    .filter((point) => Number.isFinite(point[measure]))
    .sort((a, b) => a.bytes - b.bytes || b[measure] - a[measure]);
  return sorted.filter((point, at) => sorted.slice(0, at).every((other) => other[measure] < point[measure]));
}

/** Fritsch and Butland's slopes at the points: no wiggle between two that is not in them. */
function monotoneSlopes(x, y) {
  const widths = x.slice(1).map((value, at) => value - x[at]);
  const secants = widths.map((width, at) => (y[at + 1] - y[at]) / width);
  const inner = widths.slice(1).map((_, at) => {
    const [before, after] = [secants[at], secants[at + 1]];
    if (before * after <= 0) return 0;
    const [w1, w2] = [2 * widths[at + 1] + widths[at], widths[at + 1] + 2 * widths[at]];
    return (w1 + w2) / (w1 / before + w2 / after);
  });
  const last = widths.length - 1;
  return [
    endSlope(widths[0], widths[1], secants[0], secants[1]),
    ...inner,
    endSlope(widths[last], widths[last - 1], secants[last], secants[last - 1]),
  ];
}

/** The three-point slope at an end, kept from overshooting. */
function endSlope(near, far, secant, next) {
  const slope = ((2 * near + far) * secant - near * next) / (near + far);
  if (slope * secant <= 0) return 0;
  return secant * next <= 0 && Math.abs(slope) > 3 * Math.abs(secant) ? 3 * secant : slope;
}

/** Simpson's rule. */
function integral(f, from, to) {
  const step = (to - from) / STEPS;
  let sum = f(from) + f(to);
  for (let at = 1; at < STEPS; at++) sum += f(from + at * step) * (at % 2 === 1 ? 4 : 2);
  return (sum * step) / 3;
}
