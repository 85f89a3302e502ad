// The Content-Security-Policy that the guide gives is enough, and every part of it is needed.
import assert from "node:assert/strict";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { inRoot } from "../../scripts/lib/project.mjs";
import { serve } from "../../scripts/serve.mjs";
import { launch, openPage } from "../support/chromium.mjs";
import { runTool } from "./support/tools.mjs";
import { layOut } from "./support/ways.mjs";
import { prepareWorkspace } from "./support/workspace.mjs";

const [, POLICY] = /```text\n(script-src .*)\n```/.exec(readFileSync(inRoot("docs", "loading.md"), "utf8"));
/** Beside what the guide says, nothing is allowed. */
const REST = "default-src 'none'; img-src data:; style-src 'none'";

let browser;
let folder;

before(async () => {
  await prepareWorkspace();
  folder = layOut("webpack", "policy");
  await runTool("webpack", ["build"], { cwd: folder });
  await runTool("webpack", ["build", "--config", "inline.config.js"], { cwd: folder });
  for (const name of ["built", "built-inline"])
    copyFileSync(join(folder, "index.html"), join(folder, name, "index.html"));
  browser = await launch();
});

after(() => browser?.close());

/** Opens a built app under a policy, sent with every answer; the failure it shows, or undefined where it shows a video that loads. */
async function failureUnder(t, policy, built) {
  const headers = { "Content-Security-Policy": `${REST}; ${policy}` };
  const { url, close } = await serve({ root: join(folder, built), port: 0, headers });
  t.after(close);
  const { page, context } = await openPage(browser, url);
  t.after(() => context.close());
  await page.locator("video, .failure").waitFor();
  const [failure] = await page.locator(".failure").allTextContents();
  return failure;
}

/** The policy with one directive replaced, or left out. */
function changed(directive, sources) {
  const parts = POLICY.split("; ").filter((part) => !part.startsWith(directive));
  return [...parts, ...(sources ? [`${directive} ${sources}`] : [])].join("; ");
}

test("the guide's policy is enough", async (t) => {
  assert.equal(await failureUnder(t, POLICY, "built"), undefined);
});

for (const [directive, sources, expected] of [
  ["script-src", "'self'", /^load: .*'wasm-unsafe-eval'/],
  ["worker-src", "'none'", /^load: .*worker-src/],
  ["connect-src", undefined, /^load: .*connect-src/],
  ["media-src", undefined, /media-src blob:/],
]) {
  test(`without its ${directive} the error names what is missing`, async (t) => {
    assert.match((await failureUnder(t, changed(directive, sources), "built")) ?? "a video", expected);
  });
}

test("framereel/inline needs worker-src blob: and no connect-src", async (t) => {
  const policy = changed("connect-src").replace("worker-src 'self'", "worker-src blob:");
  assert.equal(await failureUnder(t, policy, "built-inline"), undefined);
});
