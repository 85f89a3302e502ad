// What is broken ends the same in every engine, in the same code or in the same bytes: browsers show what is left of a broken file,
// or grey in place of what is missing, each in its own way, so that none is asked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hostileFiles } from "../hostile/files.mjs";
import { inEachEngine } from "../support/engines/index.mjs";

/** Files that are tried: with noise in them, every fourth of those that are cut off, and JPEGs whose data are missing. */
const TRIED = /^(noise-|pixels-missing\.jpg|restarts-without-data)/;
const CUT = /^cut-at-/;
const EVERY = 4;

function triedFiles() {
  const files = hostileFiles();
  const cut = files.filter(({ name }) => CUT.test(name)).filter((_, at) => at % EVERY === 0);
  return [...files.filter(({ name }) => TRIED.test(name)), ...cut];
}

/** How each file ended in the engine that came first. */
const first = new Map();

inEachEngine((engine) => {
  test("broken files end as in the other engines", async (t) => {
    const files = triedFiles();
    for (const { name, bytes } of files) {
      engine.server.answers.set(`/broken/${name}`, (_, response) => response.end(bytes));
    }
    const ends = await engine.page.evaluate(
      async (names) => {
        const ends = {};
        for (const name of names) {
          const file = new File([await (await fetch(`/broken/${name}`)).blob()], name);
          const clip = new kit.ImageSequenceClip([file], { fps: 1 });
          ends[name] = await clip.toBlob({ workers: 1 }).then(kit.digest, (error) => error.code);
        }
        return ends;
      },
      files.map(({ name }) => name),
    );
    t.diagnostic(`${files.length} files, ${new Set(Object.values(ends)).size} ends`);
    for (const [name, end] of Object.entries(ends)) {
      if (!first.has(name)) first.set(name, end);
    }
    assert.deepEqual(ends, Object.fromEntries(first));
  });

  test("a JPEG whose data are missing or wrong is corrupt, not grey", async () => {
    const names = ["pixels-missing.jpg", "restarts-without-data.jpg"];
    for (const name of names) assert.equal(first.get(name), "corrupt-image", name);
    const damaged = await engine.page.evaluate(async () => {
      const clip = new kit.ImageSequenceClip([await kit.file("broken/damaged.jpg")], { fps: 1 });
      return kit.failureOf(() => clip.toBlob());
    });
    assert.deepEqual([damaged?.code, damaged?.imageIndex], ["corrupt-image", 0]);
  });
});
