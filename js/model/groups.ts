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

/** Parts of short clips, by their greatest length in seconds. */
const FEW_PARTS = [
  { upTo: 2, parts: 1 },
  { upTo: 8, parts: 2 },
  { upTo: 20, parts: 4 },
] as const;

/** Longer clips are cut into a multiple of this, */
const MANY_PARTS = 8;
/** and no part lasts longer than this: how far a player must decode to seek. */
const MAX_PART_SECONDS = 5;

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
   * @param keyframeInterval seconds, or undefined for what is usual where the end is not known
   * @param leastImages images of a group before another may begin
   */
  constructor(keyframeInterval: number | undefined, leastImages: number = MIN_GROUP_IMAGES) {
    this.#keyframeInterval = keyframeInterval ?? DEFAULT_KEYFRAME_INTERVAL;
    this.#leastImages = leastImages;
  }

  /**
   * @param start the image's beginning in seconds; calls come in order
   * @param wanted whether it is to be a keyframe whatever the time
   */
  next(start: number, wanted = false): Cut {
    const keyframe = wanted || start - this.#lastKeyframe >= this.#keyframeInterval - ROUNDING_SECONDS;
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
 * Parts that a clip is cut into where the user names no interval: each begins with a keyframe, so that few mean few bytes and
 * many mean many workers. Two, four and multiples of eight are shared evenly by the usual numbers of processors.
 */
export function evenParts(seconds: number): number {
  const few = FEW_PARTS.find(({ upTo }) => seconds <= upTo + ROUNDING_SECONDS);
  if (few) return few.parts;
  const parts = Math.ceil((seconds - ROUNDING_SECONDS) / MAX_PART_SECONDS);
  return MANY_PARTS * Math.ceil(parts / MANY_PARTS);
}

/** The interval that cuts a timeline into equal parts. */
function evenInterval(timeline: Timeline): number {
  const seconds = totalSeconds(timeline);
  return seconds / evenParts(seconds);
}

/** The images of a group, of slide shows above all, whose keyframes are close: as small as may be, and all alike. */
function evenGroup(length: number): number {
  const groups = Math.floor(length / MIN_GROUP_IMAGES);
  return length / (groups <= 1 ? 1 : groups - (groups % 2));
}
