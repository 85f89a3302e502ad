// The snippets of the API's description, as a user's compiler sees them. They are compiled, never run.
import {
  type ClipOptions,
  configure,
  type EncodeOptions,
  type EncodeResult,
  type EncodeStats,
  FramereelError,
  type FramereelErrorCode,
  ImageSequenceClip,
  type ImageSource,
  type Limits,
  type Progress,
  SequenceEncoder,
  sortByName,
} from "framereel";
import { ImageSequenceClip as InlineClip } from "framereel/inline";

declare const input: HTMLInputElement & { files: FileList };
declare const bar: HTMLProgressElement;
declare const canvas: HTMLCanvasElement;
declare const sink: WritableStream<Uint8Array>;
declare const file: FileSystemWritableFileStream;
declare const signal: AbortSignal;

export async function quickStart(): Promise<void> {
  const clip = new ImageSequenceClip(sortByName(input.files), { fps: 24 });
  const blob: Blob = await clip.toBlob({
    onProgress: (p) => {
      bar.value = p.fraction;
    },
    signal,
  });
  document.body.append(await clip.display({ width: 360 }));
  URL.createObjectURL(blob);
}

export async function everySource(image: HTMLImageElement, bitmap: ImageBitmap, frame: VideoFrame): Promise<void> {
  const sources: ImageSource[] = [
    new Blob(),
    new ArrayBuffer(1),
    new Uint8Array(1),
    new DataView(new ArrayBuffer(1)),
    new URL("https://example.org/1.png"),
    "2.png",
    new ImageData(1, 1),
    bitmap,
    image,
    canvas,
    new OffscreenCanvas(1, 1),
    frame,
  ];
  const limits: Partial<Limits> = { maxPixels: 1e6 };
  const options: ClipOptions = {
    durations: sources.map(() => 0.5),
    size: { width: 640, height: 480 },
    fit: "cover",
    background: "white",
    animated: "expand",
    decoder: "browser",
    limits,
  };
  const clip: ImageSequenceClip = new ImageSequenceClip(new Set(sources), options)
    .reversed()
    .boomerang()
    .repeated(2)
    .concat(new ImageSequenceClip(sources, { fps: { num: 30000, den: 1001 } }));
  const numbers: number[] = [clip.length, clip.duration, clip.fps, clip.indexAt(1)];
  const encode: EncodeOptions = { maxBytes: 1e6, container: "fragmented", workers: "auto", speed: "small" };
  const { blob, stats }: EncodeResult = await clip.encode(encode);
  const written: EncodeStats = await clip.writeTo(sink);
  await clip.writeTo(file, { bitrate: 1e6 });
  console.log(numbers, blob, stats.codec, written.keyframes, new InlineClip(sources, { fps: 1 }).length);
}

export async function frames(): Promise<Blob> {
  const encoder = new SequenceEncoder({ width: 1280, height: 720, fps: 30, quality: "best" });
  await encoder.add(canvas, { duration: 0.5 });
  if (encoder.length === 0) encoder.abort();
  return encoder.finish();
}

export function failure(error: unknown): string {
  if (!(error instanceof FramereelError)) throw error;
  const code: FramereelErrorCode = error.code;
  const index: number | undefined = error.imageIndex;
  const name: string | undefined = error.imageName;
  return `${code} ${index} ${name} ${error.message} ${error.cause}`;
}

export function report({ stage, done, total, fraction, etaSeconds, framesPerSecond }: Progress): string {
  const eta: number | null = etaSeconds;
  return `${stage} ${done}/${total} ${fraction} ${eta} ${framesPerSecond}`;
}

configure({ wasmUrl: "/framereel.wasm", workerUrl: new URL("https://example.org/worker.js") });
configure({ createWorker: () => new Worker("/worker.js", { type: "module" }) });

// What must not compile.
// @ts-expect-error an unknown option
new ImageSequenceClip([], { fps: 24, colour: "red" });
// @ts-expect-error a name that is none
new ImageSequenceClip([], { fps: 24, fit: "fill" });
// @ts-expect-error options are required
new ImageSequenceClip([]);
// @ts-expect-error no number is an image
new ImageSequenceClip([7], { fps: 24 });
// @ts-expect-error frames come once, so nothing can be searched for
new SequenceEncoder({ width: 1, height: 1, fps: 1, maxBytes: 5 });
// @ts-expect-error length is the images' to say
new ImageSequenceClip([], { fps: 1 }).length = 5;
