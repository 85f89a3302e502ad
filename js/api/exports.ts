export type {
  Animated,
  Colors,
  Container,
  Content,
  Decoder,
  Fit,
  NaturalSize,
  Profile,
  Quality,
  Speed,
  Stage,
  WorkersLimit,
} from "../model/choices.js";
export { FramereelError, type FramereelErrorCode, type FramereelErrorDetails } from "../model/errors.js";
export type {
  AudioOptions,
  ClipOptions,
  DisplayOptions,
  EncodeOptions,
  EncodeResult,
  EncodeStats,
  FrameOptions,
  FrameRate,
  Limits,
  Metadata,
  Progress,
  SequenceEncoderOptions,
} from "../model/options.js";
export type { AudioSource, EncodedImage, ImageSource, PixelImage } from "../model/sources.js";
export { ImageSequenceClip } from "./clip.js";
export { type Configuration, configure } from "./configure.js";
export { type FinishedSequence, SequenceEncoder } from "./sequence-encoder.js";
export { sortByName } from "./sort-by-name.js";
