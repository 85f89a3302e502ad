import type { Timeline } from "../model/timeline.js";
import type { Movie } from "./movie.js";
import type { GroupSamples } from "./samples.js";

/** The type of a finished file. */
export const MP4_TYPE = "video/mp4";

/** What every output knows of its file. */
export interface OutputContext {
  movie: Movie;
  /** When samples are shown: complete once all groups were added. */
  timeline(): Timeline;
  signal: AbortSignal;
}

/** Where encoded groups go, in order. */
export interface Output {
  /** Whether groups must bring their fragment's boxes. */
  readonly streamed: boolean;
  add(group: GroupSamples): Promise<void>;
  /** Bytes of the soundtrack's samples. */
  soundBytes(): number;
  /** Bytes of the file that are not samples, for groups of these sizes. */
  overhead(groups: readonly GroupSamples[]): Promise<number>;
  /** Completes the file, and gives it back where it is not a stream's. */
  finish(): Promise<FinishedFile>;
}

export interface FinishedFile {
  bytes: number;
  blob?: Blob;
}
