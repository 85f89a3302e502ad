import { ImageSequenceClip } from "framereel";
import type { Item } from "./image-list.ts";
import type { Settings } from "./settings.ts";
import type { VideoSize } from "./video-size.ts";

/** One picture of the video. */
interface Shot {
  /** Place in the list. */
  readonly place: number;
  /** Frame of an animation, counted from 0; null for a whole image. */
  readonly step: number | null;
  readonly seconds: number;
}

/** Seconds of each frame of an animated file whose frames are all shown; null for every other file. */
export type FramesOf = (file: File) => readonly { readonly seconds: number }[] | null;

/** What is shown when: the list played in its direction and as often as wanted. */
export class Sequence {
  readonly items: readonly Item[];
  readonly #shots: readonly Shot[];
  /** Place in the list of every image of the clip that {@link clipOf} makes; an animation is one image. */
  readonly #places: readonly number[];
  /** Seconds at which each frame starts, and at the end the whole duration. */
  readonly #starts: Float64Array;

  constructor(items: readonly Item[], settings: Settings, framesOf: FramesOf) {
    this.items = items;
    const there = items.map((_, place) => ({ place, backwards: false }));
    const back = items.map((_, place) => ({ place, backwards: true })).reverse();
    const once = {
      forward: there,
      reverse: back,
      boomerang: [...there, ...back.slice(1, -1)],
    };
    const all = Array.from({ length: timesOf(settings) }, () => once[settings.direction]).flat();
    this.#places = all.map(({ place }) => place);
    this.#shots = all.flatMap(({ place, backwards }): Shot[] => {
      const item = items[place];
      if (item === undefined) return [];
      const frames = settings.animated === "expand" ? framesOf(item.file) : null;
      if (frames === null) return [{ place, step: null, seconds: secondsOf(item, settings) }];
      const steps = frames.map(({ seconds }, step) => ({ place, step, seconds }));
      return backwards ? steps.reverse() : steps;
    });
    this.#starts = new Float64Array(this.#shots.length + 1);
    for (const [frame, { seconds }] of this.#shots.entries()) {
      this.#starts[frame + 1] = (this.#starts[frame] ?? 0) + seconds;
    }
  }

  /** Frames of the video. */
  get length(): number {
    return this.#shots.length;
  }

  /** Whether some image is an animation all of whose frames are shown. */
  get expanded(): boolean {
    return this.#shots.length !== this.#places.length;
  }

  /** Seconds; not a number where a setting is none. */
  get duration(): number {
    return this.#starts[this.length] ?? 0;
  }

  /** Place in the list of an image of the clip, by its index there. */
  placeOf(imageIndex: number): number {
    return this.#places[imageIndex] ?? 0;
  }

  itemOf(frame: number): Item | undefined {
    return this.items[this.#shots[frame]?.place ?? 0];
  }

  /** The frame of an animation that a frame of the video shows; null for a whole image. */
  stepOf(frame: number): number | null {
    return this.#shots[frame]?.step ?? null;
  }

  startOf(frame: number): number {
    return this.#starts[frame] ?? this.duration;
  }

  secondsOf(frame: number): number {
    return this.startOf(frame + 1) - this.startOf(frame);
  }

  /** The first frame that shows the image at this place of the list. */
  frameOf(place: number): number {
    const found = this.#shots.findIndex((shot) => shot.place === place);
    return Math.max(0, found);
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
  const { fit, background, animated, decoder, colors } = settings;
  // A frame rate is exact (23.976 is 24000/1001), durations are rounded to a clock: they are for when some image needs one.
  const byRate = settings.timing === "fps" && items.every((item) => item.seconds === null);
  const timing = byRate ? { fps: settings.fps } : { durations: items.map((item) => secondsOf(item, settings)) };
  const files = items.map((item) => item.file);
  const clip = new ImageSequenceClip(files, { ...timing, size, fit, background, animated, decoder, colors });
  const { direction } = settings;
  const directed = direction === "forward" ? clip : direction === "reverse" ? clip.reversed() : clip.boomerang();
  return directed.repeated(timesOf(settings));
}

function timesOf({ times }: Settings): number {
  return Number.isInteger(times) && times > 0 ? times : 1;
}
