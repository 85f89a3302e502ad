import type { Fit } from "./placement.ts";

/** What the page asks of its worker. The worker knows files and pixels, never the page. */
export type Request =
  | { readonly kind: "thumbnail"; readonly file: Blob }
  | {
      readonly kind: "picture";
      readonly picture: Picture;
      readonly width: number;
      readonly height: number;
      readonly colors: Colors;
    }
  | { readonly kind: "frames"; readonly file: Blob }
  | { readonly kind: "taken"; readonly files: readonly Blob[] }
  | { readonly kind: "unzip"; readonly file: Blob }
  | {
      readonly kind: "gif";
      readonly frames: readonly GifFrame[];
      readonly width: number;
      readonly height: number;
      readonly fit: Fit;
      readonly background: string;
      readonly colors: Colors;
    };

/** What becomes of embedded colour profiles, in framereel's terms. */
export type Colors = "convert" | "ignore";

/** The answer to each kind of request. */
export interface Answers {
  /** null where the browser cannot decode the file. */
  thumbnail: Thumbnail | null;
  /** At most as large as was asked for, in the picture's own shape. Rejects where the browser cannot decode the file. */
  picture: ImageBitmap;
  /** Every frame of an animation; null where the browser does not give them. */
  frames: AnimationFrame[] | null;
  /** Milliseconds since 1970 of each file's EXIF date, read as local time; null where there is none. */
  taken: (number | null)[];
  /** Names inside the archive that are no images. The images come before, as parts. */
  unzip: { skipped: string[] };
  gif: Blob;
}

/** What comes while a request is under way. */
export interface Parts {
  thumbnail: never;
  picture: never;
  frames: never;
  taken: never;
  unzip: Unpacked;
  /** Share of the frames that are done, 0 to 1. */
  gif: number;
}

export type Reply =
  | { readonly id: number; readonly type: "part"; readonly value: unknown }
  | { readonly id: number; readonly type: "done"; readonly value: unknown }
  | { readonly id: number; readonly type: "failed"; readonly message: string };

/** A small copy of a picture: bytes, not pixels, so that a thousand of them are a few megabytes. */
export interface Thumbnail {
  /** Pixels of the picture itself, EXIF orientation applied. */
  readonly width: number;
  readonly height: number;
  /** The copy, at most {@link THUMBNAIL_BOX}, as a file that keeps transparency. */
  readonly small: Blob;
  /** Frames of an animated GIF, PNG or WebP, as far as the browser counts them; 1 for a still image. */
  readonly frames: number;
}

/** A file, or one frame of an animated one, counted from 0. */
export interface Picture {
  readonly file: Blob;
  readonly frame: number | null;
}

export interface AnimationFrame {
  readonly seconds: number;
  /** As a thumbnail's. */
  readonly small: Blob;
}

/** A file out of an archive; `path` with forward slashes. */
export interface Unpacked {
  readonly path: string;
  readonly content: Blob;
}

export interface GifFrame extends Picture {
  readonly seconds: number;
}

/** Most pixels of a thumbnail: a tile at twice its CSS size. */
export const THUMBNAIL_BOX = { width: 320, height: 240 } as const;
