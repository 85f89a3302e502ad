// The package's worker with a fault in front, named in the address: `?fault=...`. Runs in a worker.
const parameters = new URL(location.href).searchParams;
const fault = parameters.get("fault");

/** Messages come here first: this listener is there before the package's own. */
addEventListener("message", (event) => {
  if (event.data.type !== "task") return;
  if (fault === "helps badly" && event.data.task.kind === "makePictures") {
    event.stopImmediatePropagation();
    throw new Error("a fault that the test made");
  }
  if (event.data.task.kind !== "encodeGroup") return;
  if (fault === "throws") {
    event.stopImmediatePropagation();
    throw new Error("a fault that the test made");
  }
  if (fault === "forgets") {
    event.stopImmediatePropagation();
    Promise.reject(new Error("a promise that nobody waits for"));
  }
  if (fault === "cannot read") {
    event.stopImmediatePropagation();
    dispatchEvent(new MessageEvent("messageerror"));
  }
  if (fault === "traps") {
    event.stopImmediatePropagation();
    postMessage({ type: "crashed", id: event.data.id, message: "RuntimeError: unreachable", slot: 0 });
  }
});

/** Files of so many bytes bring the decoder to an end that nobody foresaw. */
if (fault === "traps at a file") {
  const bytes = Number(parameters.get("bytes"));
  const { Instance } = WebAssembly;
  const unlessTrapped = (length, work) => {
    if (length === bytes) throw new WebAssembly.RuntimeError("unreachable");
    return work();
  };
  WebAssembly.Instance = class {
    constructor(module, imports) {
      const { exports } = new Instance(module, imports);
      const { groupencoder_load: load, groupencoder_loadFrames: loadFrames, probe, decode } = exports;
      const { picturemaker_pictureOfFile: pictureOfFile } = exports;
      this.exports = {
        ...exports,
        groupencoder_load: (...all) => unlessTrapped(all[3], () => load(...all)),
        groupencoder_loadFrames: (...all) => unlessTrapped(all[3], () => loadFrames(...all)),
        picturemaker_pictureOfFile: (...all) => unlessTrapped(all[2], () => pictureOfFile(...all)),
        probe: (...all) => unlessTrapped(all[1], () => probe(...all)),
        // Of the modules that decode rare formats.
        decode: (...all) => unlessTrapped(all[1], () => decode(...all)),
      };
    }
  };
}

await import("/dist/worker.js");
