// A page with `encoders`, and ffmpeg as the judge of byte streams.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { receivedFolder } from "../server.mjs";

/** A fresh page of a harness, with what `in-page.mjs` gives. */
export async function openPage(browser, t) {
  const page = await browser.open(t);
  await page.evaluate(() => import("/support/encoder/in-page.mjs").then(() => undefined));
  return page;
}

/** The values of a syntax element in a byte stream that a page uploaded, as ffmpeg reads them. */
export function traced(name, element) {
  const args = ["-v", "trace", "-f", "h264", "-i", join(receivedFolder, name), "-c", "copy", "-bsf:v", "trace_headers"];
  const output = execFileSync("sh", ["-c", '"$0" "$@" 2>&1', "ffmpeg", ...args, "-f", "null", "-"], {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  const lines = new RegExp(`trace_headers.* ${element} .*= (-?\\d+)$`, "gm");
  return [...output.matchAll(lines)].map(([, value]) => Number(value));
}

/** How many pictures ffmpeg decodes from a byte stream that a page uploaded; it must have nothing to complain of. */
export function decodedFrames(name) {
  const args = ["-v", "error", "-xerror", "-f", "h264", "-i", join(receivedFolder, name), "-fps_mode", "passthrough"];
  return execFileSync("ffmpeg", [...args, "-f", "framemd5", "-"], { encoding: "utf8" })
    .split("\n")
    .filter((line) => /^0,/.test(line)).length;
}
