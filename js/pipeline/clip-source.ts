import { inOrder } from "../concurrency/in-order.js";
import { cutGroups } from "../model/groups.js";
import type { ImageSource } from "../model/sources.js";
import { durationsTimeline, secondsOf, type Timeline, totalSeconds } from "../model/timeline.js";
import type { ClipPictures } from "../options/clip-options.js";
import type { CheckedEncode } from "../options/encode-options.js";
import type { KnownSource } from "../options/memory.js";
import { isA, nameOf } from "../options/source-kind.js";
import type { PixelSize } from "../protocol/core.js";
import { pool } from "../workers/pool.js";
import { ClipGroup } from "./clip-group.js";
import { Snapshot } from "./inputs/snapshot.js";
import { makePlan, planSize } from "./plan.js";
import type { Shot } from "./slots.js";
import type { PictureSource, Plan } from "./source.js";

/** One image of a clip. */
export interface ClipImage {
  source: ImageSource;
  /** An expanded animation plays from its end. */
  backwards: boolean;
}

/** What a clip is, checked. */
export interface Sequence {
  images: readonly ClipImage[];
  timeline: Timeline;
  pictures: ClipPictures;
}

/** What is known of an image before it is decoded. */
interface Probed extends KnownSource {
  /** The size of a video that takes its own from the image, where that was found out on the way. */
  planned?: PixelSize;
  /** Seconds of each frame of an animation. */
  frames?: Float64Array;
}

/** A clip as a source of pictures: all of them are there, and can be had again. */
export class ClipSource implements PictureSource {
  readonly live = false;
  readonly growing = false;
  readonly #sequence: Sequence;
  readonly #options: CheckedEncode;
  readonly #signal: AbortSignal;
  readonly #snapshot: Snapshot;
  #timeline: Timeline;
  #shots: readonly Shot[];

  /** Copies pixels and bytes at once, so that the page may change them. */
  constructor(sequence: Sequence, options: CheckedEncode, signal: AbortSignal) {
    this.#sequence = sequence;
    this.#options = options;
    this.#signal = signal;
    this.#snapshot = new Snapshot(
      new Set(sequence.images.map(({ source }) => source)),
      sequence.pictures.colors,
      signal,
    );
    this.#timeline = sequence.timeline;
    this.#shots = sequence.images.map(({ source }, imageIndex) => ({ source, imageIndex }));
  }

  get timeline(): Timeline {
    return this.#timeline;
  }

  get groupsKnown(): number {
    return cutGroups(this.#timeline, this.#options.keyframeInterval).length;
  }

  /** Looks at as many images as it must to know the size and, where animations are expanded, the samples. */
  async plan(workers: number): Promise<Plan> {
    const probed = await this.#probeImages(workers);
    this.#expand(probed);
    const size = await this.#size([...probed.values()]);
    const frameRate = this.#timeline.length / totalSeconds(this.#timeline);
    return makePlan(size, [...probed.values()], frameRate, this.#sequence.pictures, this.#options);
  }

  groups(): ClipGroup[] {
    const groups = cutGroups(this.#timeline, this.#options.keyframeInterval);
    return groups.map((group, index) => {
      const shots = this.#shots.slice(group.first, group.first + group.count);
      return new ClipGroup(index, group, shots, this.#snapshot);
    });
  }

  release(): void {
    this.#snapshot.release();
  }

  /** Headers of the images that matter, by source: those that size and samples hang on, and those that say what memory is wanted. */
  async #probeImages(workers: number): Promise<Map<ImageSource, Probed>> {
    const { images, pictures } = this.#sequence;
    const all = pictures.animated === "expand" || pictures.size === "largest";
    const firstUse = new Map<ImageSource, { index: number; isNeeded: boolean }>();
    for (const [index, { source }] of images.entries()) {
      const isNeeded = all || (pictures.size === "first" && index === 0);
      if (isNeeded && !firstUse.has(source)) firstUse.set(source, { index, isNeeded });
    }
    for (const index of this.#options.workers.isAuto ? [0, this.#heaviest()] : []) {
      const { source } = images[index] as ClipImage;
      if (!firstUse.has(source)) firstUse.set(source, { index, isNeeded: false });
    }
    const probed = new Map<ImageSource, Probed>();
    const probes = inOrder(firstUse, { atOnce: workers, ahead: 2 * workers }, async ([source, { index, isNeeded }]) => {
      const image = this.#probe(source, index);
      // What is wrong with an image is told at its turn, so that it is the first one in order that is blamed.
      return { source, image: isNeeded ? await image : await image.catch(() => undefined) };
    });
    for await (const { source, image } of probes) if (image) probed.set(source, image);
    this.#signal.throwIfAborted();
    return probed;
  }

  /** The index of the largest file. */
  #heaviest(): number {
    const bytes = ({ source }: ClipImage): number => (isA(source, "Blob") ? source.size : 0);
    return this.#sequence.images.reduce(
      (best, image, index, images) => (bytes(image) > bytes(images[best] as ClipImage) ? index : best),
      0,
    );
  }

  async #probe(source: ImageSource, index: number): Promise<Probed> {
    const image = await this.#snapshot.get(source, index);
    if (image.kind === "rgba") return { width: image.width, height: image.height };
    if (image.kind === "bitmap") return { width: image.bitmap.width, height: image.bitmap.height };
    const { limits, decoder, animated } = this.#sequence.pictures;
    const probed = await pool.run({
      task: { kind: "probe", blob: image.blob, limits, decoder, animated },
      signal: this.#signal,
      blame: () => ({ index, name: nameOf(source) }),
    });
    return { ...probed, bytes: image.blob.size };
  }

  /** The samples: one per image, or one per frame where animations are expanded, with times of their own. */
  #expand(probed: Map<ImageSource, Probed>): void {
    const { images, timeline, pictures } = this.#sequence;
    if (pictures.animated !== "expand" || !images.some(({ source }) => probed.get(source)?.frames)) return;
    const shots: Shot[] = [];
    const seconds: number[] = [];
    const stillSeconds = secondsOf(timeline);
    for (const [imageIndex, { source, backwards }] of images.entries()) {
      const delays = probed.get(source)?.frames;
      if (!delays) {
        shots.push({ source, imageIndex });
        seconds.push(stillSeconds[imageIndex] as number);
        continue;
      }
      for (let step = 0; step < delays.length; step++) {
        const frame = backwards ? delays.length - 1 - step : step;
        shots.push({ source, imageIndex, frame });
        seconds.push(delays[frame] as number);
      }
    }
    this.#shots = shots;
    this.#timeline = durationsTimeline(seconds);
  }

  async #size(images: readonly Probed[]): Promise<PixelSize> {
    const wish = this.#sequence.pictures.size;
    if (typeof wish === "object") return planSize(wish, true, this.#signal);
    // Of images of one area the first counts, and "first" looks at nothing else.
    const chosen = images.reduce((best, next) =>
      wish === "largest" && next.width * next.height > best.width * best.height ? next : best,
    );
    return chosen.planned ?? planSize(chosen, false, this.#signal);
  }
}
