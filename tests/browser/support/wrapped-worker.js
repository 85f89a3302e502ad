// The package's worker with a fault in front, named in the address: `?fault=...&times=...`. Runs in a worker.
const fault = new URL(location.href).searchParams.get("fault");

/** Messages come here first: this listener is there before the package's own. */
addEventListener("message", (event) => {
  if (event.data.type !== "task" || event.data.task.kind !== "encodeGroup") return;
  if (fault === "throws") {
    event.stopImmediatePropagation();
    throw new Error("a fault that the test made");
  }
  if (fault === "traps") {
    event.stopImmediatePropagation();
    postMessage({ type: "crashed", id: event.data.id, message: "RuntimeError: unreachable", slot: 0 });
  }
});

await import("/dist/worker.js");
