import { FramereelError, type FramereelErrorCode } from "../public/errors.js";

/** Turns what went wrong with one image into the error that users see: "Image 3 (photo.png): ...", counted from 1 as people do. */
export function imageError(error: unknown, imageIndex: number, imageName: string | undefined): FramereelError {
  const {
    code = "internal",
    message = String(error),
    cause = undefined,
  } = (error ?? {}) as {
    code?: FramereelErrorCode;
    message?: string;
    cause?: unknown;
  };
  const name = imageName ? ` (${imageName})` : "";
  return new FramereelError(code, `Image ${imageIndex + 1}${name}: ${message}`, { imageIndex, imageName, cause });
}
