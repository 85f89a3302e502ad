import { DURATION_TIMESCALE, MAX_IMAGE_SECONDS } from "../model/constants.js";
import type { Timeline } from "../model/timeline.js";
import type { FragmentTimes, HeaderTimes, Times } from "../protocol/messages.js";

/** The times of all samples, as the core takes them. */
export function allTimes(timeline: Timeline): Times {
  return timeline.kind === "rate" ? rateTimes(timeline.rate) : { durations: Float64Array.from(timeline.seconds) };
}

/**
 * The times of samples `first` to `first + count - 1`. The core counts time from the first sample that it is told of. So that
 * a long timeline is not sent with every fragment, one sample stands for all that lie before, or several where that is
 * longer than one may be. Ticks are exact, so they come out of the core as they went in.
 */
export function partTimes(timeline: Timeline, first: number, count: number): FragmentTimes {
  if (timeline.kind === "rate") return { times: rateTimes(timeline.rate), firstSample: first };
  const ticks = timeline.ticks.slice(first, first + count + 1);
  const before: number[] = [];
  const most = MAX_IMAGE_SECONDS * DURATION_TIMESCALE;
  for (let left = ticks[0] as number; left > 0; left -= most) before.push(Math.min(left, most));
  const own = ticks.slice(1).map((end, index) => end - (ticks[index] as number));
  const durations = Float64Array.from([...before, ...own], (length) => length / DURATION_TIMESCALE);
  return { times: { durations }, firstSample: before.length };
}

/** What a fragmented file's start says of its times: all that will come, or the clock alone where that is not known yet. */
export function headerTimes(timeline: Timeline, complete: boolean): HeaderTimes {
  if (complete) return { times: allTimes(timeline), samples: timeline.length };
  if (timeline.kind === "rate") return { times: rateTimes(timeline.rate) };
  // One sample a tick has the clock of samples with durations of their own.
  return { times: { fpsNum: DURATION_TIMESCALE, fpsDen: 1 } };
}

function rateTimes({ num, den }: { num: number; den: number }): Times {
  return { fpsNum: num, fpsDen: den };
}
