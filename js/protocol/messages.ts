import type { Animated, Decoder } from "../model/choices.js";
import type { FramereelErrorCode } from "../model/errors.js";
import type { Limits } from "../model/options.js";
import type {
  DecoderName,
  EncodedGroup,
  FrameLayout,
  GroupSettings,
  ImageInfo,
  MovieHeader,
  MovieSettings,
  PixelSize,
  SoundSamples,
} from "./core.js";

/** Every message between the page and a worker. Both sides import their types from here and nowhere else. */

/** An image in a form that can be posted. Blobs are posted as handles: their bytes are read by the worker, at their turn. */
export type PostableImage =
  | { kind: "file"; blob: Blob }
  | { kind: "bitmap"; bitmap: ImageBitmap }
  | { kind: "rgba"; data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number };

/** A frame of a live stream, whose pixels are moved. */
export type PostableFrame =
  | { kind: "planes"; data: Uint8Array<ArrayBuffer>; layout: FrameLayout }
  | { kind: "bitmap"; bitmap: ImageBitmap };

/** An image of a group and the slots that its pictures go to. */
export interface GroupImage {
  image: PostableImage;
  /** Slot of the picture, or of the first one of an expanded animation. */
  slot: number;
  /** The frames wanted of an animated file, `first` into `slot`; absent for the picture as a whole. */
  frames?: { first: number; count: number };
}

/** One sample to encode. */
export interface Step {
  slot: number;
  forceIdr: boolean;
  /** The image of the slot, where no step before has brought it. */
  image?: GroupImage;
  /** No later step of the group needs the slot. */
  last: boolean;
}

/** One frame to encode. */
export interface FrameStep {
  frame: PostableFrame;
  forceIdr: boolean;
  /** The quantisation parameter, where frames bring theirs. */
  qp?: number;
}

/** Further steps of a group, or frames of a live stream; after those with an `end` nothing follows. */
export interface MoreSteps {
  steps: Step[];
  frames?: FrameStep[];
  /** The frames so far are to be encoded without waiting for what follows. */
  drain?: true;
  /** Slots whose pictures another worker makes; they follow. */
  helped?: number[];
  /** Such pictures. */
  pictures?: HelpedPicture[];
  end?: GroupEnd;
}

/** A picture that another worker made for a slot, or gave up: then the group's own worker is to make it. */
export interface HelpedPicture {
  slot: number;
  samples?: Uint8Array<ArrayBuffer>;
}

/** What is known of a group once its last picture is. */
export interface GroupEnd {
  /** Boxes to write, where the file is streamed. */
  boxes?: StreamedBoxes;
}

/** When samples are shown: either `fpsNum` and `fpsDen`, or `durations` in seconds. */
export type Times = Pick<MovieSettings, "fpsNum" | "fpsDen" | "durations">;

/** The times of a fragment: its first sample is number `firstSample` of `times`. */
export interface FragmentTimes {
  times: Times;
  firstSample: number;
}

/** The start of a fragmented file; `samples` is how many there will be in all, where that is known. */
export interface HeaderTimes {
  times: Times;
  samples?: number;
}

/** What is known of a movie before its pictures are: its soundtrack and its tags. */
export type MovieDetails = Pick<MovieSettings, "sound" | "title" | "artist" | "comment" | "created">;

/** The boxes that come with a streamed group: its fragment's, number `sequence` from 1 on, and the file's start with the first. */
export interface StreamedBoxes extends FragmentTimes {
  sequence: number;
  header?: HeaderTimes;
  details: MovieDetails;
  /** Sound that is heard beside the group. */
  sound?: SoundSamples;
}

/** The sizes and sync flags of one fragment's samples, with their times. */
export interface FragmentSamples extends FragmentTimes {
  sizes: Uint32Array;
  sync: Uint8Array;
  /** Sound that is heard beside them. */
  sound?: SoundSamples;
}

/** Bytes that a group is to have, to which its rate factor gives way. */
export interface GroupBudget {
  /** Bytes that each sample is expected to have; their sum is to be kept. */
  bytes: Uint32Array;
  /** Rate factors in which bytes halve. */
  factorsPerHalving: number;
  /** How many times larger a picture may become than at the group's rate factor, and how many times smaller. */
  mostTimes: number;
}

/**
 * What a worker can be asked to do, with what it answers in `WorkerResults`. Images that are `distrusted`, in a group by their
 * slots, broke the wasm instance down before: only the browser may decode them.
 */
