import {
  ANIMATED,
  type Animated,
  COLORS,
  type Colors,
  DECODERS,
  type Decoder,
  FITS,
  type Fit,
  NATURAL_SIZES,
} from "../model/choices.js";
import { MAX_IMAGE_SECONDS, MAX_SIDE } from "../model/constants.js";
import type { ClipOptions, Limits } from "../model/options.js";
import { durationsTimeline, rateTimeline, type Timeline } from "../model/timeline.js";
import { checkChoice, checkExclusive, checkKeys, checkNumber, invalidOption, orDefault } from "./check.js";
import { canParseColors, parseColor } from "./color.js";
import { CLIP_DEFAULTS, DEFAULT_LIMITS } from "./defaults.js";
import { checkFrameRate } from "./frame-rate.js";

/** How images become pictures: what clips and sequence encoders share. */
export interface PictureOptions {
  fit: Fit;
  background: string;
  decoder: Decoder;
  colors: Colors;
  limits: Limits;
}

/** The same for a clip, whose images decide about its size and length. */
export interface ClipPictures extends PictureOptions {
  size: NonNullable<ClipOptions["size"]>;
  animated: Animated;
}

export interface CheckedClip {
  timeline: Timeline;
  pictures: ClipPictures;
}

const CLIP_KEYS = ["fps", "durations", "size", "fit", "background", "animated", "decoder", "colors", "limits"] as const;

/** Checks the options of a clip of `length` images and fills in the defaults. */
export function checkClipOptions(options: ClipOptions | undefined, length: number): CheckedClip {
  const given = checkKeys(options, "options", CLIP_KEYS);
  const timing = checkExclusive(given, "options", ["fps", "durations"]);
  if (timing === undefined) throw invalidOption("options.fps", "given, or options.durations instead", undefined);
  const timeline =
    timing === "fps"
      ? rateTimeline(length, checkFrameRate(given.fps, "options.fps"))
      : durationsTimeline(checkDurations(given.durations, length));
  const size = checkSize(orDefault(given.size, CLIP_DEFAULTS.size));
  const animated = checkChoice(orDefault(given.animated, CLIP_DEFAULTS.animated), "options.animated", ANIMATED);
  return { timeline, pictures: { ...checkPictures(given), size, animated } };
}

/** Options about pictures alone; `path` of every message is `options`. */
export function checkPictures(given: Partial<Record<keyof PictureOptions, unknown>>): PictureOptions {
  const background = orDefault(given.background, CLIP_DEFAULTS.background);
  if (typeof background !== "string" || canParseColors()) parseColor(background, "options.background");
  return {
    fit: checkChoice(orDefault(given.fit, CLIP_DEFAULTS.fit), "options.fit", FITS),
    background: background as string,
    decoder: checkChoice(orDefault(given.decoder, CLIP_DEFAULTS.decoder), "options.decoder", DECODERS),
    colors: checkChoice(orDefault(given.colors, CLIP_DEFAULTS.colors), "options.colors", COLORS),
    limits: checkLimits(given.limits),
  };
}

function checkSize(size: unknown): ClipPictures["size"] {
  const natural = NATURAL_SIZES.find((name) => name === size);
  if (natural) return natural;
  if (typeof size !== "object" || size === null) {
    throw invalidOption("options.size", '"first", "largest" or { width, height }', size);
  }
  const given = checkKeys(size, "options.size", ["width", "height"]);
  return {
    width: checkPixels(given.width, "options.size.width"),
    height: checkPixels(given.height, "options.size.height"),
  };
}

/** A side of the video. Only whole positive numbers are checked here: which sizes H.264 holds is the encoder's to say. */
export function checkPixels(side: unknown, path: string): number {
  return checkNumber(side, path, { min: 1, max: MAX_SIDE, integer: true, unit: "pixels" });
}

function checkDurations(durations: unknown, length: number): number[] {
  if (!Array.isArray(durations))
    throw invalidOption("options.durations", "an array of seconds, one per image", durations);
  if (durations.length !== length) {
    throw invalidOption("options.durations", `as long as there are images (${length})`, durations);
  }
  return durations.map((seconds, index) => checkImageSeconds(seconds, `options.durations[${index}]`));
}

/** Seconds that one image is shown. */
export function checkImageSeconds(seconds: unknown, path: string): number {
  return checkNumber(seconds, path, { above: 0, max: MAX_IMAGE_SECONDS, unit: "seconds" });
}

function checkLimits(limits: unknown): Limits {
  const given = checkKeys(limits, "options.limits", ["maxPixels", "maxBytes"]);
  const limit = (key: keyof Limits): number =>
    given[key] === undefined
      ? DEFAULT_LIMITS[key]
      : checkNumber(given[key], `options.limits.${key}`, { min: 1, max: Number.MAX_SAFE_INTEGER, integer: true });
  return { maxPixels: limit("maxPixels"), maxBytes: limit("maxBytes") };
}
