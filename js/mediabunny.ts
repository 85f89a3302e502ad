/**
 * framereel's encoder for mediabunny, so that it encodes "avc" in every browser: also where `VideoEncoder` is missing, or has
 * no H.264.
 *
 * @module
 */
import { CustomVideoEncoder, EncodedPacket, registerEncoder, type VideoCodec, type VideoSample } from "mediabunny";
import { readConfig, unsupported } from "./encoder/config.js";
import type { EncoderFrame, H264EncodeOptions } from "./encoder/types.js";
import { H264Encoder } from "./encoder.js";

/** Seconds, as mediabunny has them: exacter than a chunk's microseconds. */
interface Timing {
  timestamp: number;
  duration: number;
}

/** A `VideoEncoder` in mediabunny's clothes. */
class FramereelEncoder extends CustomVideoEncoder {
  #encoder: H264Encoder | undefined;
  /** Of the samples that have not come out: they do so in order. */
  readonly #timings: Timing[] = [];
  #failure: DOMException | undefined;

  static override supports(codec: VideoCodec, config: VideoEncoderConfig): boolean {
    return codec === "avc" && unsupported(readConfig(config)) === undefined;
  }

  init(): void {
    this.#encoder = new H264Encoder({
      output: (chunk, metadata) => {
        const data = new Uint8Array(chunk.byteLength);
        chunk.copyTo(data);
        const { timestamp, duration } = this.#timings.shift() as Timing;
        this.onPacket(new EncodedPacket(data, chunk.type, timestamp, duration), metadata);
      },
      error: (error) => {
        this.#failure = error;
        this.onError(error);
      },
    });
    this.#encoder.configure(this.config);
  }

  /** Resolves when there is room for another sample. */
  async encode(sample: VideoSample, options: H264EncodeOptions): Promise<void> {
    const encoder = this.#usable();
    const frame = await frameOf(sample);
    this.#timings.push({ timestamp: sample.timestamp, duration: sample.duration });
    try {
      encoder.encode(frame, options);
    } finally {
      if ("close" in frame) frame.close();
    }
    while (encoder.encodeQueueSize > 0) {
      await new Promise((resolve) => encoder.addEventListener("dequeue", resolve, { once: true }));
    }
    this.#usable();
  }

  async flush(): Promise<void> {
    await this.#usable().flush();
  }

  close(): void {
    if (this.#encoder?.state !== "closed") this.#encoder?.close();
  }

  #usable(): H264Encoder {
    if (this.#failure) throw this.#failure;
    return this.#encoder as H264Encoder;
  }
}

/** Formats that the encoder takes as they are. */
const OWN_FORMATS = ["RGBA", "RGBX", "BGRA", "BGRX", "I420", "I420A", "NV12"] as const;

/** The sample as the encoder takes it: pixels where the browser has no `VideoFrame`. */
async function frameOf(sample: VideoSample): Promise<EncoderFrame> {
  if (typeof VideoFrame === "function") return sample.toVideoFrame();
  // Without a VideoFrame mediabunny converts nothing to RGB but canvases.
  const own = OWN_FORMATS.find((known) => known === sample.format);
  const format = own ?? "RGBX";
  const data = new Uint8Array(sample.allocationSize({ format }));
  await sample.copyTo(data, { format });
  const { width: codedWidth, height: codedHeight } = sample.visibleRect;
  const { microsecondTimestamp: timestamp, microsecondDuration: duration, rotation, flip } = sample;
  const colorSpace = own ? (sample.colorSpace.toJSON() as VideoColorSpaceInit) : {};
  return { data, format, codedWidth, codedHeight, timestamp, duration, rotation, flip, colorSpace };
}

let registered = false;

/**
 * Has mediabunny use framereel's encoder for "avc". It does so from then on wherever the encoder supports what is asked for, also
 * where the browser could; call it only if `canEncodeVideo("avc")` says no where the browser's own is to be preferred.
 */
export function registerH264Encoder(): void {
  if (registered) return;
  registered = true;
  registerEncoder(FramereelEncoder);
}
