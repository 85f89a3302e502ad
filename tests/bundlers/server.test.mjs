// Importing framereel on a server: nothing happens, and using it there says what is wrong.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { runTool } from "./support/tools.mjs";
import { prepareWorkspace, workspace } from "./support/workspace.mjs";

before(prepareWorkspace);

/** Runs a module in Node.js where framereel is installed; gives back what it prints, as JSON. */
async function onServer(script) {
  const { stdout } = await runTool("node", ["--input-type=module", "-e", script], { cwd: workspace });
  return JSON.parse(stdout);
}

/** Replaces what a browser library might reach for by traps that note their use. */
const TRAPS = `
  const touched = [];
  const trap = (holder, name) => {
    const value = holder[name];
    Object.defineProperty(holder, name, { configurable: true, get: () => (touched.push(name), value), set() { touched.push("set " + name); } });
  };
  for (const name of ["fetch", "Worker", "document", "window", "location", "navigator", "Blob", "setTimeout", "setInterval", "queueMicrotask", "MessageChannel", "OffscreenCanvas"]) trap(globalThis, name);
  for (const name of ["compile", "compileStreaming", "instantiate", "Module", "Memory"]) trap(WebAssembly, name);
  const before = Object.getOwnPropertyNames(globalThis);
`;

const PUBLIC = ["FramereelError", "ImageSequenceClip", "SequenceEncoder", "configure", "sortByName"];
const ENTRIES = {
  framereel: PUBLIC,
  "framereel/inline": PUBLIC,
  "framereel/core": ["FramereelError", "default", "encodeSequence", "init"],
  "framereel/encoder": ["H264Encoder", "configure"],
};

for (const [entry, expected] of Object.entries(ENTRIES)) {
  test(`importing ${entry} fetches nothing, starts nothing, and touches no global`, async () => {
    const { touched, added, names } = await onServer(`${TRAPS}
      const names = Object.keys(await import("${entry}")).sort();
      const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name));
      console.log(JSON.stringify({ touched, added, names }));
    `);
    assert.deepEqual({ touched, added }, { touched: [], added: [] });
    assert.deepEqual(names, expected);
  });
}

for (const entry of ["framereel", "framereel/inline"]) {
  test(`encoding with ${entry} on a server is refused, with where to do it`, async () => {
    const refusal = await onServer(`
      import { ImageSequenceClip } from "${entry}";
      const clip = new ImageSequenceClip([new Uint8Array([1, 2, 3])], { fps: 1 });
      const error = await clip.toBlob().catch((reason) => reason);
      console.log(JSON.stringify({ name: error.name, code: error.code, message: error.message }));
    `);
    assert.deepEqual([refusal.name, refusal.code], ["FramereelError", "load"]);
    assert.match(refusal.message, /on the client, not on the server/);
  });
}
