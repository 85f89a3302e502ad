// What an engine has of what the package can use but does not need.

/** Runs in the page: whether the engine has each ability, by name. */
export async function abilities() {
  const decodes = async (path) => {
    const blob = await (await fetch(`/fixtures/${path}`)).blob();
    return createImageBitmap(blob).then(
      () => true,
      () => false,
    );
  };
  const filesInPrivate = async () => {
    const folder = await navigator.storage?.getDirectory?.().catch(() => undefined);
    return folder !== undefined && "createWritable" in FileSystemFileHandle.prototype;
  };
  return {
    "playback of H.264": document.createElement("video").canPlayType('video/mp4; codecs="avc1.64001f"') !== "",
    "playback by Media Source Extensions":
      globalThis.MediaSource?.isTypeSupported('video/mp4; codecs="avc1.64001f"') ?? false,
    VideoFrame: "VideoFrame" in globalThis,
    OffscreenCanvas: "OffscreenCanvas" in globalThis,
    "AVIF images": await decodes("card/still.avif"),
    "Web Locks": "locks" in navigator,
    "Trusted Types": "trustedTypes" in globalThis,
    "service workers": "serviceWorker" in navigator,
    "writable files of the origin": await filesInPrivate(),
    "navigator.deviceMemory": "deviceMemory" in navigator,
  };
}

/**
 * What each engine is known to lack. Anything else that is missing is a fault of the installation. The last two of WebKitGTK are found
 * where they matter, in tests/engines/confinement.test.mjs.
 */
export const KNOWN_LACKS = {
  chromium: [],
  firefox: ["navigator.deviceMemory"],
  webkit: [
    "writable files of the origin",
    "navigator.deviceMemory",
    "enforcement of 'wasm-unsafe-eval'",
    "files in workers of sandboxed frames",
  ],
};
