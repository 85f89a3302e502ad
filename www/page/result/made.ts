import type { EncodeStats } from "framereel";
import type { Sequence } from "../model/sequence.ts";
import type { Settings } from "../model/settings.ts";

/** A finished video and what it was made of. */
export interface Made {
  readonly blob: Blob;
  readonly stats: EncodeStats;
  readonly sequence: Sequence;
  readonly settings: Settings;
  /** Without an extension. */
  readonly name: string;
  /** Name of the file it was saved to while it was made, or null. */
  readonly savedAs: string | null;
}
