import type { Metadata } from "../model/options.js";
import type { AudioSource } from "../model/sources.js";
import type { MovieTags } from "../model/tags.js";
import { checkBoolean, checkKeys, checkNumber, invalidOption, orDefault } from "./check.js";
import { AUDIO_DEFAULTS } from "./defaults.js";
import { isA, isEncodedImage } from "./source-kind.js";

/** A soundtrack with defaults filled in. */
export interface CheckedAudio {
  source: AudioSource;
  /** Seconds. */
  offset: number;
  loop: boolean;
}

/** Checks a sound, or one with what is to be done with it. */
export function checkAudio(audio: unknown): CheckedAudio | undefined {
  if (audio === undefined) return undefined;
  if (isEncodedImage(audio)) return { ...AUDIO_DEFAULTS, source: audio };
  const given = checkKeys(audio, "options.audio", ["source", "offset", "loop"]);
  if (!isEncodedImage(given.source)) {
    const wanted = "a Blob, an ArrayBuffer or a view of one, a URL or a string";
    throw invalidOption("options.audio.source", wanted, given.source);
  }
  return {
    source: given.source,
    offset: checkNumber(orDefault(given.offset, AUDIO_DEFAULTS.offset), "options.audio.offset", {
      min: 0,
      unit: "seconds",
    }),
    loop: checkBoolean(orDefault(given.loop, AUDIO_DEFAULTS.loop), "options.audio.loop"),
  };
}

/** Seconds from the beginning of 1904, which MP4 counts from, to that of 1970 (ISO/IEC 14496-12 8.2.2.3). */
const SECONDS_TO_1970 = 2_082_844_800;

/** Checks what the file is to say of itself. */
export function checkMetadata(metadata: Metadata | undefined): MovieTags {
  const given = checkKeys(metadata, "options.metadata", ["title", "artist", "comment", "date"]);
  const tags: MovieTags = {};
  for (const key of ["title", "artist", "comment"] as const) {
    const text = given[key];
    if (text === undefined) continue;
    if (typeof text !== "string") throw invalidOption(`options.metadata.${key}`, "a string", text);
    if (text !== "") tags[key] = text;
  }
  if (given.date === undefined) return tags;
  const created = isA(given.date, "Date") ? Math.floor(given.date.getTime() / 1000) + SECONDS_TO_1970 : Number.NaN;
  // 0 says that nothing is known.
  if (!(created > 0)) throw invalidOption("options.metadata.date", "a valid Date from 1904 on", given.date);
  return { ...tags, created };
}
