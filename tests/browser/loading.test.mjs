// The worker and the wasm file may not arrive. Then the promise rejects with the likely cause and the mend; it never hangs.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { inRoot } from "../../scripts/lib/project.mjs";
import { harness } from "./support/harness.mjs";

const browser = harness();

/** Encodes one image on a fresh page and returns how it fails; `configure` is given as plain values. */
async function failureOnPage(t, configuration = {}) {
  const page = await browser.open(t);
  return page.evaluate(async (configuration) => {
    kit.configure(configuration);
    const image = new ImageData(64, 64);
    return kit.failureOf(() => new kit.ImageSequenceClip([image], { fps: 1 }).toBlob());
  }, configuration);
}

function answerWith(t, path, status, type, body = "") {
  browser.server.answers.set(path, (_, response) => {
    response.writeHead(status, { "Content-Type": type });
    response.end(body);
  });
  t.after(() => browser.server.answers.delete(path));
}

function withPolicy(t, policy) {
  browser.server.headers["Content-Security-Policy"] = policy;
  t.after(() => delete browser.server.headers["Content-Security-Policy"]);
}

const BROKEN_DEPLOYMENTS = [
  {
    name: "the wasm file is missing",
    arrange: (t) => answerWith(t, "/dist/framereel.wasm", 404, "text/plain", "no"),
    says: /wasm file was not found at .*framereel\.wasm \(HTTP 404\).*configure\(\{ wasmUrl \}\)/,
  },
  {
    name: "the server answers with its page for unknown addresses instead of the wasm file",
    arrange: (t) => answerWith(t, "/dist/framereel.wasm", 200, "text/html", "<!doctype html>"),
    says: /answered with something else \(text\/html\)/,
  },
  {
    name: "the wasm file is damaged",
    arrange: (t) => answerWith(t, "/dist/framereel.wasm", 200, "application/wasm", "\0asm????"),
    says: /could not be compiled/,
  },
  {
    name: "the worker is missing",
    arrange: (t) => answerWith(t, "/dist/worker.js", 404, "text/plain", "no"),
    says: /worker did not start: there is no file at .*worker\.js \(HTTP 404\).*configure\(\{ workerUrl \}\)/,
  },
  {
    name: "the server answers with its page for unknown addresses instead of the worker",
    arrange: (t) => answerWith(t, "/dist/worker.js", 200, "text/html", "<!doctype html>"),
    says: /served as "text\/html".*page for unknown addresses/,
  },
  {
    name: "the worker has the wrong MIME type",
    arrange: (t) => answerWith(t, "/dist/worker.js", 200, "text/plain", "1"),
    says: /served as "text\/plain", and module workers need text\/javascript/,
  },
  {
    name: "the policy forbids the worker",
    arrange: (t) => withPolicy(t, "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; worker-src 'none'"),
    says: /Content-Security-Policy forbids it \(worker-src\)/,
  },
  {
    name: "the policy forbids wasm",
    arrange: (t) => withPolicy(t, "script-src 'self' 'unsafe-inline'"),
    says: /script-src 'wasm-unsafe-eval'/,
  },
  {
    name: "the worker is another program",
    arrange: (t) => answerWith(t, "/dist/worker.js", 200, "text/javascript", "throw new Error('not me')"),
    says: /worker did not start: .*not me/,
  },
];

for (const { name, arrange, says } of BROKEN_DEPLOYMENTS) {
  test(`${name}: the error says so`, async (t) => {
    arrange(t);
    const failure = await failureOnPage(t);
    assert.equal(failure.code, "load");
    assert.match(failure.message, says);
  });
}

test("the error names the worker's address without touching the page's Worker", async (t) => {
  answerWith(t, "/dist/worker.js", 404, "text/plain", "no");
  const page = await browser.open(t);
  const failure = await page.evaluate(() => {
    Object.defineProperty(globalThis, "Worker", { value: Worker, writable: false, configurable: false });
    return kit.failureOf(() => new kit.ImageSequenceClip([new ImageData(64, 64)], { fps: 1 }).toBlob());
  });
  assert.equal(failure.code, "load");
  assert.match(failure.message, /there is no file at .*\/dist\/worker\.js \(HTTP 404\)/);
});

