import { damaged } from "./failure.js";
import type { Sound } from "./sound.js";

/** Seconds of a sample, of AAC and MP3 at any rate and with any clock: 576 at 48 kHz is the least, 2048 at 7.35 kHz the most. */
const SAMPLE_SECONDS = { min: 0.005, max: 0.5 } as const;

/** Seconds that are heard at least: less is no sound, and repeated it would be an index without an end. */
const LEAST_SECONDS = 0.01;

/** Refuses a sound whose numbers cannot be true. */
export function checkPlausible({ sizes, ticks, timescale, heard }: Sound): void {
  const count = sizes.length;
  const total = ticks.reduce((sum, each) => sum + each, 0) * (ticks.length === 1 ? count : 1);
  const each = total / count / timescale;
  if (!(each >= SAMPLE_SECONDS.min && each <= SAMPLE_SECONDS.max)) {
    throw damaged(`the file says that a sample of its sound lasts ${each} seconds`);
  }
  const length = heard.reduce((sum, { from, to }) => sum + to - from, 0);
  const inside = heard.every(({ from, to }) => from >= 0 && from < to && to <= total);
  if (!inside || length < LEAST_SECONDS * timescale) throw damaged("the file says that nothing of its sound is heard");
}
