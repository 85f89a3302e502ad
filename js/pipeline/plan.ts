import { imageError, plainError } from "../model/image-error.js";
import type { ImageSource } from "../model/sources.js";
import { durationsTimeline, secondsOf, type Timeline, totalSeconds } from "../model/timeline.js";
import type { PictureOptions } from "../options/clip-options.js";
import { parseColor } from "../options/color.js";
import type { CheckedEncode } from "../options/encode-options.js";
import { nameOf } from "../options/source-kind.js";
import type { GroupSettings, ImageInfo, PixelSize } from "../protocol/core.js";
import { TaskFailure } from "../workers/handle.js";
import { pool } from "../workers/pool.js";
import { inOrder } from "./in-order.js";
import type { Snapshot } from "./snapshot.js";

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
  pictures: PictureOptions;
}

/** One sample of the file to be. */
export interface Shot {
  source: ImageSource;
  /** The clip's image that it belongs to. */
  imageIndex: number;
  /** Frame of an expanded animation. */
  frame?: number;
}

/** Everything that encoding needs to know. */
export interface Plan {
  shots: readonly Shot[];
  timeline: Timeline;
  decoder: "wasm" | "browser";
  /** Settings of every group, but for what decides about the bytes. */
  settings: Omit<GroupSettings, "qp" | "bitrate">;
}

/** Looks at as many images as it must to know the size and, where animations are expanded, the samples. */
export async function makePlan(
  sequence: Sequence,
  options: CheckedEncode,
  snapshot: Snapshot,
  signal: AbortSignal,
): Promise<Plan> {
  const { pictures } = sequence;
  const background = Uint8Array.from(parseColor(pictures.background, "options.background"));
  const infos = await probeImages(sequence, options.workers, snapshot, signal);
  const { shots, timeline } = expand(sequence, infos);
  const size = await planSize(pictures.size, infos, signal);
  const { fit, decoder, limits } = pictures;
  const { profile, content, speed } = options;
  const frameRate = timeline.length / totalSeconds(timeline);
  return {
    shots,
    timeline,
    decoder,
    settings: { ...size, fit, background, ...limits, frameRate, profile, content, speed },
  };
}

/** Headers of the images that matter, by source: none, the first, or all of them. */
async function probeImages(
  { images, pictures }: Sequence,
  workers: number,
  snapshot: Snapshot,
  signal: AbortSignal,
): Promise<Map<ImageSource, ImageInfo>> {
  const all = pictures.animated === "expand" || pictures.size === "largest";
  const firstUse = new Map<ImageSource, number>();
  for (const [index, { source }] of images.entries()) {
    if (!firstUse.has(source) && (all || (pictures.size === "first" && index === 0))) firstUse.set(source, index);
  }
  const wanted = [...firstUse];
  const infos = new Map<ImageSource, ImageInfo>();
  const probes = inOrder(wanted.length, { atOnce: workers, ahead: 2 * workers }, async (at) => {
    const [source, index] = wanted[at] as [ImageSource, number];
    return probe(source, index, pictures, snapshot, signal);
  });
  for await (const info of probes) infos.set((wanted[infos.size] as [ImageSource, number])[0], info);
  return infos;
}

async function probe(
  source: ImageSource,
  index: number,
  { limits, decoder }: PictureOptions,
  snapshot: Snapshot,
  signal: AbortSignal,
): Promise<ImageInfo> {
  const image = await snapshot.get(source, index);
  if (image.kind === "rgba") return { width: image.width, height: image.height, format: "pixels" };
  if (image.kind === "bitmap") return { width: image.bitmap.width, height: image.bitmap.height, format: "pixels" };
  try {
    return await pool.run({ task: { kind: "probe", blob: image.blob, limits, decoder }, signal });
  } catch (error) {
    if (error instanceof TaskFailure) throw imageError(error, index, nameOf(source));
    throw error;
  }
}

/** The samples: one per image, or one per frame where animations are expanded, with times of their own. */
function expand(
  { images, timeline, pictures }: Sequence,
  infos: Map<ImageSource, ImageInfo>,
): Pick<Plan, "shots" | "timeline"> {
  const animated = pictures.animated === "expand" && images.some(({ source }) => infos.get(source)?.frames);
  if (!animated) return { shots: images.map(({ source }, imageIndex) => ({ source, imageIndex })), timeline };
  const shots: Shot[] = [];
  const seconds: number[] = [];
  const stillSeconds = secondsOf(timeline);
  for (const [imageIndex, { source, backwards }] of images.entries()) {
    const delays = infos.get(source)?.frames;
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
  return { shots, timeline: durationsTimeline(seconds) };
}

export async function planSize(
  wish: PictureOptions["size"],
  infos: Map<ImageSource, ImageInfo>,
  signal: AbortSignal,
): Promise<PixelSize> {
  const explicit = typeof wish === "object";
  // Of images of one area the first counts, and "first" looks at nothing else.
  const size = explicit
    ? wish
    : [...infos.values()].reduce((best, next) =>
        wish === "largest" && next.width * next.height > best.width * best.height ? next : best,
      );
  try {
    return await pool.run({
      task: { kind: "planSize", size: { width: size.width, height: size.height }, explicit },
      signal,
    });
  } catch (error) {
    if (error instanceof TaskFailure) throw plainError(error);
    throw error;
  }
}
