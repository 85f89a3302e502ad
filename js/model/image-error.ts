import { FramereelError, type FramereelErrorCode } from "./errors.js";

/** What the core, a worker or a fetch reports: a code and a text, to which whoever knows more adds it. */
export interface Failure {
  code: FramereelErrorCode;
  message: string;
  /** The option to blame, as the core knows it; the message starts with it. */
  option?: string;
  cause?: unknown;
}

/** The image that an error is about. */
export interface BlamedImage {
  /** Place in the sequence, counted from 0. */
  index: number;
  name: string | undefined;
}

/** Turns what went wrong with one image into the error that users see: "Image 3 (photo.png): ...", counted from 1 as people do. */
export function imageError(error: unknown, { index, name }: BlamedImage): FramereelError {
  const failure = asFailure(error);
  const { code, cause } = failure;
  const message = `Image ${index + 1}${name ? ` (${name})` : ""}: ${sentence(failure)}`;
  return new FramereelError(code, message, { imageIndex: index, imageName: name, cause });
}

/** The same for what no single image is to blame for. */
export function plainError(failure: Failure): FramereelError {
  return new FramereelError(failure.code, sentence(failure), { cause: failure.cause });
}

/** Whatever was thrown, as a failure; what has no code is a bug. */
export function asFailure(error: unknown): Failure {
  if (typeof error === "object" && error !== null && "code" in error && typeof error.code === "string")
    return error as Failure;
  return { code: "internal", message: String(error), cause: error };
}

/** The core names an option as it knows it ("fit", "durations[3]"); users wrote it into `options`. */
function sentence({ message, option }: Failure): string {
  const text = option === undefined ? message : `options.${message}`;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
