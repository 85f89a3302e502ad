import { DEFAULT_KEYFRAME_INTERVAL, MIN_GROUP_IMAGES } from "./constants.js";
import { startOf, type Timeline, totalSeconds } from "./timeline.js";

/** Where an image stands among keyframes. */
export interface Cut {
  /** The image begins a group: what one encoder encodes, on its own. */
  opensGroup: boolean;
  /** The image is a keyframe (IDR). */
  keyframe: boolean;
}

/** Consecutive images that one encoder encodes: `first` to `first + count - 1`. */
export interface Group {
  first: number;
  count: number;
  /** Per image, whether it is a keyframe. */
  keyframes: boolean[];
}

/** Starts that should be equal differ by rounding only, far below the shortest tick (1/90000 s). */
const ROUNDING_SECONDS = 1e-6;

/**
 * Decides, image by image, where keyframes and groups begin. The decision looks at times only, never at workers,
 * so the file is the same whoever encodes it.
 */
export class GroupCutter {
  readonly #keyframeInterval: number;
  readonly #leastImages: number;
  #lastKeyframe = Number.NEGATIVE_INFINITY;
  #imagesInGroup = 0;

  /**
   * @param keyframeInterval seconds, or undefined for the default
   * @param leastImages images of a group before another may begin
   */
  constructor(keyframeInterval: number | undefined, leastImages: number = MIN_GROUP_IMAGES) {
    this.#keyframeInterval = keyframeInterval ?? DEFAULT_KEYFRAME_INTERVAL;
    this.#leastImages = leastImages;
  }

  /** `start` is the image's beginning in seconds; calls come in order. */
  next(start: number): Cut {
    const keyframe = start - this.#lastKeyframe >= this.#keyframeInterval - ROUNDING_SECONDS;
    // Before the first image the last keyframe is infinitely long ago.
    const opensGroup = keyframe && (this.#imagesInGroup === 0 || this.#imagesInGroup >= this.#leastImages);
    if (keyframe) this.#lastKeyframe = start;
    if (opensGroup) this.#imagesInGroup = 0;
    this.#imagesInGroup++;
    return { opensGroup, keyframe };
  }
}

/** The groups of a whole timeline. `keyframeInterval` is in seconds; where it is undefined, the cut is even. */
export function cutGroups(timeline: Timeline, keyframeInterval: number | undefined): Group[] {
  const cutter = new GroupCutter(keyframeInterval ?? evenInterval(timeline), evenGroup(timeline.length));
  const groups: Group[] = [];
  for (let index = 0; index < timeline.length; index++) {
    const cut = cutter.next(startOf(timeline, index));
    if (cut.opensGroup) groups.push({ first: index, count: 0, keyframes: [] });
    const group = groups.at(-1) as Group;
    group.count++;
    group.keyframes.push(cut.keyframe);
  }
  return groups;
}

/**
 * The interval that cuts a timeline into equal parts of at most the default: a short part at the end would leave a worker
 * with nothing to do.
 */
function evenInterval(timeline: Timeline): number {
  const seconds = totalSeconds(timeline);
  const parts = Math.ceil((seconds - ROUNDING_SECONDS) / DEFAULT_KEYFRAME_INTERVAL);
  return parts <= 1 ? DEFAULT_KEYFRAME_INTERVAL : seconds / shared(parts);
}

/** The images of a group, of slide shows above all, whose keyframes are close: as small as may be, and all alike. */
function evenGroup(length: number): number {
  return length / shared(Math.floor(length / MIN_GROUP_IMAGES));
}

/** A number of parts that two workers can share: one, where it must be, or an even number. */
function shared(parts: number): number {
  return parts <= 1 ? 1 : parts + (parts % 2);
}
