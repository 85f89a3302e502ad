import type { FrameRate, SequenceEncoderOptions } from "../model/options.js";
import { checkKeys, invalidOption } from "./check.js";
import { checkPictures, checkPixels, type PictureOptions } from "./clip-options.js";
import { type CheckedEncode, checkEncodeValues, ENCODE_KEYS, type RateControl } from "./encode-options.js";
import { checkFrameRate } from "./frame-rate.js";
import { checkSink, refuseFaststart } from "./sink.js";

export interface CheckedSequence {
  size: { width: number; height: number };
  /** Absent where every frame brings its own duration. */
  rate: FrameRate | undefined;
  pictures: PictureOptions;
  encode: CheckedEncode<RateControl>;
  sink: WritableStream<Uint8Array> | undefined;
}

const OWN_KEYS = ["width", "height", "fps", "fit", "background", "limits", "sink"] as const;

/** Checks the options of a SequenceEncoder and fills in the defaults. */
export function checkSequenceOptions(options: SequenceEncoderOptions): CheckedSequence {
  const given = checkKeys(options, "options", [...OWN_KEYS, ...ENCODE_KEYS]);
  const size = {
    width: checkPixels(given.width, "options.width"),
    height: checkPixels(given.height, "options.height"),
  };
  const { rateControl, ...encode } = checkEncodeValues(given);
  if ("maxBytes" in rateControl) {
    throw invalidOption(
      "options.maxBytes",
      "left out, as it takes several encodes and these frames come once",
      given.maxBytes,
    );
  }
  const sink = given.sink === undefined ? undefined : checkSink(given.sink, "options.sink");
  if (sink) refuseFaststart(given.container);
  return {
    size,
    rate: given.fps === undefined ? undefined : checkFrameRate(given.fps, "options.fps"),
    pictures: checkPictures(given),
    encode: { ...encode, rateControl },
    sink,
  };
}
