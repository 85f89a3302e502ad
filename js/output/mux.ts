import { FramereelError } from "../model/errors.js";
import { plainError } from "../model/image-error.js";
import type { Timeline } from "../model/timeline.js";
import type { EncodedGroup, MovieSettings, PixelSize } from "../protocol/core.js";
import type { TaskKind, WorkerResults } from "../protocol/messages.js";
import { TaskFailure } from "../workers/handle.js";
import { pool, type TaskRequest } from "../workers/pool.js";

/** The samples of a group on their way into the file; the bytes may be paged out by the browser as a Blob. */
export interface GroupSamples extends Omit<EncodedGroup, "data"> {
  data: Uint8Array<ArrayBuffer> | Blob;
}

/** Asks a worker to write boxes of the MP4. */
export class Muxer {
  readonly #size: PixelSize;
  readonly #signal: AbortSignal;
  #parameters: Pick<EncodedGroup, "sps" | "pps"> | undefined;

  constructor(size: PixelSize, signal: AbortSignal) {
    this.#size = size;
    this.#signal = signal;
  }

  /** Takes the parameter sets of a group. All groups must have the same: the file holds them once (ISO/IEC 14496-15 5.3.3.1). */
  accept({ sps, pps }: Pick<EncodedGroup, "sps" | "pps">): void {
    const known = this.#parameters;
    this.#parameters ??= { sps, pps };
    if (known && !(sameBytes(known.sps, sps) && sameBytes(known.pps, pps))) {
      throw new FramereelError(
        "internal",
        "Two groups of the video were encoded with different parameter sets. Please report it.",
      );
    }
  }

  /** Everything in front of the samples, with their index. */
  movieHeader(timeline: Timeline, sizes: Uint32Array, sync: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    return this.#run({ kind: "movieHeader", movie: this.#movie(timeline), sizes, sync });
  }

  /** The start of a fragmented file, without samples. */
  fragmentedHeader(timeline: Timeline): Promise<Uint8Array<ArrayBuffer>> {
    return this.#run({ kind: "fragmentedHeader", movie: { ...this.#movie(timeline), samples: timeline.length } });
  }

  /** What stands in front of one fragment's samples. `sequence` counts from 1. */
  fragment(
    timeline: Timeline,
    sequence: number,
    firstSample: number,
    { sizes, sync }: GroupSamples,
  ): Promise<Uint8Array<ArrayBuffer>> {
    return this.#run({ kind: "fragment", movie: this.#movie(timeline), sequence, firstSample, sizes, sync });
  }

  /** The `codecs` parameter of RFC 6381. */
  codec(): Promise<string> {
    return this.#run({ kind: "codecString", sps: this.#sets().sps });
  }

  #sets(): Pick<EncodedGroup, "sps" | "pps"> {
    if (!this.#parameters)
      throw new FramereelError("internal", "The file was asked for before any image was encoded. Please report it.");
    return this.#parameters;
  }

  #movie(timeline: Timeline): MovieSettings {
    const { width, height } = this.#size;
    const times =
      timeline.kind === "rate"
        ? { fpsNum: timeline.rate.num, fpsDen: timeline.rate.den }
        : { durations: Float64Array.from(timeline.seconds) };
    return { width, height, ...this.#sets(), ...times };
  }

  async #run<Kind extends TaskKind>(task: TaskRequest<Kind>["task"]): Promise<WorkerResults[Kind]> {
    try {
      return await pool.run<Kind>({ task, signal: this.#signal });
    } catch (error) {
      throw error instanceof TaskFailure ? plainError(error) : error;
    }
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
