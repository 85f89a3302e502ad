import { DURATION_TIMESCALE } from "./constants.js";
import type { FrameRate } from "./options.js";

/**
 * When each image is shown. Image i covers [start(i), start(i + 1)); the ends are computed from whole numbers, so
 * nothing drifts however long the sequence is.
 */
export type Timeline =
  | { readonly kind: "rate"; readonly length: number; readonly rate: FrameRate }
  | {
      readonly kind: "durations";
      readonly length: number;
      /** Seconds, as they were given. */
      readonly seconds: readonly number[];
      /** length + 1 ends in ticks of 1/90000 s. */
      readonly ticks: readonly number[];
    };

export function rateTimeline(length: number, rate: FrameRate): Timeline {
  return { kind: "rate", length, rate };
}

/** The tick at which an image ends that ends after `sum` seconds and begins at `start`: the nearest, but a tick later at least. */
export function tickAfter(start: number, sum: number): number {
  return Math.max(start + 1, Math.round(sum * DURATION_TIMESCALE));
}

/** Ends are the rounded running sum, and every image lasts a tick at least: the rule that the muxer keeps too. */
export function durationsTimeline(seconds: readonly number[]): Timeline {
  const ticks = [0];
  let sum = 0;
  let end = 0;
  for (const duration of seconds) {
    sum += duration;
    end = tickAfter(end, sum);
    ticks.push(end);
  }
  return { kind: "durations", length: seconds.length, seconds, ticks };
}

/** Seconds at which image `index` begins; `length` gives the end of the last one. */
export function startOf(timeline: Timeline, index: number): number {
  if (timeline.kind === "rate") return (index * timeline.rate.den) / timeline.rate.num;
  return (timeline.ticks[index] ?? Number.NaN) / DURATION_TIMESCALE;
}

/** Seconds in all, as the file will say. */
export function totalSeconds(timeline: Timeline): number {
  return startOf(timeline, timeline.length);
}

/** Seconds of each image, for joining clips of different rates. */
export function secondsOf(timeline: Timeline): readonly number[] {
  if (timeline.kind === "durations") return timeline.seconds;
  return Array.from({ length: timeline.length }, () => timeline.rate.den / timeline.rate.num);
}

/** The image shown at `seconds`; from the end on, the last one. */
export function imageAt(timeline: Timeline, seconds: number): number {
  let [low, high] = [0, timeline.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    // A millionth of a second forgives the rounding of times such as 0.1 + 0.2, and is far below any sample's length.
    if (startOf(timeline, middle) <= seconds + 1e-6) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The same images in the opposite order. */
export function reverseTimeline(timeline: Timeline): Timeline {
  return timeline.kind === "rate" ? timeline : durationsTimeline([...timeline.seconds].reverse());
}

/** Images `first` up to `end`. */
export function sliceTimeline(timeline: Timeline, first: number, end: number): Timeline {
  if (timeline.kind === "rate") return rateTimeline(end - first, timeline.rate);
  return durationsTimeline(timeline.seconds.slice(first, end));
}

/** One after the other: at their common rate, or each image with a duration of its own. */
export function joinTimelines(timelines: readonly Timeline[]): Timeline {
  const [first] = timelines;
  if (first?.kind === "rate") {
    const { num, den } = first.rate;
    const alike = timelines.every(
      ({ kind, ...rest }) => "rate" in rest && rest.rate.num === num && rest.rate.den === den,
    );
    if (alike)
      return rateTimeline(
        timelines.reduce((sum, { length }) => sum + length, 0),
        first.rate,
      );
  }
  return durationsTimeline(timelines.flatMap((timeline) => secondsOf(timeline)));
}
