import assert from "node:assert/strict";
import { test } from "node:test";
import { isSvg, sidesOf, xmlText } from "./svg.js";

const sides = (width: string | null, height: string | null, viewBox: string | null = "0 0 1920 1080") =>
  sidesOf({ width, height, viewBox });

test("a drawing with a viewBox alone has its size", () => {
  assert.deepEqual(sides(null, null), { width: "1920", height: "1080" });
  assert.deepEqual(sides("100%", "100%", " -10,-10, 30 ,\n20"), { width: "30", height: "20" });
  assert.deepEqual(sides("auto", null), { width: "1920", height: "1080" });
});

test("one side is taken from the other, in its unit", () => {
  assert.deepEqual(sides("960", null), { width: "960", height: "540" });
  assert.deepEqual(sides(null, "5.4cm"), { width: "9.6cm", height: "5.4cm" });
});

test("what is said, or cannot be known, stays", () => {
  for (const [width, height, viewBox] of [
    ["10", "20px", "0 0 1 1"],
    [null, null, null],
    [null, null, "0 0 0 0"],
    [null, null, "0 0 wide high"],
    ["10", null, "0 0 5"],
  ] as const)
    assert.equal(sides(width, height, viewBox), null, `${width} ${height} ${viewBox}`);
});

test("a drawing is told by its root, in every encoding", () => {
  const text = '<?xml version="1.0" encoding="ISO-8859-1"?><!-- é --><svg:svg xmlns:svg="http://www.w3.org/2000/svg"/>';
  const latin = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  assert.equal(xmlText(latin), text);
  assert.equal(xmlText(new TextEncoder().encode("<svg>é</svg>")), "<svg>é</svg>");
  const wide = Uint8Array.from([0xff, 0xfe, ...Array.from("<svg/>", (letter) => [letter.charCodeAt(0), 0]).flat()]);
  assert.equal(xmlText(wide), "<svg/>");
  assert.ok(isSvg(text) && isSvg("<svg/>") && isSvg("<svg\nwidth='1'>"));
  assert.ok(!isSvg("<svgs>") && !isSvg("no drawing"));
  assert.equal(xmlText(new TextEncoder().encode('<?xml encoding="klingon"?><svg/>')).slice(-6), "<svg/>");
});
