import type { SoundSamples, SoundTrack } from "./core.js";

/** Samples of a soundtrack on their way into the file: what its index says of them, and their bytes. */
export interface SoundPart {
  samples: SoundSamples;
  data: Blob;
}

/** A soundtrack, coded and ready to be laid beside pictures. */
export interface Soundtrack {
  /** The `codecs` parameter of RFC 6381, such as `mp4a.40.2`. */
  readonly codec: string;
  /** Beside `seconds` of pictures, in a file with one index. */
  whole(seconds: number): SoundPart & { track: SoundTrack };
  /** The track of a file of fragments, beside `seconds` of pictures where that is known. */
  header(seconds: number | undefined): SoundTrack;
  /** What is heard in a fragment, from second `from` of the pictures up to `to`. */
  part(from: number, to: number): SoundPart;
}
