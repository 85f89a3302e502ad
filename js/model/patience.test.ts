import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { orNothing } from "./patience.js";

test("what settles is given as it is, and no timer is left behind", async () => {
  assert.equal(await orNothing(Promise.resolve(7)), 7);
  await assert.rejects(orNothing(Promise.reject(new Error("no"))), /no/);
});

test("what does not settle is given up, after minutes", async (t) => {
  mock.timers.enable({ apis: ["setInterval"] });
  t.after(() => mock.timers.reset());
  let given: unknown = "nothing yet";
  void orNothing(new Promise(() => {})).then((value) => {
    given = value;
  });
  for (let minute = 0; minute < 2; minute++) mock.timers.tick(60_000);
  await Promise.resolve();
  assert.equal(given, "nothing yet");
  mock.timers.tick(61_000);
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  assert.equal(given, undefined);
});
