import type { ClipOptions, DisplayOptions, EncodeOptions, Limits } from "../public/options.js";

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
} as const satisfies ClipOptions;

export const ENCODE_DEFAULTS = {
  quality: "high",
  keyframeInterval: 2,
  profile: "high",
  content: "auto",
  speed: "balanced",
  container: "faststart",
  workers: "auto",
} as const satisfies EncodeOptions;

export const DISPLAY_DEFAULTS = {
  width: 360,
  autoplay: false,
  loop: false,
  muted: false,
  controls: true,
} as const satisfies DisplayOptions;

/** Quantisation parameter of each named quality. */
export const QUALITY_QP = { low: 34, medium: 28, high: 23, best: 17 } as const;

/** Range of the quantisation parameter, ITU-T H.264 7.4.2.2 for 8-bit samples. */
export const QP_RANGE = { min: 0, max: 51 } as const;

/** Bits per second that OpenH264 takes: its rate control counts in a signed 32-bit integer. */
export const BITRATE_RANGE = { min: 1_000, max: 1_000_000_000 } as const;

/** Either part of a frame rate: with both below a million every time of the file fits its 32-bit fields. */
export const MAX_RATE_PART = 1_000_000;

/** Images per second; a sample lasts at least one tick of 1/90000 s wherever clips are joined. */
export const MAX_FPS = 1_000;

/** Seconds that one image is shown: ten hours, the most that a 32-bit sample duration holds in 1/90000 s. */
export const MAX_IMAGE_SECONDS = 36_000;

/** Ticks per second of a clip made with `durations`, the clock of MPEG systems. */
export const DURATION_TIMESCALE = 90_000;

/** Workers that may be asked for. */
export const MAX_WORKERS = 64;

/**
 * Images of a group, at least but for the last one: a group of one could give two IDR pictures in a row the same idr_pic_id
 * (ITU-T H.264 7.4.3), and each costs an encoder of its own.
 */
export const MIN_GROUP_IMAGES = 4;

/** Groups that may be under way or waiting for their turn in the file, for each worker. */
export const GROUPS_AHEAD_PER_WORKER = 2;

/** Seconds that a worker may take from its creation to its first message. */
export const HELLO_TIMEOUT_SECONDS = 20;

/**
 * Seconds without a job after which a worker is ended and its memory given back: enough to look at a video and make another,
 * which would take a tenth of a second longer with new workers.
 */
export const IDLE_SECONDS = 60;

/** Times that a group is tried when its worker crashes. */
export const GROUP_ATTEMPTS = 2;

/** Bytes of frames that a SequenceEncoder lets wait before `add` does. */
export const MAX_PENDING_FRAME_BYTES = 2 ** 28;

/** `maxBytes` is met when the file holds at least this share of it. */
export const MAX_BYTES_FILL = 0.9;

export const MP4_TYPE = "video/mp4";
