import type {
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
} from "./choices.js";
import type { AudioSource } from "./sources.js";

/** Frames per second as an exact fraction, both parts whole numbers from 1: `{ num: 30000, den: 1001 }` is NTSC's 29.97. */
export interface FrameRate {
  /** Frames in `den` seconds. */
  num: number;
  /** Seconds that `num` frames take. */
  den: number;
}

/** How much one image may cost before it is refused. Refusing early keeps a hostile file from eating the memory. */
export interface Limits {
  /** Pixels of one image, width times height. Default 134,217,728 (16384 x 8192). */
  maxPixels: number;
  /** Bytes of one image file. Default 268,435,456 (256 MiB). */
  maxBytes: number;
}

/** What an {@link ImageSequenceClip} is, apart from its images. */
export interface ClipOptions {
  /**
   * Frames per second. One of `fps` and `durations` must be given, never both. 23.976, 29.97, 59.94 and 119.88 mean the
   * exact n * 1000 / 1001 of video standards.
   */
  fps?: number | FrameRate;
  /** Seconds that each image is shown, one number per image. */
  durations?: readonly number[];
  /**
   * Size of the video in pixels. `"first"` (default) takes the first image's, `"largest"` that of the image with the
   * most pixels; both are brought to the nearest size that H.264 holds. An explicit size out of range is refused.
   */
  size?: NaturalSize | { width: number; height: number };
  /**
   * What happens to an image of another size than the video. `"contain"` (default) shows it whole with `background`
   * around it, `"cover"` fills the video and cuts what sticks out, `"stretch"` distorts it, `"error"` refuses it.
   */
  fit?: Fit;
  /** Opaque CSS colour behind transparent pixels and around `"contain"`. Default `"black"`. */
  background?: string;
  /**
   * What an animated GIF, APNG or WebP means. `"first"` (default) takes its first frame; `"expand"` puts every frame into
   * the sequence, each as long as the file says; these are always decoded by `"wasm"`.
   */
  animated?: Animated;
  /**
   * Who decodes. `"wasm"` (default) gives the same pixels in every browser, is faster, and asks the browser only for formats
   * it does not know (AVIF, SVG) and for those whose wasm file is not there. `"browser"` asks the browser first: colours may
   * differ by a shade, and damaged files may show what is left of them.
   */
  decoder?: Decoder;
  /**
   * What becomes of colours that a file says are not sRGB's, by an embedded ICC profile or a PNG's `cICP`, `gAMA` and `cHRM`.
   * `"convert"` (default) brings them to sRGB, as browsers show them; `"ignore"` takes the numbers as they are. Profiles that
   * are broken, of CMYK or of lookup tables are always ignored by `"wasm"`.
   */
  colors?: Colors;
  /** Limits of one image. What is left out keeps its default. */
  limits?: Partial<Limits>;
}

/** A soundtrack beside the pictures. */
export interface AudioOptions {
  /** The sound. */
  source: AudioSource;
  /** Second of the sound that the video starts with. Default 0. */
  offset?: number;
  /** Whether a sound that is shorter than the video begins again, without a gap. Default false: it ends early. */
  loop?: boolean;
}

/** What the file says of itself, for players to show. */
export interface Metadata {
  /** The video's name. */
  title?: string;
  /** Who made it. */
  artist?: string;
  /** Anything else. */
  comment?: string;
  /** When it was made, from 1904 on and to the second. */
  date?: Date;
}

