import { ImageSequenceClip } from "framereel";
import type { Item } from "./image-list.ts";
import type { Settings } from "./settings.ts";
import type { VideoSize } from "./video-size.ts";

/** What is shown when: the list played in its direction and as often as wanted. */
export class Sequence {
  readonly items: readonly Item[];
  /** Index into {@link items} for every frame of the video. */
  readonly #places: readonly number[];
  /** Seconds at which each frame starts, and at the end the whole duration. */
  readonly #starts: Float64Array;

  constructor(items: readonly Item[], settings: Settings) {
    this.items = items;
    const there = items.map((_, index) => index);
    const once = {
      forward: there,
      reverse: there.toReversed(),
      boomerang: [...there, ...there.slice(1, -1).reverse()],
    };
    this.#places = Array.from({ length: timesOf(settings) }, () => once[settings.direction]).flat();
    this.#starts = new Float64Array(this.#places.length + 1);
    for (const [frame, place] of this.#places.entries()) {
      const item = items[place];
      this.#starts[frame + 1] = (this.#starts[frame] ?? 0) + (item === undefined ? 0 : secondsOf(item, settings));
    }
  }

  /** Frames of the video. */
  get length(): number {
    return this.#places.length;
  }

  /** Seconds; not a number where a setting is none. */
  get duration(): number {
    return this.#starts[this.length] ?? 0;
  }

  /** Place in the list of the image that a frame shows. */
  placeOf(frame: number): number {
    return this.#places[frame] ?? 0;
  }

  itemOf(frame: number): Item | undefined {
    return this.items[this.placeOf(frame)];
  }

  startOf(frame: number): number {
    return this.#starts[frame] ?? this.duration;
  }

  secondsOf(frame: number): number {
    return this.startOf(frame + 1) - this.startOf(frame);
  }

  /** The first frame that shows the image at this place of the list. */
  frameOf(place: number): number {
    return Math.max(0, this.#places.indexOf(place));
  }

  /** The frame shown at a time; from the end on the last one. */
  frameAt(seconds: number): number {
    let [low, high] = [0, this.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.startOf(middle) <= seconds) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Seconds that an image is shown. */
export function secondsOf(item: Item, settings: Settings): number {
  return item.seconds ?? (settings.timing === "fps" ? 1 / settings.fps : settings.seconds);
}

/**
 * The clip that framereel encodes. Turned and repeated by framereel itself, so that expanded animations run the right way.
 *
 * @throws FramereelError `invalid-option`
 */
export function clipOf(items: readonly Item[], settings: Settings, size: VideoSize["option"]): ImageSequenceClip {
  const { fit, background, animated, decoder } = settings;
  // A frame rate is exact (23.976 is 24000/1001), durations are rounded to a clock: they are for when some image needs one.
  const byRate = settings.timing === "fps" && items.every((item) => item.seconds === null);
  const timing = byRate ? { fps: settings.fps } : { durations: items.map((item) => secondsOf(item, settings)) };
  const files = items.map((item) => item.file);
  const clip = new ImageSequenceClip(files, { ...timing, size, fit, background, animated, decoder });
  const { direction } = settings;
  const directed = direction === "forward" ? clip : direction === "reverse" ? clip.reversed() : clip.boomerang();
  return directed.repeated(timesOf(settings));
}

function timesOf({ times }: Settings): number {
  return Number.isInteger(times) && times > 0 ? times : 1;
}
