// Headless Chromium with the benchmark's page.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { chromium } from "playwright-core";
import { CommandError, output, root } from "../../scripts/lib/project.mjs";
import { serve } from "../../scripts/serve.mjs";
import { withPeakMemory } from "./renderer-memory.mjs";

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

/** Serves the checkout to this machine; `address(path)` is where a file of it is. */
export async function serveCheckout() {
  const { url, close } = await serve({ root, port: 0 });
  return { address: (path) => url + relative(root, path).split("\\").join("/"), close };
}

/** A fresh Chromium. `open(contender, build)` gives a page of the benchmark for it; `build` names a copy of framereel. */
export async function launch(server) {
  const executablePath = output("sh", [
    "-c",
    "command -v chromium || command -v chromium-browser || command -v google-chrome",
  ]);
  if (!executablePath) throw new CommandError("Chromium is missing: `npm test` installs it");
  const profile = mkdtempSync(join(tmpdir(), "framereel-bench-"));
  const context = await chromium.launchPersistentContext(profile, { executablePath, args: FLAGS, headless: true });
  return {
    version: context.browser().version(),
    async open(contender, build = "dist") {
      const page = await context.newPage();
      page.setDefaultTimeout(0);
      const broken = new Promise((_, reject) => {
        page.on("pageerror", reject);
        page.on("crash", () => reject(new Error("the page crashed")));
      });
      // Once the page stands, what runs in it reports its own failures.
      broken.catch(() => {});
      await page.goto(server.address(join(root, "bench", "page", `index.html?contender=${contender}&build=${build}`)));
      await Promise.race([page.waitForFunction(() => "bench" in globalThis), broken]);
      return page;
    },
    /** Runs `body` and gives its result with the largest memory that renderers held meanwhile, in bytes. */
    withPeakMemory: (body) => withPeakMemory(context.browser(), body),
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
