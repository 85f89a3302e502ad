import type { FramereelErrorCode } from "../model/errors.js";

/**
 * What is wrong with a sound. This room is a file of its own with its own copy of every class, so what it throws is told by the
 * code alone, and becomes the error that users see where the room was loaded.
 */
export class SoundFailure extends Error {
  readonly code: FramereelErrorCode;

  constructor(code: FramereelErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** The bytes are not what they say they are. */
export function damaged(what: string): SoundFailure {
  return new SoundFailure("corrupt-audio", `${what}. The file is damaged or cut off: export or download it again.`);
}
