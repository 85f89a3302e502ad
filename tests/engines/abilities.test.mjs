// What each engine lacks is known and said: an engine that loses its video decoder must not pass by testing less.
import assert from "node:assert/strict";
import { test } from "node:test";
import { KNOWN_LACKS } from "../support/engines/abilities.mjs";
import { inEachEngine } from "../support/engines/index.mjs";

inEachEngine((engine) => {
  test("the engine lacks what it is known to lack", (t) => {
    t.diagnostic(`${engine.version} lacks: ${[...engine.lacks].join(", ") || "nothing"}`);
    const unknown = [...engine.lacks].filter((ability) => !KNOWN_LACKS[engine.name].includes(ability));
    assert.deepEqual(unknown, []);
  });
});
