// The built page as a visitor meets it: served from a sub-path, under its strict policy.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { buildWww } from "../../../scripts/build-www.mjs";
import { inRoot } from "../../../scripts/lib/project.mjs";
import { pageHeaders, serve } from "../../../scripts/serve.mjs";

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
