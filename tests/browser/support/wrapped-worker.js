// The package's worker with a fault in front, named in the address: `?fault=...`. Runs in a worker.
const parameters = new URL(location.href).searchParams;
const fault = parameters.get("fault");

/** Messages come here first: this listener is there before the package's own. */
addEventListener("message", (event) => {
  if (event.data.type !== "task" || event.data.task.kind !== "encodeGroup") return;
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
  const trap = () => {
    throw new WebAssembly.RuntimeError("unreachable");
  };
  WebAssembly.Instance = (module, imports) => {
    const exports = { ...new Instance(module, imports).exports };
    const { groupencoder_load: load, groupencoder_loadFrames: loadFrames, probe } = exports;
    return {
      exports: {
        ...exports,
        groupencoder_load: (self, slot, at, length) => (length === bytes ? trap() : load(self, slot, at, length)),
        groupencoder_loadFrames: (self, slot, at, length, ...frames) =>
          length === bytes ? trap() : loadFrames(self, slot, at, length, ...frames),
        probe: (at, length, limits) => (length === bytes ? trap() : probe(at, length, limits)),
      },
    };
  };
}

await import("/dist/worker.js");
