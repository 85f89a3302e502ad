// SVG drawings, which only the page can draw: their size, and that every one of them settles.
import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "./support/harness.mjs";
import { assertColour, colourAt, decodedFrames } from "./support/judge.mjs";

const browser = harness();

const NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"';
const RED = '<rect width="100%" height="100%" fill="rgb(200 60 30)"/>';

const SIZES = [
  { why: "a viewBox alone", svg: `<svg ${NAMESPACE} viewBox="0 0 192 108">${RED}</svg>`, size: [192, 108] },
  {
    why: "a viewBox and per cent",
    svg: `<svg ${NAMESPACE} width="100%" height="100%" viewBox="0 0 192 108">${RED}</svg>`,
    size: [192, 108],
  },
  {
    why: "a viewBox and a width",
    svg: `<svg ${NAMESPACE} width="96" viewBox="0 0 192 108">${RED}</svg>`,
    size: [96, 54],
  },
  { why: "both sides", svg: `<svg ${NAMESPACE} width="64" height="48" viewBox="0 0 1 1">${RED}</svg>`, size: [64, 48] },
  { why: "both sides in inches", svg: `<svg ${NAMESPACE} width="1in" height="0.5in">${RED}</svg>`, size: [96, 48] },
  {
    why: "a root with a prefix behind a long comment",
    svg: `<?xml version="1.0"?><!--${"-. ".repeat(4000)}--><s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><s:rect width="64" height="64" fill="rgb(200 60 30)"/></s:svg>`,
    size: [64, 64],
  },
];

for (const { why, svg, size } of SIZES) {
  test(`a drawing with ${why} is ${size.join("x")}`, async () => {
    const { width, height } = await encoded({ svg });
    assert.deepEqual([width, height], size);
    const [frame] = decodedFrames("svg.mp4", { width, height });
    assertColour(colourAt(frame, width, { x: width / 2, y: height / 2 }), [200, 60, 30], 4, why);
  });
}

test("a drawing with a foreignObject is its picture", async () => {
  const html =
    '<div xmlns="http://www.w3.org/1999/xhtml" style="width:64px;height:64px;background:rgb(20,60,220)">text</div>';
  const svg = `<svg ${NAMESPACE} width="128" height="64">${RED}<foreignObject x="64" width="64" height="64">${html}</foreignObject></svg>`;
  const { width, height } = await encoded({ svg });
  const [frame] = decodedFrames("svg.mp4", { width, height });
  assertColour(colourAt(frame, width, { x: 32, y: 32 }), [200, 60, 30], 4, "the drawing's own");
  assertColour(colourAt(frame, width, { x: 96, y: 48 }), [20, 60, 220], 4, "the foreign object");
});

test("a drawing in UTF-16 is read", async () => {
  const { width } = await encoded({ svg: `<svg ${NAMESPACE} viewBox="0 0 64 32">${RED}</svg>`, utf16: true });
  assert.equal(width, 64);
});

const FAILURES = [
  { svg: `<svg ${NAMESPACE} width="64" height="64"><rect></svg>`, code: "unsupported-image", why: "that is no XML" },
  { svg: `<svg width="64" height="64">${RED}</svg>`, code: "unsupported-image", why: "without the namespace" },
  { svg: `<svg ${NAMESPACE} viewBox="0 0 3000 3000">${RED}</svg>`, code: "limit", why: "larger than the limit" },
];

for (const { svg, code, why } of FAILURES) {
  test(`a drawing ${why} ends in ${code}`, async () => {
    const page = await browser.shared();
    const failure = await page.evaluate((svg) => {
      const clip = new kit.ImageSequenceClip([new File([svg], "a.svg")], { fps: 1, limits: { maxPixels: 1_000_000 } });
      return kit.failureOf(() => clip.toBlob());
    }, svg);
    assert.deepEqual([failure.code, failure.imageIndex, failure.imageName], [code, 0, "a.svg"]);
  });
}

async function encoded({ svg, utf16 = false }) {
  const page = await browser.shared();
  return page.evaluate(
    async ({ svg, utf16 }) => {
      const wide = Uint16Array.from(`\ufeff${svg}`, (letter) => letter.charCodeAt(0));
      const clip = new kit.ImageSequenceClip([new Blob([utf16 ? wide : svg])], { fps: 1 });
      const { blob, stats } = await clip.encode({ qp: 10 });
      await kit.upload(blob, "svg.mp4");
      return stats;
    },
    { svg, utf16 },
  );
}
