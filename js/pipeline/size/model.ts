import { RATE_FACTOR_RANGE } from "../../options/defaults.js";

/**
 * Rate factors for which bytes halve, where nothing is known yet. The quantiser's step doubles every 6 (ITU-T H.264 8.5.9); the
 * bytes of camera pictures halve every 6 to 9.
 */
const FACTORS_PER_HALVING = 7;

/** The range in which a measured number of factors per halving is believed. */
const BELIEVED_HALVINGS = { min: 3, max: 30 };

/** Points nearer than this say little about a slope: noise is as large as the difference. */
const LEAST_DISTANCE = 0.75;

/** Bits per pixel of usual content at a rate factor in the middle: where a search begins when it knows nothing. */
const USUAL = { rateFactor: 23, bitsPerPixel: 0.12 };

/** The range of rate factors, held. */
export function inRange(rateFactor: number): number {
  return Math.min(Math.max(rateFactor, RATE_FACTOR_RANGE.min), RATE_FACTOR_RANGE.max);
}

/** A rate factor to begin with, for so many bytes and pixels in all. */
export function usualRateFactor(bytes: number, pixels: number): number {
  const halvings = Math.log2((USUAL.bitsPerPixel * pixels) / (8 * bytes));
  return inRange(Math.round(USUAL.rateFactor + FACTORS_PER_HALVING * halvings));
}

/** What is known of the bytes of something at some rate factors: log2(bytes) is taken to be linear between them. */
export class SizeModel {
  readonly #points: { rateFactor: number; log: number }[] = [];
  /** Halvings per rate factor, where they were measured on something like it. */
  #slope: number;

  /** @param factorsPerHalving measured elsewhere */
  constructor(factorsPerHalving: number = FACTORS_PER_HALVING) {
    this.#slope = 1 / factorsPerHalving;
  }

  add(rateFactor: number, bytes: number): void {
    this.#points.push({ rateFactor, log: Math.log2(Math.max(bytes, 1)) });
    this.#points.sort((a, b) => a.rateFactor - b.rateFactor);
  }

  /** A part of it went from so many bytes to so many over so many rate factors. */
  measured(steps: number, before: number, after: number): void {
    if (Math.abs(steps) >= LEAST_DISTANCE) this.#slope = slopeOf(steps, Math.log2(before / after));
  }

  /** Rate factors in which bytes halve, around the place where there are so many. */
  factorsPerHalving(bytes: number): number {
    return 1 / this.#slopeAt(Math.log2(bytes));
  }

  /** The rate factor at which so many bytes are to be expected; it may lie out of range. */
  predict(bytes: number): number {
    const log = Math.log2(Math.max(bytes, 1));
    const nearest = this.#points.reduce((best, point) =>
      Math.abs(point.log - log) < Math.abs(best.log - log) ? point : best,
    );
    return nearest.rateFactor + (nearest.log - log) / this.#slopeAt(log);
  }

  /** Halvings per rate factor between the two points around `log`; else beyond the two nearest, as far as that is believed. */
  #slopeAt(log: number): number {
    const above = this.#points.filter((point) => point.log >= log).at(-1);
    const below = this.#points.find((point) => point.log < log);
    if (above && below && below.rateFactor > above.rateFactor) {
      return (above.log - below.log) / (below.rateFactor - above.rateFactor);
    }
    const [nearest, other] = this.#nearestTwo(log);
    if (!nearest || !other) return this.#slope;
    return slopeOf(other.rateFactor - nearest.rateFactor, nearest.log - other.log);
  }

  /** The point nearest to `log`, and the nearest other that is far enough from it to tell a slope. */
  #nearestTwo(log: number): { rateFactor: number; log: number }[] {
    const [nearest, ...others] = [...this.#points].sort((a, b) => Math.abs(a.log - log) - Math.abs(b.log - log));
    if (!nearest) return [];
    const other = others.find(({ rateFactor }) => Math.abs(rateFactor - nearest.rateFactor) >= LEAST_DISTANCE);
    return other ? [nearest, other] : [nearest];
  }
}

/** Halvings per rate factor, as far as they are believed. */
function slopeOf(steps: number, halvings: number): number {
  const perHalving = steps / halvings;
  // Where bytes do not fall, the quotient is negative or endless.
  if (!(perHalving > 0)) return 1 / BELIEVED_HALVINGS.max;
  return 1 / Math.min(Math.max(perHalving, BELIEVED_HALVINGS.min), BELIEVED_HALVINGS.max);
}
