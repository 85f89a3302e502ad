// One table of inputs and options (same-bytes/table.js): its files are the same bytes in every engine, for any number of workers,
// with the SIMD kernels and without, and from one run to the next. Their hashes are pinned in same-bytes/pinned.json. Who changes
// the encoder or a decoder on purpose writes them anew: UPDATE_HASHES=1 npm test -- engines/same-bytes
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { inEachEngine } from "../support/engines/index.mjs";
import { NAMES } from "./same-bytes/table.js";

const PINNED = join(import.meta.dirname, "same-bytes", "pinned.json");
const COMMAND = "UPDATE_HASHES=1 npm test -- engines/same-bytes";
const updating = Boolean(process.env.UPDATE_HASHES);
/** Numbers of workers; the last run is another one of a kind that there was. */
const WORKERS = [1, 2, 8, 2];

/** SHA-256 by name of a row. While updating, what the first engine made. */
const pinned = updating ? {} : JSON.parse(readFileSync(PINNED, "utf8"));

describe("the same bytes", () => {
  test("every row is pinned, and nothing else", () => {
    if (!updating) assert.deepEqual(Object.keys(pinned), NAMES, `run ${COMMAND}`);
  });

  inEachEngine((engine) => {
    let plain;
    before(async () => {
      const load = (page) => page.evaluate(() => import("/engines/same-bytes/table.js").then(() => undefined));
      await load(engine.page);
      plain = await engine.openForAll();
      await load(plain);
      await plain.evaluate(() => kit.configure({ workerUrl: "/engines/same-bytes/plain-worker.js" }));
    });

    for (const [row, name] of NAMES.entries()) {
      test(name, async () => {
        const digests = (page, workers, as) =>
          page.evaluate(({ name, workers, as }) => sameBytes.digests(name, workers, as), { name, workers, as });
        const file = `${engine.name}-same-${row}.mp4`;
        const usual = await digests(engine.page, WORKERS, file);
        const [withoutKernels] = await digests(plain, [2], file);
        assert.deepEqual(new Set(usual).size, 1, `for ${WORKERS.join(", ")} workers: ${usual}`);
        assert.equal(withoutKernels, usual[0], "without the SIMD kernels");
        if (updating) pinned[name] ??= usual[0];
        assert.equal(
          usual[0],
          pinned[name],
          `Other bytes than pinned. If that is the purpose of a change, run ${COMMAND}`,
        );
      });
    }
  });

  after(() => updating && writeFileSync(PINNED, `${JSON.stringify(pinned, undefined, 2)}\n`));
});
