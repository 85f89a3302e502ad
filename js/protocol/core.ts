import type * as core from "../../pkg/framereel.js";

/** The core's interface, as wasm-bindgen declares it in `pkg/framereel.d.ts` from `src/wasm/`. Its errors are `CoreError`s. */
export type CoreApi = Pick<
  typeof core,
  "decoderOf" | "fragment" | "fragmentedHeader" | "GroupEncoder" | "movieHeader" | "PictureMaker" | "planSize" | "probe"
>;

export type {
  DecoderName,
  FrameLayout,
  GroupEncoder,
  GroupSettings,
  ImageInfo,
  MovieHeader,
  MovieSettings,
  PixelSize,
  SoundSamples,
  SoundTrack,
} from "../../pkg/framereel.js";

/** The samples of one group, in AVCC form (ISO/IEC 14496-15 5.3.2: 4-byte lengths). The data is a copy outside wasm's memory. */
export interface EncodedGroup extends core.EncodedGroup {
  data: Uint8Array<ArrayBuffer>;
}

/** An error that the core throws. */
export interface CoreError extends Error {
  /** An error code of the public API. */
  code: string;
  /** The option to blame, as the core knows it; the message starts with it. */
  option?: string;
  /** Memory was refused. */
  memory?: boolean;
}