/** How a clip becomes a file. At most one of `quality`, `qp`, `bitrate` and `maxBytes` may be given. */
export interface EncodeOptions {
  /** Named quality, the same look whatever the content. Default `"high"`. */
  quality?: Quality;
  /**
   * Quantisation parameter of H.264 for every macroblock: a whole number from 0 (best, largest) to 51 (worst, smallest). 6 more
   * halve the file.
   */
  qp?: number;
  /** Bits per second, on average over the video. */
  bitrate?: number;
  /** Bytes that the file never exceeds; the best quality that fits is searched for, which takes several encodes. */
  maxBytes?: number;
  /**
   * Longest time between two keyframes, in seconds. By default a clip's length alone decides: one part up to 2 s, two equal
   * parts up to 8 s, four up to 20 s, and beyond that the least multiple of eight whose parts are at most 5 s. Frames of a
   * `SequenceEncoder`, whose end is not known, get one every 2 s. Less makes seeking finer and the file larger.
   */
  keyframeInterval?: number;
  /** H.264 profile. Default `"high"`; `"baseline"` for very old players, at about a fifth more bytes. */
  profile?: Profile;
  /**
   * What the images show: `"photo"` smooths the edges of blocks, `"screen"` leaves text and line art as sharp as they are.
   * `"auto"` (default) decides for each picture.
   */
  content?: Content;
  /**
   * A soundtrack. It is cut where the pictures end; what is shorter ends early, or repeats with `loop`. AAC and MP3 are copied, so
   * no quality is lost.
   */
  audio?: AudioSource | AudioOptions;
  /** Title, artist, comment and date. Nothing is written but what is given: the same input makes the same bytes. */
  metadata?: Metadata;
  /**
   * Effort against size, at the same quality. Default `"balanced"`. `"fast"` leaves out CABAC, for about a tenth more bytes;
   * `"small"` tries more ways to split a macroblock, for about 1 % fewer.
   */
  speed?: Speed;
  /**
   * `"faststart"` (default): one index at the front, plays everywhere. `"fragmented"`: an index per group of images,
   * can be played while it is being written. `writeTo` always writes the latter.
   */
  container?: Container;
  /**
   * Workers that encode at once; `"auto"` (default) is one per processor, and fewer where together they would take more memory
   * than a page may have: an eighth of the device's, or 768 MiB where the browser does not tell. The file does not depend on it.
   */
  workers?: number | "auto";
  /** Stops the encode; its promise then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Called with the state of the encode, first with fraction 0 and last with fraction 1. */
  onProgress?: (progress: Progress) => void;
}

/** State of a running encode. No number of it ever goes back, but for the estimate. */
export interface Progress {
  /** What is going on: reading the first images, encoding, putting the file together, or nothing more. */
  stage: Stage;
  /** Images encoded so far. */
  done: number;
  /** Images in all. */
  total: number;
  /** Share of the whole work, 0 at the start and 1 only when the file is complete. */
  fraction: number;
  /** Seconds that are probably left, or null while there is nothing to go by. */
  etaSeconds: number | null;
  /** Images encoded per second since the encode began. */
  framesPerSecond: number;
}

/** What came out. */
export interface EncodeStats {
  /** Pixels across. */
  width: number;
  /** Pixels down. */
  height: number;
  /** Samples in the file, one per image. */
  frames: number;
  /** Seconds. */
  duration: number;
  /** Size of the file. */
  bytes: number;
  /** The `codecs` parameter of RFC 6381, such as `avc1.640028`, or `avc1.640028,mp4a.40.2` with sound. */
  codec: string;
  /** Seconds from the call to the finished file. */
  elapsedSeconds: number;
  /** Images per second over that time. */
  framesPerSecond: number;
  /** Images that a player can seek to directly. */
  keyframes: number;
  /** Workers that took part. */
  workers: number;
  /** Why not more: what `workers` asked for, one per processor, memory, or no more groups of images to encode. */
  workersLimit: WorkersLimit;
}

/** A finished file and what is in it. */
export interface EncodeResult {
  /** The MP4, of type `video/mp4`. */
  blob: Blob;
  /** Its size, duration, codec and what it took. */
  stats: EncodeStats;
}

/** The video element that `display` makes. */
export interface DisplayOptions {
  /** CSS pixels across. Default 360, as in MoviePy's notebooks; the height follows the picture. */
  width?: number;
  /** CSS pixels down. Default: follows the width. */
  height?: number;
  /** Starts without a click; most browsers then ask for `muted` as well. Default false. */
  autoplay?: boolean;
  /** Starts again at the end. Default false. */
  loop?: boolean;
  /** The video has no sound; muted elements may start by themselves. Default false. */
  muted?: boolean;
  /** Shows the browser's own controls. Default true. */
  controls?: boolean;
}

/** What a `SequenceEncoder` makes. `maxBytes` is not among it: these frames come only once. */
export interface SequenceEncoderOptions
  extends Omit<EncodeOptions, "maxBytes">,
    Pick<ClipOptions, "fps" | "fit" | "background" | "limits"> {
  /** Pixels across. */
  width: number;
  /** Pixels down. */
  height: number;
  /**
   * Where the file goes while frames come, as a fragmented MP4: memory stays flat, and `finish` resolves with `undefined`. It
   * is closed at the end and aborted on a failure. The stream cannot change its clock, so give either `fps` or a `duration`
   * for every frame.
   */
  sink?: WritableStream<Uint8Array>;
}

/** What may be said of one frame. */
export interface FrameOptions {
  /** Seconds that the frame is shown. Default: what `fps` says. Required where there is no `fps`, refused where there is a `sink` as well. */
  duration?: number;
}
