// Headless Chromium with the benchmark's page, and how much memory its processes hold.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { chromium } from "playwright-core";
import { CommandError, output, root } from "../../scripts/lib/project.mjs";
import { serve } from "../../scripts/serve.mjs";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Contenders wait in pages of their own, which must not be slowed down for waiting.
  "--disable-background-timer-throttling",
  "--disable-renderer-backgrounding",
  "--disable-backgrounding-occluded-windows",
];

/** Milliseconds between two looks at the memory. */
const SAMPLE_EVERY = 20;

/** Serves the checkout to this machine; `address(path)` is where a file of it is. */
export async function serveCheckout() {
  const { url, close } = await serve({ root, port: 0 });
  return { address: (path) => url + relative(root, path).split("\\").join("/"), close };
}

/** A fresh Chromium. `open(contender)` gives a page of the benchmark for it. */
export async function launch(server) {
  const executablePath = output("sh", [
    "-c",
    "command -v chromium || command -v chromium-browser || command -v google-chrome",
  ]);
  if (!executablePath) throw new CommandError("Chromium is missing: `npm test` installs it");
  const profile = mkdtempSync(join(tmpdir(), "framereel-bench-"));
  const context = await chromium.launchPersistentContext(profile, { executablePath, args: FLAGS, headless: true });
  const control = await context.browser().newBrowserCDPSession();
  return {
    version: context.browser().version(),
    async open(contender) {
      const page = await context.newPage();
      page.setDefaultTimeout(0);
      const broken = new Promise((_, reject) => {
        page.on("pageerror", reject);
        page.on("crash", () => reject(new Error("the page crashed")));
      });
      // Once the page stands, what runs in it reports its own failures.
      broken.catch(() => {});
      await page.goto(server.address(join(root, "bench", "page", `index.html?contender=${contender}`)));
      await Promise.race([page.waitForFunction(() => "bench" in globalThis), broken]);
      return page;
    },
    /** Runs `body` and gives its result with the largest memory that renderers held meanwhile, in bytes. */
    async withPeakMemory(body) {
      const { processInfo } = await control.send("SystemInfo.getProcessInfo");
      const renderers = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
      let peak = null;
      const look = () => {
        const held = renderers.map(heldBy).filter((bytes) => bytes !== null);
        if (held.length > 0) peak = Math.max(peak ?? 0, ...held);
      };
      look();
      const timer = setInterval(look, SAMPLE_EVERY);
      try {
        return { result: await body(), peak };
      } finally {
        clearInterval(timer);
      }
    },
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** A process's own memory, resident and not a file's: wasm memories, JavaScript's heap, buffers. Linux only. */
function heldBy(id) {
  try {
    const status = readFileSync(`/proc/${id}/status`, "utf8");
    const kilobytes = (field) => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0);
    return (kilobytes("RssAnon") + kilobytes("RssShmem")) * 1024;
  } catch {
    return null;
  }
}
