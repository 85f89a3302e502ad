import type { FrameRate, SequenceEncoderOptions } from "../model/options.js";
import { checkKeys, checkNumber, invalidOption } from "./check.js";
import { checkPictures, type PictureOptions } from "./clip-options.js";
import { type CheckedEncode, checkEncodeValues, ENCODE_KEYS, type GroupRate } from "./encode-options.js";
import { checkFrameRate } from "./frame-rate.js";

export interface CheckedSequence {
  size: { width: number; height: number };
  /** Absent where every frame brings its own duration. */
  rate: FrameRate | undefined;
  pictures: PictureOptions;
  encode: CheckedEncode & { rate: GroupRate };
}

const OWN_KEYS = ["width", "height", "fps", "fit", "background", "limits"] as const;

/** Checks the options of a SequenceEncoder and fills in the defaults. */
export function checkSequenceOptions(options: SequenceEncoderOptions): CheckedSequence {
  const given = checkKeys(options, "options", [...OWN_KEYS, ...ENCODE_KEYS]);
  const side = (key: "width" | "height"): number =>
    checkNumber(given[key], `options.${key}`, { min: 1, max: 65_535, integer: true, unit: "pixels" });
  const encode = checkEncodeValues(given);
  const { rate } = encode;
  if ("maxBytes" in rate) {
    throw invalidOption(
      "options.maxBytes",
      "left out, as it takes several encodes and these frames come once",
      given.maxBytes,
    );
  }
  return {
    size: { width: side("width"), height: side("height") },
    rate: given.fps === undefined ? undefined : checkFrameRate(given.fps, "options.fps"),
    pictures: checkPictures(given),
    encode: { ...encode, rate },
  };
}
