import type { Quality } from "../model/choices.js";
import type { AudioOptions, ClipOptions, DisplayOptions, EncodeOptions, Limits } from "../model/options.js";

/** The one place of every default and every limit that is not the encoder's own. */

export const DEFAULT_LIMITS: Readonly<Limits> = {
  maxPixels: 2 ** 27,
  maxBytes: 2 ** 28,
};

export const CLIP_DEFAULTS = {
  size: "first",
  fit: "contain",
  background: "black",
  animated: "first",
  decoder: "wasm",
  colors: "convert",
} as const satisfies ClipOptions;

export const ENCODE_DEFAULTS = {
  quality: "high",
  profile: "high",
  content: "auto",
  speed: "balanced",
  container: "faststart",
  workers: "auto",
} as const satisfies EncodeOptions;

export const AUDIO_DEFAULTS = { offset: 0, loop: false } as const satisfies Partial<AudioOptions>;

export const DISPLAY_DEFAULTS = {
  width: 360,
  autoplay: false,
  loop: false,
  muted: false,
  controls: true,
} as const satisfies DisplayOptions;

/** Rate factor of each named quality: the same look as that of x264 at this CRF. */
export const QUALITY_RATE_FACTOR = { low: 30.4, medium: 26, high: 22.6, best: 19 } as const satisfies Record<
  Quality,
  number
>;

/** Range of the quantisation parameter, ITU-T H.264 7.4.2.2 for 8-bit samples. */
export const QP_RANGE = { min: 0, max: 51 } as const;

/** Range of the rate factor, which names a look in the units of the quantisation parameter; any number in between. */
export const RATE_FACTOR_RANGE = QP_RANGE;

/** Bits per second that OpenH264 takes: its rate control counts in a signed 32-bit integer. */
export const BITRATE_RANGE = { min: 1_000, max: 288_000_000 } as const;

/** Either part of a frame rate: with both below a million every time of the file fits its 32-bit fields. */
export const MAX_RATE_PART = 1_000_000;

/** Images per second; a sample lasts at least one tick of 1/90000 s wherever clips are joined. */
export const MAX_FPS = 1_000;

/** Workers that may be asked for. */
export const MAX_WORKERS = 64;

/**
 * Share of the device's memory that the workers of an encode may take together with `workers: "auto"`: phones end a page that
 * takes about a quarter.
 */
export const MEMORY_SHARE = 1 / 8;

/** Bytes that they may take where the browser does not tell the device's memory (`navigator.deviceMemory`). */
export const UNTOLD_MEMORY_BUDGET = 768 * 2 ** 20;
