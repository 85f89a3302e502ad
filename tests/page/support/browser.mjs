// The built page in headless Chromium, the way a visitor meets it: served from a sub-path, under its strict policy.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { chromium } from "playwright-core";
import { buildWww } from "../../../scripts/build-www.mjs";
import { inRoot } from "../../../scripts/lib/project.mjs";
import { pageHeaders, serve } from "../../../scripts/serve.mjs";

export const CHROMIUM = "/usr/bin/chromium";
export const FLAGS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/**
 * Without a GPU Chromium converts video to RGB on the processor, by libyuv, whose BT.709 factor for blue is cut to 2.0 from 2.112 as it
 * must fit into 7 bits: pure blue comes out as 243. What users have is the graphics path, which SwiftShader runs on any machine.
 */
const GRAPHICS = {
  none: ["--disable-gpu"],
  swiftshader: ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"],
};
const WORK = inRoot("tests", ".work", "page");
const SUB_PATH = "some/where";

/** Screenshots to look at. */
export const shotsFolder = inRoot("tests", ".work", "shots");

/**
 * Builds the page into a folder of its own, so that test files never meet each other's builds, and serves it.
 *
 * @returns {Promise<{ url: string, folder: string, down: () => Promise<void>, stop: () => Promise<void> }>}
 *   `folder` is where the page was built; `down` stops the server, `stop` removes the folder as well
 */
export async function servedPage() {
  await mkdir(WORK, { recursive: true });
  const root = await mkdtemp(join(WORK, "site-"));
  const folder = join(root, SUB_PATH);
  await mkdir(dirname(folder));
  await buildWww({ out: folder });
  const server = await serve({ root, port: 0, headers: await pageHeaders(folder) });
  let up = true;
  const down = async () => {
    if (up) await server.close();
    up = false;
  };
  const stop = async () => {
    await down();
    await rm(root, { recursive: true });
  };
  return { url: `${server.url}${SUB_PATH}/`, folder, down, stop };
}

/**
 * Starts Chromium with an empty profile.
 *
 * @param {{ exactColours?: boolean, flags?: string[] }} [options] - whether a video's colours will be measured; more flags
 */
export function launch({ exactColours = false, flags = [] } = {}) {
  const graphics = exactColours ? GRAPHICS.swiftshader : GRAPHICS.none;
  return chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...graphics, ...flags] });
}

/**
 * Opens the page in a fresh context. `complaints` collects what the browser holds against it: uncaught errors, console
 * errors (policy violations among them), failed requests, and requests to anywhere but the page's own server.
 */
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.stack}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(`console: ${message.text()}`);
  });
  page.on("requestfailed", (request) => {
    if (!request.url().startsWith("blob:")) complaints.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !/^(blob|data):/.test(request.url()))
      complaints.push(`left: ${request.url()}`);
  });
  await page.goto(url);
  return { page, context, complaints };
}
