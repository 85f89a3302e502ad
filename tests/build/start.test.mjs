// The README's first command: it ends in a served page.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { inRoot } from "../../scripts/lib/project.mjs";

test("npm start builds, prints its address and serves the page with all it needs", async (t) => {
  const child = spawn(process.execPath, [inRoot("scripts", "start.mjs")], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(async () => {
    child.kill();
    if (child.exitCode === null) await once(child, "exit");
  });
  const address = await addressFrom(child);
  for (const [path, type] of [
    ["", "text/html"],
    ["page.js", "text/javascript"],
    ["service-worker.js", "text/javascript"],
    ["framereel/index.js", "text/javascript"],
    ["framereel/worker.js", "text/javascript"],
    ["framereel/framereel.wasm", "application/wasm"],
  ]) {
    const answer = await fetch(new URL(path, address));
    assert.equal(answer.status, 200, path);
    assert.ok(answer.headers.get("content-type").startsWith(type), path);
    assert.ok((await answer.arrayBuffer()).byteLength > 0, path);
  }
});

test("without Rust, every command says where to get it, and nothing else", () => {
  for (const script of ["start.mjs", "setup.mjs", "check.mjs", "test.mjs"]) {
    // Beside the project's own tools there are none.
    const env = { ...process.env, PATH: "" };
    const { status, stdout, stderr } = spawnSync(process.execPath, [inRoot("scripts", script)], {
      env,
      encoding: "utf8",
    });
    assert.equal(status, 1, script);
    assert.equal(stderr.trim(), "Rust is missing. Install it from https://rustup.rs and start again.", script);
    assert.doesNotMatch(stdout, /^\s+at /m);
  }
});

/** The first address that a program prints; an error where it ends without one. */
async function addressFrom(child) {
  const lines = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /http:\/\/\S+/.exec(line);
    if (found) return found[0];
    lines.push(line);
  }
  throw new Error(`no address was printed:\n${lines.join("\n")}`);
}
