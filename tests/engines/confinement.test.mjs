// The package asks for little: it works under the strictest policies, in a sandbox, with Trusted Types, isolated or not, and asks
// the network for nothing but its own files.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { inRoot } from "../../scripts/lib/project.mjs";
import { KNOWN_LACKS } from "../support/engines/abilities.mjs";
import { inEachEngine } from "../support/engines/index.mjs";

const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; img-src blob:; media-src blob:";
/** A worker that may run wasm and nothing else: no request of it would come through. */
const WORKER_ALONE = "default-src 'none'; script-src 'wasm-unsafe-eval'";
const ISOLATION = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
const RIGHT = { frames: 4, duration: 1, shown: 64, violations: [] };

inEachEngine((engine) => {
  const known = (lack) => KNOWN_LACKS[engine.name].includes(lack);

  /** Sends `headers` with the page, and `workerHeaders` with the worker's script, as long as the test runs. */
  function serveWith(t, headers, workerHeaders = {}) {
    const { server } = engine;
    Object.assign(server.headers, headers);
    server.answers.set("/dist/worker.js", async (_, response) => {
      response.writeHead(200, { "Content-Type": "text/javascript", ...workerHeaders });
      response.end(await readFile(inRoot("dist", "worker.js")));
    });
    t.after(() => {
      for (const name of Object.keys(headers)) delete server.headers[name];
      server.answers.delete("/dist/worker.js");
    });
  }

  async function encodeOn(t, how) {
    const page = await engine.open(t, { kit: false });
    engine.server.requests.length = 0;
    return page.evaluate(
      (how) => import("/engines/support/confined.mjs").then(({ encodeAndShow }) => encodeAndShow(how)),
      how,
    );
  }

  test("the strictest policy is enough: nothing is fetched, evaluated or styled", async (t) => {
    serveWith(t, { "Content-Security-Policy": STRICT }, { "Content-Security-Policy": WORKER_ALONE });
    const result = await encodeOn(t, { entry: "inline.js", own: "workerUrl" });
    assert.deepEqual(result, { ...RIGHT, isolated: false });
    const asked = engine.server.requests.filter((path) => path !== "/favicon.ico");
    assert.deepEqual([...new Set(asked)].sort(), [
      "/dist/inline.js",
      "/dist/worker.js",
      "/engines/support/confined.mjs",
    ]);
  });

  test("the main entry needs connect-src for its wasm file and no more", async (t) => {
    const headers = { "Content-Security-Policy": `${STRICT}; connect-src 'self'` };
    serveWith(t, headers, { "Content-Security-Policy": WORKER_ALONE });
    assert.deepEqual(await encodeOn(t, { entry: "index.js" }), { ...RIGHT, isolated: false });
  });

  test("without 'wasm-unsafe-eval' the error names it", async (t) => {
    serveWith(t, { "Content-Security-Policy": STRICT.replace(" 'wasm-unsafe-eval'", "") });
    const page = await engine.open(t, { kit: false });
    const [enforced, { failure }] = await page.evaluate(async () => {
      const { compiles, encodeAndShow } = await import("/engines/support/confined.mjs");
      return [!compiles(), await encodeAndShow({ entry: "inline.js", own: "workerUrl" })];
    });
    if (enforced) assert.match(failure, /^load: .*'wasm-unsafe-eval'/);
    else t.diagnostic(`${engine.version} compiles wasm whatever the policy says`);
    assert.equal(enforced, !known("enforcement of 'wasm-unsafe-eval'"));
  });

  for (const entry of ["index.js", "inline.js"]) {
    test(`a cross-origin isolated page encodes by ${entry}`, async (t) => {
      serveWith(t, ISOLATION, ISOLATION);
      assert.deepEqual(await encodeOn(t, { entry }), { ...RIGHT, isolated: true });
    });
  }

  test("with Trusted Types enforced the page's own policy makes the worker", async (t) => {
    const trusted = `${STRICT}; require-trusted-types-for 'script'; trusted-types page`;
    serveWith(t, { "Content-Security-Policy": trusted }, { "Content-Security-Policy": WORKER_ALONE });
    assert.deepEqual(await encodeOn(t, { entry: "inline.js", own: "createWorker" }), { ...RIGHT, isolated: false });
  });

  test("with Trusted Types enforced and no such policy the error says what to do", async (t) => {
    const trusted = `${STRICT}; require-trusted-types-for 'script'; trusted-types page`;
    serveWith(t, { "Content-Security-Policy": trusted });
    const { failure } = await encodeOn(t, { entry: "inline.js", own: "workerUrl" });
    assert.match(failure, /^load: .*Trusted Types.*createWorker/);
  });

  test("in a sandboxed frame, which has no origin, framereel/inline encodes what its workers may read", async (t) => {
    const { answers } = engine.server;
    const scripts = {
      "/dist/inline.js": "dist/inline.js",
      "/engines/support/confined.mjs": "tests/engines/support/confined.mjs",
    };
    for (const [path, file] of Object.entries(scripts)) {
      answers.set(path, async (_, response) => {
        response.writeHead(200, { "Content-Type": "text/javascript", "Access-Control-Allow-Origin": "*" });
        response.end(await readFile(inRoot(file)));
      });
    }
    answers.set("/frame.html", (_, response) => {
      response.writeHead(200, { "Content-Type": "text/html" });
      response.end(
        '<!doctype html><title>frame</title><script type="module" src="/engines/support/confined.mjs"></script>',
      );
    });
    t.after(() => answers.clear());
    const page = await engine.open(t, { kit: false });
    const result = await page.evaluate(() => {
      const frame = document.createElement("iframe");
      frame.sandbox = "allow-scripts";
      frame.src = "/frame.html";
      document.body.append(frame);
      return new Promise((resolve) => addEventListener("message", ({ data }) => resolve(data), { once: true }));
    });
    assert.deepEqual(result.pixels, { ...RIGHT, isolated: false });
    if (known("files in workers of sandboxed frames")) {
      assert.match(result.files.failure, /^corrupt-image: Image 1: .*sandboxed frame/);
    } else assert.deepEqual(result.files, { ...RIGHT, isolated: false });
  });
});
