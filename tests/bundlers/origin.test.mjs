// The package comes from another origin than the page, such as a content delivery network: nothing to configure where that
// server sends CORS headers, and an error whose advice is true where it does not or where a policy forbids it.
import assert from "node:assert/strict";
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { inRoot } from "../../scripts/lib/project.mjs";
import { serve } from "../../scripts/serve.mjs";
import { launch, openPage } from "../support/chromium.mjs";
import { runTool } from "./support/tools.mjs";
import { layOut } from "./support/ways.mjs";
import { prepareWorkspace, workspace } from "./support/workspace.mjs";

const CORS = { "Access-Control-Allow-Origin": "*" };

let browser;

before(async () => {
  await prepareWorkspace();
  browser = await launch();
});

after(() => browser?.close());

async function served(t, root, headers = {}) {
  const { url, close } = await serve({ root, port: 0, headers });
  t.after(close);
  return url;
}

/** Serves the installed package from an origin of its own. */
const deliveryNetwork = (t, headers) => served(t, join(workspace, "node_modules", "framereel", "dist"), headers);

/** The fixture app without a bundler, which imports `framereel` from `entry`; `setUp` is run before it. */
function appImporting(entry, name, setUp = "") {
  const folder = layOut("plain", name);
  const page = readFileSync(join(folder, "index.html"), "utf8");
  assert.ok(page.includes("./node_modules/framereel/dist/index.js"));
  // The import map stands in the page, so a policy must know it.
  const html = page
    .replace("./node_modules/framereel/dist/index.js", entry)
    .replace('<script type="importmap">', '<script type="importmap" nonce="map">');
  writeFileSync(join(folder, "index.html"), html);
  const main = join(folder, "src", "main.js");
  writeFileSync(main, `import { configure } from "framereel";\n${setUp}\n${readFileSync(main, "utf8")}`);
  return folder;
}

/** The failure that the app at an address shows, or undefined where it shows the video; and which origins it asked. */
async function outcomeAt(t, url) {
  const { page, context } = await openPage(browser, "about:blank");
  t.after(() => context.close());
  const origins = new Set();
  context.on("request", (request) => {
    if (request.url().startsWith("http")) origins.add(new URL(request.url()).origin);
  });
  await page.goto(url);
  await page.locator("video, .failure").waitFor();
  const [failure] = await page.locator(".failure").allTextContents();
  return { failure, origins: [...origins].sort() };
}

const originsOf = (...urls) => urls.map((url) => new URL(url).origin).sort();

test("from a server with CORS headers: it works, and nobody else is asked", async (t) => {
  const elsewhere = await deliveryNetwork(t, CORS);
  const url = await served(t, appImporting(`${elsewhere}index.js`, "origin-plain"));
  const { failure, origins } = await outcomeAt(t, url);
  assert.equal(failure, undefined);
  assert.deepEqual(origins, originsOf(url, elsewhere));
});

test("framereel/inline from a server with CORS headers works", async (t) => {
  const elsewhere = await deliveryNetwork(t, CORS);
  const url = await served(t, appImporting(`${elsewhere}inline.js`, "origin-inline"));
  assert.equal((await outcomeAt(t, url)).failure, undefined);
});

/** A policy that allows what the guide says a package from `elsewhere` needs, and what the fixture app has. */
function strictPolicy(elsewhere, workers) {
  const { origin } = new URL(elsewhere);
  const own = `default-src 'none'; img-src data:; media-src blob:`;
  const scripts = `script-src 'self' 'nonce-map' ${origin} 'wasm-unsafe-eval'`;
  return { "Content-Security-Policy": `${own}; ${scripts}; worker-src ${workers}; connect-src ${origin}` };
}

test("under the strict policy that the guide gives it works", async (t) => {
  const elsewhere = await deliveryNetwork(t, CORS);
  const folder = appImporting(`${elsewhere}index.js`, "origin-policy");
  const url = await served(t, folder, strictPolicy(elsewhere, "blob:"));
  assert.equal((await outcomeAt(t, url)).failure, undefined);
});

