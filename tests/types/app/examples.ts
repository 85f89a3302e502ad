// What the documented interface promises, used as a user would: it compiles, or the promise is broken.
import {
  configure,
  FramereelError,
  ImageSequenceClip,
  type ImageSource,
  type Progress,
  SequenceEncoder,
  sortByName,
} from "framereel";
import wasmUrl from "framereel/framereel.wasm";
import * as inline from "framereel/inline";

declare const input: HTMLInputElement & { files: FileList };
declare const bar: HTMLProgressElement;
declare const canvas: HTMLCanvasElement;
declare const signal: AbortSignal;

/** The first lines of the documentation. */
export async function firstLines(): Promise<void> {
  const clip = new ImageSequenceClip(sortByName(input.files), { fps: 24 });
  const blob = await clip.toBlob({ onProgress: (p) => (bar.value = p.fraction), signal });
  document.body.append(await clip.display({ width: 360 }));
  URL.createObjectURL(blob);
}

/** Every kind of image. */
export function everySource(
  blob: Blob,
  file: File,
  buffer: ArrayBuffer,
  bytes: Uint8Array,
  view: DataView,
  data: ImageData,
  bitmap: ImageBitmap,
  image: HTMLImageElement,
  offscreen: OffscreenCanvas,
  frame: VideoFrame,
): ImageSequenceClip {
  const encoded: ImageSource[] = [blob, file, buffer, bytes, view, new URL("https://example.org/1.png"), "2.png"];
  const pixels: ImageSource[] = [data, bitmap, image, canvas, offscreen, frame];
  return new ImageSequenceClip(new Set([...encoded, ...pixels]), { fps: { num: 24000, den: 1001 } });
}

/** Every way of saying what the clip is, and of making clips of clips. */
export function everyClipOption(images: readonly Blob[]): ImageSequenceClip[] {
  const clip = new ImageSequenceClip(images, {
    durations: [1, 3, 0.04],
    size: { width: 640, height: 360 },
    fit: "cover",
    background: "rebeccapurple",
    animated: "expand",
    decoder: "browser",
    limits: { maxPixels: 1e6 },
  });
  const numbers: number = clip.length + clip.duration + clip.fps + clip.indexAt(0.5);
  const largest = new ImageSequenceClip(images, { fps: numbers, size: "largest", limits: { maxBytes: 1e6 } });
  return [clip.reversed(), clip.boomerang(), clip.repeated(2), clip.concat(largest, clip), clip.concat()];
}

/** Every encode option, each of the four ways to say how good. */
export async function everyEncodeOption(clip: ImageSequenceClip): Promise<string> {
  await Promise.all([clip.toBlob({ quality: "best" }), clip.toBlob({ qp: 20 }), clip.toBlob({ bitrate: 2e6 })]);
  const { blob, stats } = await clip.encode({
    maxBytes: 1e6,
    keyframeInterval: 1,
    profile: "baseline",
    content: "screen",
    speed: "small",
    container: "fragmented",
    workers: 2,
    signal,
    onProgress(progress: Progress): void {
      const left: number | null = progress.etaSeconds;
      console.log(progress.stage, progress.done, progress.total, progress.fraction, left, progress.framesPerSecond);
    },
  });
  await clip.toBlob({ workers: "auto" });
  const { width, height, frames, duration, bytes, elapsedSeconds, framesPerSecond, keyframes, workers } = stats;
  const numbers: number[] = [
    width,
    height,
    frames,
    duration,
    bytes,
    elapsedSeconds,
    framesPerSecond,
    keyframes,
    workers,
  ];
  return `${stats.codec} ${blob.size} ${numbers}`;
}

/** A file, private storage, an upload: anything that is a WritableStream. */
export async function everySink(clip: ImageSequenceClip, file: FileSystemFileHandle): Promise<number> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const upload = fetch("/upload", { method: "POST", body: readable });
  const stats = await clip.writeTo(writable, { quality: "medium" });
  await clip.writeTo(await file.createWritable());
  await clip.writeTo(new WritableStream({ write: (chunk) => console.log(chunk.byteLength) }));
  return stats.bytes + (await upload).status;
}

/** Frames made one by one. */
export async function frameByFrame(): Promise<Blob> {
  const encoder = new SequenceEncoder({
    width: 1280,
    height: 720,
    fps: 30,
    quality: "low",
    background: "white",
    signal,
  });
  for (let frame = 0; frame < 30; frame++) await encoder.add(canvas);
  await encoder.add(canvas, { duration: 2 });
  if (encoder.length === 0) encoder.abort(new Error("no frames"));
  return encoder.finish();
}

/** Frames that go into a file while they are made. */
export async function frameByFrameToDisk(file: FileSystemFileHandle): Promise<number> {
  const sink = await file.createWritable();
  const encoder = new SequenceEncoder({ width: 1280, height: 720, fps: 30, sink });
  for (let frame = 0; frame < 30; frame++) await encoder.add(canvas);
  const nothing: undefined = await encoder.finish();
  return encoder.stats?.bytes ?? Number(nothing);
}

/** Errors, told apart. */
export async function errors(clip: ImageSequenceClip): Promise<string> {
  try {
    await clip.toBlob();
    return "";
  } catch (error) {
    if (!(error instanceof FramereelError)) throw error;
    switch (error.code) {
      case "unsupported-image":
      case "corrupt-image":
      case "limit":
        return `image ${error.imageIndex ?? "?"} (${error.imageName ?? "no name"}): ${error.message}`;
      case "unsupported-audio":
      case "corrupt-audio":
      case "invalid-option":
      case "load":
      case "aborted":
      case "internal":
        return `${error.message} ${String(error.cause)}`;
    }
  }
}

/** Other places of the worker and the wasm file. */
export function loading(): void {
  configure({ wasmUrl, workerUrl: new URL("worker.js", location.href) });
  configure({ createWorker: () => new Worker("worker.js", { type: "module" }) });
  inline.configure({});
  const clip: inline.ImageSequenceClip = new inline.ImageSequenceClip(["1.png"], { fps: 1 });
  console.log(clip.length);
}
