import { FramereelError } from "framereel";
import type { SettingName } from "../model/settings.ts";
import { words } from "../words/words.ts";

/** What went wrong, in the page's words, and what it is about. Texts are asked again in another language. */
export interface Failure {
  readonly text: () => string;
  /** Index in the clip of the image that is to blame. */
  readonly imageIndex: number | null;
  readonly setting: SettingName | null;
  /** For a report, where nobody but the authors can help. */
  readonly details: string | null;
}

/** Settings of the page by the options of framereel that they become. */
const SETTING_OF: Record<string, SettingName> = {
  fps: "fps",
  durations: "seconds",
  size: "width",
  qp: "qp",
  bitrate: "kilobits",
  maxBytes: "megabytes",
  keyframeInterval: "keyframeInterval",
  workers: "workers",
};

export function failureOf(error: unknown): Failure {
  if (!(error instanceof FramereelError)) return foreign(error);
  const imageIndex = error.imageIndex ?? null;
  const option = /^options\.(\w+)/.exec(error.message)?.[1] ?? "";
  const setting = imageIndex === null ? (SETTING_OF[option] ?? null) : null;
  const code = error.code in words().errors ? error.code : "internal";
  const details = code === "internal" || (code === "invalid-option" && setting === null) ? String(error) : null;
  const text = setting === "megabytes" ? () => words().tooSmallFile : () => words().errors[code];
  return { text, imageIndex, setting, details };
}

/** Not framereel's: the disk's, the memory's, or a fault of the page. */
function foreign(error: unknown): Failure {
  const about = { imageIndex: null, setting: null };
  if (error instanceof RangeError) return { ...about, text: () => words().errors.memory, details: null };
  if (error instanceof DOMException && /Quota|NotAllowed|NoModification|InvalidState|NotFound/.test(error.name))
    return { ...about, text: () => words().errors.disk, details: String(error) };
  return { ...about, text: () => words().errors.internal, details: String(error) };
}
