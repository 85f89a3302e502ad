import type { PostableFrame } from "../protocol/messages.js";
import type { Orientation } from "./types.js";

/** A frame that waits for its turn; the caller may close or change what it was made of. */
export interface HeldFrame {
  /** Microseconds. */
  timestamp: number;
  duration: number | null;
  orientation: Required<Orientation>;
  /** The pixels, in a form that can be moved to a worker. */
  read(): PostableFrame | Promise<PostableFrame>;
  /** Gives back what is held. May be called again. */
  close(): void;
}
