// How much memory the processes that run a browser's pages hold. Linux only.
import { readFileSync } from "node:fs";

/** Milliseconds between two looks. */
const SAMPLE_EVERY = 20;

/**
 * Runs `body` and gives its result with the largest memory that a renderer held meanwhile, in bytes. Workers are threads of
 * their page's renderer.
 *
 * @param {import("playwright-core").Browser} browser - with the page already open
 * @returns {Promise<{ result: unknown, peak: number | null }>} no peak where there is no /proc
 */
export async function withPeakMemory(browser, body) {
  const { result, series } = await withMemorySeries(browser, body);
  return { result, peak: series.length > 0 ? series.reduce((most, held) => Math.max(most, held)) : null };
}

/**
 * The same with what the largest renderer held at every look, in order.
 *
 * @returns {Promise<{ result: unknown, series: number[] }>} empty where there is no /proc
 */
export async function withMemorySeries(browser, body) {
  const control = await browser.newBrowserCDPSession();
  const { processInfo } = await control.send("SystemInfo.getProcessInfo");
  await control.detach();
  const renderers = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  const series = [];
  const look = () => {
    const held = renderers.map(heldBy).filter((bytes) => bytes !== null);
    if (held.length > 0) series.push(Math.max(...held));
  };
  look();
  const timer = setInterval(look, SAMPLE_EVERY);
  try {
    const result = await body();
    look();
    return { result, series };
  } finally {
    clearInterval(timer);
  }
}

/** A process's own memory, resident and not a file's: wasm memories, JavaScript's heap, buffers. */
function heldBy(id) {
  try {
    const status = readFileSync(`/proc/${id}/status`, "utf8");
    const kilobytes = (field) => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0);
    return (kilobytes("RssAnon") + kilobytes("RssShmem")) * 1024;
  } catch {
    return null;
  }
}