export type WorkerTask =
  | { kind: "probe"; blob: Blob; limits: Limits; decoder: Decoder; animated: Animated; distrusted?: true }
  | { kind: "planSize"; size: PixelSize; explicit: boolean }
  /** The steps follow as `MoreSteps`. */
  | {
      kind: "encodeGroup";
      settings: GroupSettings;
      budget?: GroupBudget;
      decoder: Decoder;
      distrusted?: readonly number[];
    }
  /** Pictures for a group that another worker encodes: steps follow as `MoreSteps`, pictures come with the progress. */
  | { kind: "makePictures"; settings: GroupSettings; decoder: Decoder }
  /** The same for frames of a live stream; samples come with the progress. */
  | { kind: "encodeFrames"; settings: GroupSettings; lookAhead: number; firstIdrId: number }
  | { kind: "movieHeader"; movie: MovieSettings; sizes: Uint32Array; sync: Uint8Array; sound?: SoundSamples }
  | { kind: "fragments"; movie: Omit<MovieSettings, keyof Times>; header: HeaderTimes; fragments: FragmentSamples[] };

export interface WorkerResults {
  /** `planned` is the size of a video that takes its own from this image. */
  probe: ImageInfo & { planned: PixelSize };
  planSize: PixelSize;
  encodeGroup: EncodedGroup & Partial<FragmentBoxes>;
  makePictures: null;
  encodeFrames: null;
  movieHeader: MovieHeader;
  fragments: { header: Uint8Array<ArrayBuffer>; boxes: Uint8Array<ArrayBuffer>[] };
}

/** Boxes that came with a group; `header` with the first one only. */
export interface FragmentBoxes {
  fragment: Uint8Array<ArrayBuffer>;
  header: Uint8Array<ArrayBuffer>;
}

export type TaskKind = WorkerTask["kind"];

/** How far a group is: samples whose images the worker has taken in, and samples that are encoded. */
export interface GroupProgress {
  taken: number;
  encoded: number;
  /** Samples that are finished, of `encodeFrames`. */
  samples?: EncodedGroup;
  /** The picture of the last step, of `makePictures`. */
  picture?: HelpedPicture;
}

/** From the page to a worker. `id` names the task; a worker has one at a time. */
export type ToWorker =
  | { type: "init"; module: WebAssembly.Module }
  /** Asks the worker to hold a lock of this name as long as it lives. */
  | { type: "hold"; lock: string }
  | { type: "task"; id: number; task: WorkerTask }
  | { type: "more"; id: number; more: MoreSteps }
  | { type: "cancel"; id: number }
  | { type: "rasterized"; id: number; rasterized: Rasterized }
  | { type: "decoder"; id: number; decoder: LoadedDecoder };

/** A drawing as a picture, or the size of one that is too large, or null where it cannot be drawn. */
export type Rasterized = { bitmap: ImageBitmap } | { size: PixelSize } | null;

/** The compiled module that a worker asked for, or why there is none. */
export type LoadedDecoder = { module: WebAssembly.Module } | { error: WireError };

/** A `FramereelError` under way: classes do not survive posting. */
export interface WireError {
  code: FramereelErrorCode;
  message: string;
  /** Slot of the image to blame, in a group. */
  slot?: number;
  /** The option to blame, with which the message starts. */
  option?: string;
  /** Text of the error underneath. */
  cause?: string;
  /** Memory was refused: the task may succeed where fewer run at once. */
  memory?: boolean;
}

/** From a worker to the page. */
export type FromWorker =
  /** The script runs. */
  | { type: "hello" }
  /** The wasm module is instantiated. */
  | { type: "ready" }
  | { type: "initFailed"; message: string }
  /** The lock that was asked for is held. */
  | { type: "held"; lock: string }
  | { type: "result"; id: number; result: WorkerResults[TaskKind] }
  | { type: "failed"; id: number; error: WireError }
  /**
   * The wasm instance trapped and must not be used again; `slot` and `memory` as in `WireError`, `loading` whether it was an
   * image's decoder.
   */
  | { type: "crashed"; id: number; message: string; slot?: number; loading?: true; memory?: true }
  /** Something failed outside of any task: the task under way may wait for ever. */
  | { type: "broken"; message: string }
  | { type: "cancelled"; id: number }
  | { type: "progress"; id: number; progress: GroupProgress }
  /** Asks for a picture of an SVG file, which workers cannot draw, of at most so many pixels. */
  | { type: "rasterize"; id: number; blob: Blob; maxPixels: number }
  /** Asks for the module that decodes a format. */
  | { type: "needDecoder"; id: number; name: DecoderName };
