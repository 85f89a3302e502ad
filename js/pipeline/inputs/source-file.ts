import { FramereelError, type FramereelErrorCode } from "../../model/errors.js";
import type { EncodedImage } from "../../model/sources.js";
import { isA } from "../../options/source-kind.js";

/** Whether a source is an address, and its bytes are elsewhere. */
export function isAddress(source: unknown): source is string | URL {
  return typeof source === "string" || isA(source, "URL");
}

/** A file of a source that is no address: itself, or a copy of its bytes as they are now. */
export function fileOf(source: Exclude<EncodedImage, string | URL>): Blob {
  return isA(source, "Blob") ? source : new Blob([unsharedBytes(source as ArrayBuffer)]);
}

/** Blobs refuse memory that threads share. */
function unsharedBytes(source: ArrayBuffer | ArrayBufferView): ArrayBuffer | ArrayBufferView<ArrayBuffer> {
  if (!ArrayBuffer.isView(source)) return source;
  const { buffer, byteOffset, byteLength } = source;
  if (isA(buffer, "ArrayBuffer")) return new Uint8Array(buffer, byteOffset, byteLength);
  return new Uint8Array(buffer, byteOffset, byteLength).slice() as Uint8Array<ArrayBuffer>;
}

/** The file at an address; a failure has the given code. */
export async function fetchFile(address: string | URL, signal: AbortSignal, code: FramereelErrorCode): Promise<Blob> {
  const url = String(address);
  try {
    const response = await fetch(url, { signal });
    if (response.ok) return await response.blob();
    const { status, statusText } = response;
    const answer = statusText ? `${status} ${statusText}` : status;
    throw new FramereelError(code, `${url} could not be fetched: the server answered ${answer}.`);
  } catch (cause) {
    if (cause instanceof FramereelError) throw cause;
    throw new FramereelError(
      code,
      `${url} could not be fetched: the network is down, the address is wrong, or CORS or the page's Content-Security-Policy (connect-src) forbids it.`,
      { cause },
    );
  }
}
