import { MAX_IMAGE_SECONDS } from "../model/constants.js";
import type { FrameRate } from "../model/options.js";
import { checkKeys, checkNumber, invalidOption } from "./check.js";
import { MAX_FPS, MAX_RATE_PART } from "./defaults.js";

/** The rates of NTSC video, whose usual short names are not the numbers they stand for (SMPTE ST 170). */
const NTSC_NAMES: ReadonlyMap<number, FrameRate> = new Map([
  [23.976, { num: 24_000, den: 1_001 }],
  [29.97, { num: 30_000, den: 1_001 }],
  [59.94, { num: 60_000, den: 1_001 }],
  [119.88, { num: 120_000, den: 1_001 }],
]);

const FPS_RANGE = { min: 1 / MAX_IMAGE_SECONDS, max: MAX_FPS, unit: "images per second" } as const;

/** A frame rate as the user gives it, as an exact fraction in lowest terms. */
export function checkFrameRate(value: unknown, path: string): FrameRate {
  if (typeof value === "object" && value !== null) {
    const parts = checkKeys(value, path, ["num", "den"]);
    const num = checkNumber(parts.num, `${path}.num`, { min: 1, max: MAX_RATE_PART, integer: true });
    const den = checkNumber(parts.den, `${path}.den`, { min: 1, max: MAX_RATE_PART, integer: true });
    checkNumber(num / den, path, FPS_RANGE);
    return lowestTerms(num, den);
  }
  const fps = checkNumber(value, path, FPS_RANGE);
  const rate = NTSC_NAMES.get(fps) ?? nearestFraction(fps);
  if (rate.num === 0 || rate.num > MAX_RATE_PART || rate.den > MAX_RATE_PART) {
    throw invalidOption(path, "a fraction of whole numbers below a million, such as { num: 25, den: 2 }", value);
  }
  return rate;
}

/** The first fraction within a billionth of `x` by its continued fraction: exact for rates written with a few decimals. */
function nearestFraction(x: number): FrameRate {
  const tolerance = x * 1e-9;
  let [num, den, previousNum, previousDen] = [Math.floor(x), 1, 1, 0];
  let rest = x - num;
  while (Math.abs(num / den - x) > tolerance && den <= MAX_RATE_PART) {
    const whole = Math.floor(1 / rest);
    rest = 1 / rest - whole;
    [num, previousNum] = [whole * num + previousNum, num];
    [den, previousDen] = [whole * den + previousDen, den];
  }
  return { num, den };
}

function lowestTerms(num: number, den: number): FrameRate {
  let [a, b] = [num, den];
  while (b !== 0) [a, b] = [b, a % b];
  return { num: num / a, den: den / a };
}
