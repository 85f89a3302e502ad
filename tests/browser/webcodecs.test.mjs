// `framereel/encoder` behaves as WebCodecs says. Each check runs on H264Encoder and, as a check of the checks, on the browser's
// own VideoEncoder.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inRoot } from "../../scripts/lib/project.mjs";
import { checks } from "./support/encoder-checks.mjs";
import { harness } from "./support/harness.mjs";

const browser = harness();

/** Runs a check in a page, on a class that the page's code names. */
async function run(name, encoder) {
  const page = await browser.shared();
  await page.evaluate(
    async ([name, encoder]) => {
      const { checks } = await import("/support/encoder-checks.mjs");
      const Encoder = encoder === "VideoEncoder" ? VideoEncoder : (await import("/dist/encoder.js")).H264Encoder;
      await checks[name](Encoder);
    },
    [name, encoder],
  );
}

for (const name of Object.keys(checks)) {
  test(`H264Encoder: ${name}`, () => run(name, "H264Encoder"));
}

/** What Chromium's own encoder cannot, or does another way than the standard. */
const NOT_CHROMIUM = {
  "frames come out with their times, and the first one says how to decode them":
    "a chunk of a frame without duration has 0",
  "isConfigSupported says yes, and leaves out what it does not know": "no quantizer with its OpenH264",
  "each frame may have a quantizer of its own": "no quantizer with its OpenH264",
};

for (const name of Object.keys(checks).filter((name) => !(name in NOT_CHROMIUM))) {
  test(`Chromium's VideoEncoder: ${name}`, () => run(name, "VideoEncoder"));
}

test("the guide lists every check", () => {
  const guide = readFileSync(inRoot("docs", "encoder.md"), "utf8");
  const listed = guide
    .split("\n")
    .flatMap((line) => /^\| (?:[\w-]+\.https\.any\.js|beyond them) \| (.*) \|$/.exec(line)?.[1].split("<br>") ?? []);
  assert.deepEqual(listed.sort(), Object.keys(checks).sort());
});
