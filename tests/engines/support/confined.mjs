// Encodes what it draws and shows it, on a page that may do little else; says what the browser held against it. Runs in the page.

/**
 * @param {{ entry: string, own?: "workerUrl" | "createWorker", sources?: "files" | "pixels" }} how - the package's entry, how the page
 *   names the worker, and what it encodes
 * @returns {Promise<{ failure?: string, frames?: number, duration?: number, shown?: number, isolated: boolean, violations: string[] }>}
 */
export async function encodeAndShow({ entry, own, sources = "files" }) {
  const violations = [];
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
    violations.push(`${effectiveDirective}: ${blockedURI}`),
  );
  const isolated = globalThis.crossOriginIsolated ?? false;
  try {
    const { ImageSequenceClip, configure } = await import(`/dist/${entry}`);
    if (own === "workerUrl") configure({ workerUrl: "/dist/worker.js" });
    if (own === "createWorker") configure({ createWorker: trustedWorker() });
    const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 64 });
    canvas.getContext("2d").fillRect(8, 8, 16, 16);
    const source = sources === "files" ? await new Promise((resolve) => canvas.toBlob(resolve)) : canvas;
    const clip = new ImageSequenceClip([source, canvas, source, canvas], { fps: 4 });
    const { stats } = await clip.encode();
    const video = await clip.display();
    return { frames: stats.frames, duration: video.duration, shown: video.videoWidth, isolated, violations };
  } catch (error) {
    return { failure: `${error.code}: ${error.message}`, isolated, violations };
  }
}

/** Whether the browser compiles wasm here: some do whatever the policy says. */
export function compiles() {
  try {
    return new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])) instanceof WebAssembly.Module;
  } catch {
    return false;
  }
}

/** The worker by a policy of the page's own, which alone may name scripts where Trusted Types are enforced. */
function trustedWorker() {
  const policy = trustedTypes.createPolicy("page", {
    createScriptURL(url) {
      if (url === "/dist/worker.js") return url;
      throw new TypeError(`${url} is no script of this page`);
    },
  });
  return () => new Worker(policy.createScriptURL("/dist/worker.js"), { type: "module" });
}

// In a frame, the page around it is told, of files and of pixels.
if (parent !== globalThis) {
  const files = await encodeAndShow({ entry: "inline.js" });
  const pixels = await encodeAndShow({ entry: "inline.js", sources: "pixels" });
  parent.postMessage({ files, pixels }, "*");
}
