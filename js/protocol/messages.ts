import type { FramereelErrorCode } from "../model/errors.js";
import type { Limits } from "../model/options.js";
import type { EncodedGroup, GroupSettings, ImageInfo, MovieSettings, PixelSize } from "./core.js";

/** Every message between the page and a worker. Both sides import their types from here and nowhere else. */

/** An image in a form that can be posted. Blobs are posted as handles: their bytes are read by the worker, at their turn. */
export type PostableImage =
  | { kind: "file"; blob: Blob }
  | { kind: "bitmap"; bitmap: ImageBitmap }
  | { kind: "rgba"; data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number };

/** An image of a group and the slots that its pictures go to. */
export interface GroupImage {
  image: PostableImage;
  /** Slot of the picture, or of the first one of an expanded animation. */
  slot: number;
  /** The frames wanted of an animated file, `first` into `slot`; absent for the picture as a whole. */
  frames?: { first: number; count: number };
}

/** One sample to encode. */
export interface Place {
  slot: number;
  forceIdr: boolean;
}

/** What a worker can be asked to do, with what it answers in `WorkerResults`. */
export type WorkerTask =
  | { kind: "probe"; blob: Blob; limits: Limits; decoder: "wasm" | "browser" }
  | { kind: "planSize"; size: PixelSize; explicit: boolean }
  | {
      kind: "encodeGroup";
      settings: GroupSettings;
      decoder: "wasm" | "browser";
      images: GroupImage[];
      places: Place[];
      /** More images and places follow as `MoreImages`, until one says it is the last. */
      open?: boolean;
    }
  | { kind: "movieHeader"; movie: MovieSettings; sizes: Uint32Array; sync: Uint8Array }
  | { kind: "fragmentedHeader"; movie: MovieSettings }
  | {
      kind: "fragment";
      movie: MovieSettings;
      sequence: number;
      firstSample: number;
      sizes: Uint32Array;
      sync: Uint8Array;
    }
  | { kind: "codecString"; sps: Uint8Array };

export interface WorkerResults {
  probe: ImageInfo;
  planSize: PixelSize;
  encodeGroup: EncodedGroup;
  movieHeader: Uint8Array<ArrayBuffer>;
  fragmentedHeader: Uint8Array<ArrayBuffer>;
  fragment: Uint8Array<ArrayBuffer>;
  codecString: string;
}

export type TaskKind = WorkerTask["kind"];

/** Further images of an open group. */
export interface MoreImages {
  images: GroupImage[];
  places: Place[];
  last: boolean;
}

/** From the page to a worker. `id` names the task; a worker has one at a time. */
export type ToWorker =
  | { type: "init"; module: WebAssembly.Module }
  | { type: "task"; id: number; task: WorkerTask }
  | { type: "more"; id: number; more: MoreImages }
  | { type: "cancel"; id: number }
  | { type: "rasterized"; id: number; bitmap: ImageBitmap | null };

/** A `FramereelError` under way: classes do not survive posting. */
export interface WireError {
  code: FramereelErrorCode;
  message: string;
  /** Slot of the image to blame, in a group. */
  slot?: number;
  /** Text of the error underneath. */
  cause?: string;
}

/** From a worker to the page. */
export type FromWorker =
  /** The script runs. */
  | { type: "hello" }
  /** The wasm module is instantiated. */
  | { type: "ready" }
  | { type: "initFailed"; message: string }
  | { type: "result"; id: number; result: WorkerResults[TaskKind] }
  | { type: "failed"; id: number; error: WireError }
  /** The wasm instance trapped and must not be used again; `slot` as in `WireError`. */
  | { type: "crashed"; id: number; message: string; slot?: number }
  | { type: "cancelled"; id: number }
  /** Samples of the group that are encoded so far. */
  | { type: "progress"; id: number; encoded: number }
  /** Asks for a picture of an SVG file, which workers cannot draw. */
  | { type: "rasterize"; id: number; blob: Blob };
