export { ImageSequenceClip } from "./clip.js";
export { type Configuration, configure } from "./configure.js";
export { FramereelError, type FramereelErrorCode, type FramereelErrorDetails } from "./errors.js";
export type {
  ClipOptions,
  DisplayOptions,
  EncodeOptions,
  EncodeResult,
  EncodeStats,
  FrameRate,
  Limits,
  Progress,
} from "./options.js";
export { type FrameOptions, SequenceEncoder, type SequenceEncoderOptions } from "./sequence-encoder.js";
export { sortByName } from "./sort-by-name.js";
export type { EncodedImage, ImageSource, PixelImage } from "./sources.js";
