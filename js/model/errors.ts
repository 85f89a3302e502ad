/** Every error code: the one list that the type and the worker are derived from. */
export const ERROR_CODES = [
  "invalid-option",
  "unsupported-image",
  "corrupt-image",
  "unsupported-audio",
  "corrupt-audio",
  "limit",
  "load",
  "aborted",
  "internal",
] as const;

/** What is said of an image at which the decoder itself breaks down, in fresh workers too. */
export const BROKE_DOWN =
  "the decoder breaks down at it: the file is damaged, or so large that memory runs out. Save it anew, or smaller, with another program.";

/**
 * Who must act, in one word:
 *
 * - `invalid-option`: the caller, an option is wrong; the message starts with its path.
 * - `unsupported-image`: whoever chose the image, its format is not one that can be read here.
 * - `corrupt-image`: whoever made the image, its bytes are broken, cut off or gone.
 * - `unsupported-audio`: whoever chose the sound, it is neither AAC nor MP3 and this browser cannot make AAC of it.
 * - `corrupt-audio`: whoever made the sound, its bytes are broken, cut off or gone.
 * - `limit`: the caller, an image is larger than `limits` allow, or than the memory that the browser gives.
 * - `load`: whoever deploys the page, the worker or a wasm file did not arrive.
 * - `aborted`: nobody, the encode was given up by `SequenceEncoder.abort()`.
 * - `internal`: framereel, please report it.
 *
 * @useDeclaredType
 */
export type FramereelErrorCode = (typeof ERROR_CODES)[number];

/** What is known of a failure beside its code and message. */
export interface FramereelErrorDetails {
  /** Place of the image in the sequence, counted from 0. */
  imageIndex?: number | undefined;
  /** File name of the image, or the last part of its address. */
  imageName?: string | undefined;
  /** What was thrown underneath. */
  cause?: unknown;
}

/**
 * Every failure of framereel. The message says what happened and what to change, and can be shown to a person as it is.
 *
 * @example
 * try {
 *   await clip.toBlob();
 * } catch (error) {
 *   if (error instanceof FramereelError && error.imageIndex !== undefined) mark(error.imageIndex, error.message);
 *   else throw error;
 * }
 */
export class FramereelError extends Error {
  /** Always `FramereelError`, for logs; tell errors apart by `instanceof` and `code`. */
  override readonly name = "FramereelError";
  /** Who must act. */
  readonly code: FramereelErrorCode;
  /** Place in the sequence (from 0) of the one image to blame, if one image is. */
  readonly imageIndex: number | undefined;
  /** File name of that image, if it has one. */
  readonly imageName: string | undefined;

  constructor(code: FramereelErrorCode, message: string, details: FramereelErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.imageIndex = details.imageIndex;
    this.imageName = details.imageName;
  }
}
