// Where a bundler cannot know about the worker and the wasm file, the error says so and what to do about it.
import assert from "node:assert/strict";
import { copyFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { serve } from "../../scripts/serve.mjs";
import { launch, openPage } from "../support/chromium.mjs";
import { runTool } from "./support/tools.mjs";
import { installOwnCopy, layOut, makePackage, startVite } from "./support/ways.mjs";
import { freshFolder, prepareWorkspace } from "./support/workspace.mjs";

let browser;

before(async () => {
  await prepareWorkspace();
  browser = await launch();
});

after(() => browser?.close());

/** What the fixture app shows at an address in place of a video, or undefined where it shows the video. */
async function failureAt(t, url) {
  const { page, context } = await openPage(browser, url);
  t.after(() => context.close());
  await page.locator("video, .failure").waitFor();
  const [failure] = await page.locator(".failure").allTextContents();
  return failure;
}

test("esbuild without configure(): the error names the missing file and configure", async (t) => {
  const folder = layOut("esbuild", "mistake-esbuild");
  const options = ["--bundle", "--format=esm", "--outfile=main.js", "--allow-overwrite"];
  await runTool("esbuild", ["src/main.js", ...options], { cwd: folder });
  const { url, close } = await serve({ root: folder, port: 0 });
  t.after(close);
  const failure = await failureAt(t, url);
  assert.match(failure, /^load: .*(worker\.js|framereel\.wasm).*configure\(\{ (workerUrl|wasmUrl) \}\)/);
});

test("webpack's worker file is not deployed: the error says where to see its address and how to name another", async (t) => {
  const folder = layOut("webpack", "mistake-webpack");
  await runTool("webpack", ["build", "--output-chunk-filename", "chunk.[contenthash].js"], { cwd: folder });
  const built = join(folder, "built");
  // Names are hashes: the worker's chunk is not told from those that only a soundtrack loads, which this app does not have.
  const chunks = readdirSync(built).filter((name) => name.startsWith("chunk."));
  assert.ok(chunks.length > 0);
  for (const chunk of chunks) rmSync(join(built, chunk));
  copyFileSync(join(folder, "index.html"), join(built, "index.html"));
  const { url, close } = await serve({ root: built, port: 0 });
  t.after(close);
  const failure = await failureAt(t, url);
  // Only webpack's code and the network panel know the address.
  assert.match(failure, /^load: .*did not start.*network panel.*configure\(\{ workerUrl \}\).*"framereel\/inline"/);
});

test("Vite 7 in a monorepo: the error names optimizeDeps.exclude, and that mends it; Vite 8 needs nothing", async (t) => {
  // framereel lies in the node_modules of the whole, Vite's cache in the app's own.
  const monorepo = freshFolder("monorepo");
  installOwnCopy(monorepo);
  makePackage(monorepo, { workspaces: ["app"] });
  const app = layOut("vite", join("monorepo", "app"));
  makePackage(app);
  const broken = await startVite("vite-7", app);
  t.after(broken.stop);
  assert.match(await failureAt(t, broken.url), /^load: .*optimizeDeps: \{ exclude: \["framereel"\] \}/);
  await broken.stop();

  writeFileSync(join(app, "vite.config.js"), 'export default { optimizeDeps: { exclude: ["framereel"] } };\n');
  const mended = await startVite("vite-7", app);
  t.after(mended.stop);
  assert.equal(await failureAt(t, mended.url), undefined);
  await mended.stop();

  rmSync(join(app, "vite.config.js"));
  const current = await startVite("vite", app);
  t.after(current.stop);
  assert.equal(await failureAt(t, current.url), undefined);
});
