import { byteStream, configurationRecord, levelled, makeChunk, type ParameterSets } from "./chunk.js";
import { parseCodec } from "./codec-string.js";
import type { Sample } from "./encoding.js";
import type { H264EncoderInit, Orientation } from "./types.js";

/** What the stream says of its colours, whatever the frames'. */
const COLOR_SPACE: Readonly<VideoColorSpaceInit> = {
  primaries: "bt709",
  transfer: "bt709",
  matrix: "bt709",
  fullRange: false,
};

/** Makes chunks of samples, and says how to decode them: with the first one, and where that changes. */
export class OutputWriter {
  readonly #output: H264EncoderInit["output"];
  #config: VideoEncoderConfig | undefined;
  /** The last decoder config that was told, as text. */
  #told: string | undefined;
  /** That of the frames since the last `use`. */
  orientation: Required<Orientation> = { rotation: 0, flip: false };

  constructor(output: H264EncoderInit["output"]) {
    this.#output = output;
  }

  /** The samples from now on are of this config. */
  use(config: VideoEncoderConfig): void {
    this.#config = config;
    this.orientation = { rotation: 0, flip: false };
  }

  write({ data, isKey, sets: own, timestamp, duration }: Sample): void {
    const config = this.#config;
    if (!config) return;
    const sets = levelled(own, parseCodec(config.codec)?.level ?? 0);
    const annexB = config.avc?.format === "annexb";
    const chunk = makeChunk({
      type: isKey ? "key" : "delta",
      timestamp,
      duration,
      data: annexB ? byteStream(data, isKey ? sets : undefined) : data,
    });
    const metadata = this.#metadata(config, annexB ? undefined : sets);
    try {
      this.#output(chunk, metadata);
    } catch (error) {
      // The caller's own bug, shown as any uncaught error is.
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  #metadata(config: VideoEncoderConfig, sets: ParameterSets | undefined): EncodedVideoChunkMetadata {
    const { codec, width, height, displayWidth, displayHeight } = config;
    const description = sets && configurationRecord(sets);
    const decoderConfig: VideoDecoderConfig & Orientation = {
      codec,
      codedWidth: width,
      codedHeight: height,
      ...(displayWidth !== undefined && { displayAspectWidth: displayWidth }),
      ...(displayHeight !== undefined && { displayAspectHeight: displayHeight }),
      colorSpace: { ...COLOR_SPACE },
      ...this.orientation,
    };
    const text = JSON.stringify([decoderConfig, description && [...description]]);
    if (text === this.#told) return {};
    this.#told = text;
    return { decoderConfig: { ...decoderConfig, ...(description && { description }) } };
  }
}