test("a worker that never answers fails by a time-out", async (t) => {
  answerWith(t, "/dist/worker.js", 200, "text/javascript", "// says nothing");
  const failure = await failureOnPage(t);
  assert.equal(failure.code, "load");
  assert.match(failure.message, /no sign of life for 20 s/);
});

test("a wasm file with the wrong MIME type works all the same", async (t) => {
  const bytes = await readFile(inRoot("dist", "framereel.wasm"));
  answerWith(t, "/dist/framereel.wasm", 200, "application/octet-stream", bytes);
  assert.equal(await failureOnPage(t), undefined);
});

test("a strict policy is enough: script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'", async (t) => {
  withPolicy(t, "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'");
  assert.equal(await failureOnPage(t), undefined);
});

test("after a failed start the next encode tries again", async (t) => {
  answerWith(t, "/dist/framereel.wasm", 404, "text/plain", "not yet");
  const page = await browser.open(t);
  const encode = () =>
    page.evaluate(() => kit.failureOf(() => new kit.ImageSequenceClip([new ImageData(64, 64)], { fps: 1 }).toBlob()));
  assert.equal((await encode()).code, "load");
  browser.server.answers.delete("/dist/framereel.wasm");
  assert.equal(await encode(), undefined);
});

test("configure moves the worker and the wasm file", async (t) => {
  const move = async (name, type) => {
    const body = await readFile(inRoot("dist", name));
    answerWith(t, `/moved/${name}`, 200, type, body);
  };
  await move("worker.js", "text/javascript");
  await move("framereel.wasm", "application/wasm");
  browser.server.requests.length = 0;
  assert.equal(await failureOnPage(t, { workerUrl: "/moved/worker.js", wasmUrl: "/moved/framereel.wasm" }), undefined);
  assert.ok(browser.server.requests.includes("/moved/worker.js"));
  assert.ok(!browser.server.requests.includes("/dist/worker.js"));
  assert.ok(!browser.server.requests.includes("/dist/framereel.wasm"));
});

test("importing does nothing by itself: no worker, no wasm", async (t) => {
  browser.server.requests.length = 0;
  await browser.open(t);
  assert.ok(browser.server.requests.includes("/dist/index.js"));
  assert.deepEqual(
    browser.server.requests.filter((path) => /worker|wasm/.test(path)),
    [],
  );
});

for (const path of ["jpg/frame1.jpg", "card/rgb.tif", "card/rgb.heic"]) {
  test(`framereel/inline fetches nothing for ${path}, and makes the same file`, async (t) => {
    const page = await browser.open(t);
    const encode = (entry) =>
      page.evaluate(
        async ({ entry, path }) => {
          const { ImageSequenceClip } = await import(entry);
          return kit.digest(await new ImageSequenceClip([await kit.file(path)], { fps: 1 }).toBlob());
        },
        { entry, path },
      );
    browser.server.requests.length = 0;
    const inline = await encode("/dist/inline.js");
    assert.deepEqual(browser.server.requests.toSorted(), ["/dist/inline.js", `/fixtures/${path}`].toSorted());
    assert.equal(inline, await encode("/dist/index.js"));
  });
}

test("framereel/inline works in a single file opened from the disk", async (t) => {
  const { mkdir, writeFile } = await import("node:fs/promises");
  const { build } = await import("esbuild");
  const folder = inRoot("tests", ".work", "browser");
  await mkdir(folder, { recursive: true });
  const source = `
    import { ImageSequenceClip } from "./inline.js";
    const image = new ImageData(64, 64);
    const clip = new ImageSequenceClip([image, image], { fps: 2 });
    clip.display().then((video) => { document.body.append(video); document.title = "duration " + video.duration; },
                        (error) => { document.title = String(error); });`;
  const stdin = { contents: source, resolveDir: inRoot("dist") };
  const { outputFiles } = await build({ stdin, bundle: true, format: "esm", minify: true, write: false });
  const script = outputFiles[0].text.replaceAll("</script", "<\\/script");
  const path = `${folder}/single.html`;
  await writeFile(
    path,
    `<!doctype html><meta charset="utf-8"><title></title><body><script type="module">${script}</script>`,
  );
  const page = await browser.open(t, { kit: false });
  await page.goto(`file://${path}`);
  await page.waitForFunction(() => document.title !== "");
  assert.equal(await page.title(), "duration 1");
});
