import { FramereelError } from "../model/errors.js";
import type { CheckedDisplay } from "../options/encode-options.js";

/** Gives the file's address back when nobody holds the element any more: revoking earlier would break seeking. */
let addresses: FinalizationRegistry<string> | undefined;

/** A `<video>` that plays a file. Resolves once the browser knows its size and duration. */
export async function videoElement(
  blob: Blob,
  display: CheckedDisplay,
  signal: AbortSignal | undefined,
): Promise<HTMLVideoElement> {
  addresses ??= new FinalizationRegistry((address) => URL.revokeObjectURL(address));
  const video = document.createElement("video");
  if (display.width !== undefined) video.width = display.width;
  if (display.height !== undefined) video.height = display.height;
  video.autoplay = display.autoplay;
  video.loop = display.loop;
  video.muted = display.muted;
  video.controls = display.controls;
  video.playsInline = true;
  const address = URL.createObjectURL(blob);
  try {
    await metadataOf(video, address, signal);
  } catch (error) {
    video.removeAttribute("src");
    URL.revokeObjectURL(address);
    throw error;
  }
  addresses.register(video, address);
  return video;
}

function metadataOf(video: HTMLVideoElement, address: string, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal?.reason);
    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort, { once: true });
    const settle = (finish: () => void): void => {
      signal?.removeEventListener("abort", abort);
      finish();
    };
    video.onloadedmetadata = () => settle(resolve);
    video.onerror = () =>
      settle(() =>
        reject(
          new FramereelError(
            "internal",
            `The video is encoded, but this browser does not play it: it may lack H.264, or the page's Content-Security-Policy lacks media-src blob: (${video.error?.message || "no reason given"}). toBlob() gives the file itself.`,
          ),
        ),
      );
    video.preload = "metadata";
    video.src = address;
  });
}
