// The exact types of the public interface: a change of any is a change of the contract. And what must not compile.
import {
  type AudioOptions,
  type AudioSource,
  type ClipOptions,
  configure,
  type DisplayOptions,
  type EncodeOptions,
  type EncodeResult,
  type EncodeStats,
  type FramereelError,
  ImageSequenceClip,
  type ImageSource,
  type Limits,
  type Metadata,
  type Progress,
  SequenceEncoder,
  type SequenceEncoderOptions,
  sortByName,
} from "framereel";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Fails to compile unless every member is `true`. */
type AllTrue<Checks extends true[]> = Checks;
/** The same properties, written as one object. */
type Flat<T> = { [Key in keyof T]: T[Key] };

interface StreamedOptions extends SequenceEncoderOptions {
  sink: WritableStream<Uint8Array>;
}

export type Checks = AllTrue<
  [
    Same<Flat<Limits>, { maxPixels: number; maxBytes: number }>,
    Same<
      ImageSource,
      | Blob
      | ArrayBuffer
      | ArrayBufferView
      | URL
      | string
      | ImageData
      | ImageBitmap
      | HTMLImageElement
      | HTMLCanvasElement
      | OffscreenCanvas
      | VideoFrame
    >,
    Same<ClipOptions["size"], "first" | "largest" | { width: number; height: number } | undefined>,
    Same<ClipOptions["fit"], "contain" | "cover" | "stretch" | "error" | undefined>,
    Same<ClipOptions["durations"], readonly number[] | undefined>,
    Same<ClipOptions["animated"], "first" | "expand" | undefined>,
    Same<ClipOptions["decoder"], "wasm" | "browser" | undefined>,
    Same<ClipOptions["colors"], "convert" | "ignore" | undefined>,
    Same<
      keyof ClipOptions,
      "fps" | "durations" | "size" | "fit" | "background" | "animated" | "decoder" | "colors" | "limits"
    >,
    Same<
      Flat<EncodeOptions>,
      {
        quality?: "low" | "medium" | "high" | "best";
        qp?: number;
        bitrate?: number;
        maxBytes?: number;
        keyframeInterval?: number;
        profile?: "baseline" | "main" | "high";
        content?: "photo" | "screen" | "auto";
        audio?: AudioSource | AudioOptions;
        metadata?: Metadata;
        speed?: "fast" | "balanced" | "small";
        container?: "faststart" | "fragmented";
        workers?: number | "auto";
        signal?: AbortSignal;
        onProgress?: (progress: Progress) => void;
      }
    >,
    Same<AudioSource, Blob | ArrayBuffer | ArrayBufferView | URL | string>,
    Same<Flat<AudioOptions>, { source: AudioSource; offset?: number; loop?: boolean }>,
    Same<Flat<Metadata>, { title?: string; artist?: string; comment?: string; date?: Date }>,
    Same<
      Flat<Progress>,
      {
        stage: "loading" | "encoding" | "writing" | "done";
        done: number;
        total: number;
        fraction: number;
        etaSeconds: number | null;
        framesPerSecond: number;
      }
    >,
    Same<
      Flat<EncodeStats>,
      {
        width: number;
        height: number;
        frames: number;
        duration: number;
        bytes: number;
        codec: string;
        elapsedSeconds: number;
        framesPerSecond: number;
        keyframes: number;
        workers: number;
        workersLimit: "asked" | "processors" | "memory" | "groups";
      }
    >,
    Same<Flat<EncodeResult>, { blob: Blob; stats: EncodeStats }>,
    Same<keyof DisplayOptions, "width" | "height" | "autoplay" | "loop" | "muted" | "controls">,
    Same<
      FramereelError["code"],
      | "invalid-option"
      | "unsupported-image"
      | "corrupt-image"
      | "unsupported-audio"
      | "corrupt-audio"
      | "limit"
      | "load"
      | "aborted"
      | "internal"
    >,
    Same<FramereelError["imageIndex"], number | undefined>,
    Same<FramereelError["imageName"], string | undefined>,
    Same<
      keyof ImageSequenceClip,
      | "length"
      | "duration"
      | "fps"
      | "indexAt"
      | "reversed"
      | "boomerang"
      | "repeated"
      | "concat"
      | "toBlob"
      | "encode"
      | "writeTo"
      | "display"
    >,
    Same<ReturnType<ImageSequenceClip["toBlob"]>, Promise<Blob>>,
    Same<ReturnType<ImageSequenceClip["encode"]>, Promise<EncodeResult>>,
    Same<ReturnType<ImageSequenceClip["writeTo"]>, Promise<EncodeStats>>,
    Same<ReturnType<ImageSequenceClip["display"]>, Promise<HTMLVideoElement>>,
    Same<ReturnType<SequenceEncoder["add"]>, Promise<void>>,
    Same<ReturnType<SequenceEncoder["finish"]>, Promise<Blob>>,
    Same<ReturnType<SequenceEncoder<StreamedOptions>["finish"]>, Promise<undefined>>,
    Same<SequenceEncoder["stats"], EncodeStats | undefined>,
    Same<keyof SequenceEncoder, "length" | "stats" | "add" | "finish" | "abort">,
    Same<ReturnType<typeof sortByName<File>>, File[]>,
  ]
>;

export function refused(clip: ImageSequenceClip, images: Blob[]): void {
  // @ts-expect-error options are required
  new ImageSequenceClip(images);
  // @ts-expect-error a number is not an image
  new ImageSequenceClip([1], { fps: 24 });
  // @ts-expect-error an unknown key
  new ImageSequenceClip(images, { fps: 24, frames: 3 });
  // @ts-expect-error a misspelt value
  new ImageSequenceClip(images, { fps: 24, fit: "containn" });
  // @ts-expect-error not one of the names
  clip.toBlob({ quality: "ultra" });
  // @ts-expect-error the length cannot be set
  clip.length = 3;
  // @ts-expect-error a string is not a stream
  clip.writeTo("file.mp4");
  // @ts-expect-error the size is required
  new SequenceEncoder({ fps: 30 });
  // @ts-expect-error an unknown key
  configure({ wasm: "x" });
  // @ts-expect-error nothing to sort by
  sortByName([{ title: "x" }]);
}
