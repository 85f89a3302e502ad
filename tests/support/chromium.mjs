// Debian's Chromium through playwright-core, and pages in it whose complaints are collected.
import { chromium } from "playwright-core";

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