test("under a policy without blob: the error names worker-src and the page's own origin, and either advice helps", async (t) => {
  const elsewhere = await deliveryNetwork(t, CORS);
  const folder = appImporting(`${elsewhere}index.js`, "origin-no-blob");
  const { failure } = await outcomeAt(t, await served(t, folder, strictPolicy(elsewhere, "'self'")));
  assert.match(failure, /^load: .*Content-Security-Policy forbids it \(worker-src\).*add blob: to worker-src/);
  assert.match(failure, /or serve worker\.js from the page's own origin and name it with configure\(\{ workerUrl \}\)/);
  assert.ok(failure.includes(`${elsewhere}worker.js`), failure);

  const withBlob = await served(t, folder, strictPolicy(elsewhere, "'self' blob:"));
  assert.equal((await outcomeAt(t, withBlob)).failure, undefined);
  const setUp = 'configure({ workerUrl: "./worker.js" });';
  const own = appImporting(`${elsewhere}index.js`, "origin-own-worker", setUp);
  copyFileSync(join(workspace, "node_modules", "framereel", "dist", "worker.js"), join(own, "worker.js"));
  const withOwn = await served(t, own, strictPolicy(elsewhere, "'self'"));
  assert.equal((await outcomeAt(t, withOwn)).failure, undefined);
});

test("framereel/inline under a policy without blob: the error says to add it, and that helps", async (t) => {
  const elsewhere = await deliveryNetwork(t, CORS);
  const folder = appImporting(`${elsewhere}inline.js`, "origin-inline-no-blob");
  const { failure } = await outcomeAt(t, await served(t, folder, strictPolicy(elsewhere, "'none'")));
  assert.match(failure, /^load: .*forbids it \(worker-src\)\. Add blob: to its worker-src\.$/);
  const mended = await served(t, folder, strictPolicy(elsewhere, "blob:"));
  assert.equal((await outcomeAt(t, mended)).failure, undefined);
});

test("under a policy without connect-src the error names it", async (t) => {
  const elsewhere = await deliveryNetwork(t, CORS);
  const policy = strictPolicy(elsewhere, "blob:")["Content-Security-Policy"].replace(
    /connect-src.*/,
    "connect-src 'self'",
  );
  const folder = appImporting(`${elsewhere}index.js`, "origin-no-connect");
  const { failure } = await outcomeAt(t, await served(t, folder, { "Content-Security-Policy": policy }));
  assert.match(failure, /^load: .*framereel\.wasm.*connect-src/);
});

test("without CORS headers the error names them, and files of the page's own help", async (t) => {
  const elsewhere = await deliveryNetwork(t, {});
  const dist = join(workspace, "node_modules", "framereel", "dist");
  const app = (name, from) => {
    const setUp = `configure({ workerUrl: "${from}worker.js", wasmUrl: "${from}framereel.wasm" });`;
    const folder = appImporting("./dist/index.js", name, setUp);
    mkdirSync(join(folder, "dist"));
    cpSync(dist, join(folder, "dist"), { recursive: true });
    return folder;
  };
  const { failure } = await outcomeAt(t, await served(t, app("origin-no-cors", elsewhere)));
  assert.match(failure, /^load: .*(Access-Control-Allow-Origin|CORS headers)/);
  assert.equal((await outcomeAt(t, await served(t, app("origin-own-files", "./dist/")))).failure, undefined);
});

test("the worker alone without CORS headers: the error names them and the worker", async (t) => {
  const elsewhere = await deliveryNetwork(t, {});
  const withCors = await deliveryNetwork(t, CORS);
  const setUp = `configure({ workerUrl: "${elsewhere}worker.js" });`;
  const url = await served(t, appImporting(`${withCors}index.js`, "origin-worker-no-cors", setUp));
  const { failure } = await outcomeAt(t, url);
  assert.match(failure, /^load: .*worker\.js is of another origin.*must send Access-Control-Allow-Origin/);
});

test("configure({ wasmModule }) takes the wasm file's bytes or the compiled module, and fetches no other", async (t) => {
  const elsewhere = await deliveryNetwork(t, CORS);
  const dist = join(workspace, "node_modules", "framereel", "dist");
  for (const [name, wrap] of [
    ["bytes", "bytes"],
    ["compiled", "await WebAssembly.compile(bytes)"],
  ]) {
    const setUp = `
      const bytes = await (await fetch("./renamed.bin")).arrayBuffer();
      configure({ wasmModule: ${wrap}, formatsUrl: "./formats.bin" });`;
    const folder = appImporting(`${elsewhere}index.js`, `origin-module-${name}`, setUp);
    copyFileSync(join(dist, "framereel.wasm"), join(folder, "renamed.bin"));
    copyFileSync(join(dist, "formats.wasm"), join(folder, "formats.bin"));
    const policy = strictPolicy(elsewhere, "blob:")["Content-Security-Policy"].replace(
      /connect-src.*/,
      "connect-src 'self'",
    );
    const url = await served(t, folder, { "Content-Security-Policy": policy });
    assert.equal((await outcomeAt(t, url)).failure, undefined, name);
  }
});

/** The fixture app built by webpack for another server, in a page that loads it by a plain script; `setUp` is run before it. */
async function webpackElsewhere(t, name, setUp = "") {
  const folder = layOut("webpack", name);
  const main = join(folder, "src", "main.js");
  writeFileSync(main, `import { configure } from "framereel";\n${setUp}\n${readFileSync(main, "utf8")}`);
  const built = join(folder, "built");
  mkdirSync(built, { recursive: true });
  const elsewhere = await served(t, built, CORS);
  await runTool("webpack", ["build", "--output-public-path", elsewhere], { cwd: folder });
  const page = readFileSync(join(folder, "index.html"), "utf8");
  const own = layOut("webpack", `${name}-page`);
  writeFileSync(join(own, "index.html"), page.replace("./main.js", `${elsewhere}main.js`));
  return outcomeAt(t, await served(t, own));
}

// webpack renames the worker and keeps its address to itself, so that no trampoline can be made for it.
test("webpack's output on another server, loaded by a plain script: the error says to name the worker's address", async (t) => {
  const { failure } = await webpackElsewhere(t, "origin-webpack");
  assert.match(failure, /^load: .*configure\(\{ workerUrl \}\)/);
});

test("webpack's output on another server works with the worker's address as the guide names it", async (t) => {
  const guide = readFileSync(inRoot("docs", "loading.md"), "utf8");
  const setUp = 'configure({ workerUrl: new URL("framereel/worker", import.meta.url) });';
  assert.ok(guide.includes(setUp), "docs/loading.md has another line");
  assert.equal((await webpackElsewhere(t, "origin-webpack-named", setUp)).failure, undefined);
});
