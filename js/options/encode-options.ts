import {
  CONTAINERS,
  CONTENTS,
  type Container,
  type Content,
  PROFILES,
  type Profile,
  QUALITIES,
  SPEEDS,
  type Speed,
} from "../model/choices.js";
import { MAX_SIDE } from "../model/constants.js";
import type { DisplayOptions, EncodeOptions, Metadata, Progress } from "../model/options.js";
import type { MovieTags } from "../model/tags.js";
import {
  checkBoolean,
  checkChoice,
  checkExclusive,
  checkKeys,
  checkNumber,
  invalidOption,
  orDefault,
} from "./check.js";
import {
  BITRATE_RANGE,
  DISPLAY_DEFAULTS,
  ENCODE_DEFAULTS,
  MAX_WORKERS,
  QP_RANGE,
  QUALITY_RATE_FACTOR,
} from "./defaults.js";
import { type CheckedAudio, checkAudio, checkMetadata } from "./sound-options.js";

/** What decides about a group's bytes. */
export type RateControl =
  /** Constant, a whole number. */
  | { qp: number }
  /** A look, in the units of the quantisation parameter: what named qualities stand for, and any number in between. */
  | { rateFactor: number }
  /** Bits per second. */
  | { bitrate: number };

/** What decides about a file's bytes: every quality option comes down to one of these. */
export type FileRateControl = RateControl | { maxBytes: number };

/** How many workers may encode. */
export interface WorkerChoice {
  /** As many at the most. */
  most: number;
  /** Nobody asked for a number: there may be fewer, as memory allows. */
  isAuto: boolean;
}

/** Options that every group's encoder is told as they stand. */
export interface Coding {
  profile: Profile;
  content: Content;
  speed: Speed;
}

/** Encode options with defaults filled in and names resolved. */
export interface CheckedEncode<Rate extends FileRateControl = FileRateControl> {
  rateControl: Rate;
  /** Seconds; undefined leaves the choice to `cutGroups`. */
  keyframeInterval: number | undefined;
  coding: Coding;
  container: Container;
  audio: CheckedAudio | undefined;
  tags: MovieTags;
  workers: WorkerChoice;
  signal: AbortSignal | undefined;
  onProgress: ((progress: Progress) => void) | undefined;
}

export const ENCODE_KEYS = [
  "quality",
  "qp",
  "bitrate",
  "maxBytes",
  "keyframeInterval",
  "profile",
  "content",
  "speed",
  "container",
  "audio",
  "metadata",
  "workers",
  "signal",
  "onProgress",
] as const;

const DISPLAY_KEYS = ["width", "height", "autoplay", "loop", "muted", "controls"] as const;

type Given = Partial<Record<(typeof ENCODE_KEYS)[number], unknown>>;

export function checkEncodeOptions(options: EncodeOptions | undefined): CheckedEncode {
  return checkEncodeValues(checkKeys(options, "options", ENCODE_KEYS));
}

/** The values of an object whose keys are already checked. */
export function checkEncodeValues(given: Given): CheckedEncode {
  return {
    rateControl: checkRateControl(given),
    keyframeInterval:
      given.keyframeInterval === undefined
        ? undefined
        : checkNumber(given.keyframeInterval, "options.keyframeInterval", { above: 0, unit: "seconds" }),
    coding: {
      profile: checkChoice(orDefault(given.profile, ENCODE_DEFAULTS.profile), "options.profile", PROFILES),
      content: checkChoice(orDefault(given.content, ENCODE_DEFAULTS.content), "options.content", CONTENTS),
      speed: checkChoice(orDefault(given.speed, ENCODE_DEFAULTS.speed), "options.speed", SPEEDS),
    },
    container: checkChoice(orDefault(given.container, ENCODE_DEFAULTS.container), "options.container", CONTAINERS),
    audio: checkAudio(given.audio),
    tags: checkMetadata(given.metadata as Metadata | undefined),
    workers: checkWorkers(orDefault(given.workers, ENCODE_DEFAULTS.workers)),
    signal: checkSignal(given.signal),
    onProgress: checkCallback(given.onProgress),
  };
}

function checkRateControl(given: Given): FileRateControl {
  const chosen = checkExclusive(given, "options", ["quality", "qp", "bitrate", "maxBytes"]);
  if (chosen === "qp") return { qp: checkNumber(given.qp, "options.qp", { ...QP_RANGE, integer: true }) };
  if (chosen === "bitrate") {
    return {
      bitrate: Math.round(checkNumber(given.bitrate, "options.bitrate", { ...BITRATE_RANGE, unit: "bits per second" })),
    };
  }
  if (chosen === "maxBytes") {
    return { maxBytes: checkNumber(given.maxBytes, "options.maxBytes", { min: 1, integer: true, unit: "bytes" }) };
  }
  const quality = checkChoice(orDefault(given.quality, ENCODE_DEFAULTS.quality), "options.quality", QUALITIES);
  return { rateFactor: QUALITY_RATE_FACTOR[quality] };
}

/** One worker a processor. */
export function automaticWorkers(): number {
  return Math.min(globalThis.navigator?.hardwareConcurrency || 1, MAX_WORKERS);
}

function checkWorkers(workers: unknown): WorkerChoice {
  if (workers === "auto") return { most: automaticWorkers(), isAuto: true };
  if (typeof workers === "string") throw invalidOption("options.workers", '"auto" or a whole number', workers);
  return { most: checkNumber(workers, "options.workers", { min: 1, max: MAX_WORKERS, integer: true }), isAuto: false };
}

function checkSignal(signal: unknown): AbortSignal | undefined {
  // By shape rather than instanceof: a signal may come from another window or from a polyfill.
  const isSignal = typeof signal === "object" && signal !== null && "aborted" in signal && "addEventListener" in signal;
  if (signal !== undefined && !isSignal) throw invalidOption("options.signal", "an AbortSignal", signal);
  return signal as AbortSignal | undefined;
}

function checkCallback(callback: unknown): CheckedEncode["onProgress"] {
  if (callback !== undefined && typeof callback !== "function") {
    throw invalidOption("options.onProgress", "a function", callback);
  }
  return callback as CheckedEncode["onProgress"];
}

export interface CheckedDisplay {
  width: number | undefined;
  height: number | undefined;
  autoplay: boolean;
  loop: boolean;
  muted: boolean;
  controls: boolean;
}

/** `display` takes the video element's options and the encode's in one object. */
export function checkDisplayOptions(options: (DisplayOptions & EncodeOptions) | undefined): {
  display: CheckedDisplay;
  encode: CheckedEncode;
} {
  const given = checkKeys(options, "options", [...DISPLAY_KEYS, ...ENCODE_KEYS]);
  const pixels = { above: 0, max: MAX_SIDE, unit: "CSS pixels" };
  const flag = (key: "autoplay" | "loop" | "muted" | "controls"): boolean =>
    checkBoolean(orDefault(given[key], DISPLAY_DEFAULTS[key]), `options.${key}`);
  return {
    display: {
      // A height alone keeps the picture's shape, as a width alone does.
      width:
        given.width === undefined
          ? given.height === undefined
            ? DISPLAY_DEFAULTS.width
            : undefined
          : checkNumber(given.width, "options.width", pixels),
      height: given.height === undefined ? undefined : checkNumber(given.height, "options.height", pixels),
      autoplay: flag("autoplay"),
      loop: flag("loop"),
      muted: flag("muted"),
      controls: flag("controls"),
    },
    encode: checkEncodeValues(given),
  };
}
