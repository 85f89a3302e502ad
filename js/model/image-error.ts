import { FramereelError, type FramereelErrorCode } from "./errors.js";

/** What the core, a worker or a fetch throws: a code and a text, to which whoever knows more adds it. */
interface Failure {
  code: FramereelErrorCode;
  message: string;
  cause?: unknown;
}

/** Turns what went wrong with one image into the error that users see: "Image 3 (photo.png): ...", counted from 1 as people do. */
export function imageError(error: unknown, imageIndex: number, imageName: string | undefined): FramereelError {
  const failure = asFailure(error);
  const { code, cause } = failure;
  const name = imageName ? ` (${imageName})` : "";
  const message = `Image ${imageIndex + 1}${name}: ${sentence(failure)}`;
  return new FramereelError(code, message, { imageIndex, imageName, cause });
}

/** The same for what no single image is to blame for. */
export function plainError(failure: Failure): FramereelError {
  return new FramereelError(failure.code, sentence(failure), { cause: failure.cause });
}

function asFailure(error: unknown): Failure {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error as Failure & Error;
  return { code: "internal", message: String(error), cause: error };
}

/** The core names an option as it knows it ("fit: ..."); users wrote it into `options`. */
function sentence({ code, message }: Failure): string {
  const text = code === "invalid-option" && /^[a-zA-Z.]+: /.test(message) ? `options.${message}` : message;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
