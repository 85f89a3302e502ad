import type { ClipOptions, EncodeOptions } from "framereel";
import { LEAST_SIDE, MOST_SIDE } from "./picture-limits.ts";

/** Every setting of the page, by the name of its field in index.html, with what it is at first. */
export const DEFAULTS = {
  timing: "fps" as "fps" | "seconds",
  fps: 24,
  seconds: 2,
  purpose: "balanced" as "chat" | "balanced" | "best",
  /** Megabytes of 1,000,000 bytes. Ten pass everywhere: the strictest of the well-known chats allows as much. */
  megabytes: 10,
  size: "images" as "images" | "2160" | "1080" | "720" | "square" | "vertical" | "custom",
  width: 1280,
  height: 720,
  direction: "forward" as "forward" | "reverse" | "boomerang",
  times: 1,
  /** Matters where there is music of a known length. */
  musicLength: "images" as "images" | "music",
  fit: "contain" as "contain" | "cover" | "stretch",
  background: "#000000",
  rate: "purpose" as "purpose" | "low" | "medium" | "qp" | "bitrate",
  qp: 23,
  kilobits: 5000,
  content: "auto" as NonNullable<EncodeOptions["content"]>,
  speed: "balanced" as NonNullable<EncodeOptions["speed"]>,
  profile: "high" as NonNullable<EncodeOptions["profile"]>,
  /** Not a number: by the video's length, as framereel decides. */
  keyframeInterval: Number.NaN,
  container: "faststart" as NonNullable<EncodeOptions["container"]>,
  animated: "first" as NonNullable<ClipOptions["animated"]>,
  colors: "convert" as NonNullable<ClipOptions["colors"]>,
  decoder: "wasm" as NonNullable<ClipOptions["decoder"]>,
  /** Not a number: one per processor. */
  workers: Number.NaN,
};

export type Settings = typeof DEFAULTS;
export type SettingName = keyof Settings;

/** Numbers that framereel takes. `empty`: the field may be left empty. */
export const RANGES: Partial<
  Record<SettingName, { readonly min: number; readonly max: number; readonly whole?: true; readonly empty?: true }>
> = {
  fps: { min: 0.001, max: 1000 },
  seconds: { min: 0.001, max: 36_000 },
  megabytes: { min: 0.01, max: 10_000 },
  width: { min: LEAST_SIDE, max: MOST_SIDE, whole: true },
  height: { min: LEAST_SIDE, max: MOST_SIDE, whole: true },
  times: { min: 1, max: 1000, whole: true },
  qp: { min: 0, max: 51, whole: true },
  kilobits: { min: 1, max: 288_000 },
  keyframeInterval: { min: 0.05, max: 600, empty: true },
  workers: { min: 1, max: 64, whole: true, empty: true },
};

/** Seconds of a tile take the same range as those of all. */
export const SECONDS_RANGE = { min: 0.001, max: 36_000 } as const;

/** Whether a value is one that the setting may have; fields that are not shown do not count. */
export function isValid(name: SettingName, value: Settings[SettingName]): boolean {
  const range = RANGES[name];
  if (range === undefined || typeof value !== "number") return true;
  if (Number.isNaN(value)) return range.empty === true;
  return value >= range.min && value <= range.max && (range.whole !== true || Number.isInteger(value));
}

/** Settings that matter only beside another one: their fields are hidden otherwise, and their values no mistake. */
export function isUsed(name: SettingName, settings: Settings): boolean {
  switch (name) {
    case "fps":
      return settings.timing === "fps";
    case "seconds":
      return settings.timing === "seconds";
    case "megabytes":
      return settings.purpose === "chat" && settings.rate === "purpose";
    case "width":
    case "height":
      return settings.size === "custom";
    case "qp":
      return settings.rate === "qp";
    case "kilobits":
      return settings.rate === "bitrate";
    default:
      return true;
  }
}

const BYTES_PER_MEGABYTE = 1e6;

/** How the encoder is told of the wanted quality. */
export function rateOptions(settings: Settings): Pick<EncodeOptions, "quality" | "qp" | "bitrate" | "maxBytes"> {
  switch (settings.rate) {
    case "low":
    case "medium":
      return { quality: settings.rate };
    case "qp":
      return { qp: settings.qp };
    case "bitrate":
      return { bitrate: Math.round(settings.kilobits * 1000) };
    case "purpose":
      if (settings.purpose === "chat") return { maxBytes: Math.floor(settings.megabytes * BYTES_PER_MEGABYTE) };
      return { quality: settings.purpose === "best" ? "best" : "high" };
  }
}

/** What the encoder is told beside the size and the timing, which the clip knows. */
export function encodeOptions(settings: Settings): EncodeOptions {
  const { content, speed, profile, keyframeInterval, container, workers } = settings;
  return {
    ...rateOptions(settings),
    ...{ content, speed, profile, container },
    ...(Number.isNaN(keyframeInterval) ? {} : { keyframeInterval }),
    workers: Number.isNaN(workers) ? "auto" : workers,
  };
}
