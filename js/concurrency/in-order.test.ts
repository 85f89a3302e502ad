import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { inOrder } from "./in-order.js";
import { Queue } from "./queue.js";

/** Waits a number of turns of the event loop, so that work ends in any order. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await setImmediate();
}

test("results come in the order of their items, with no more begun than may be", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(5), { maxLength: 20 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 0, max: 4 }),
      async (delays, atOnce, more) => {
        const ahead = atOnce + more;
        let [active, handedOut, begun] = [0, 0, 0];
        const work = async (item: number): Promise<number> => {
          active++;
          begun++;
          assert.ok(active <= atOnce, `${active} at once`);
          assert.ok(begun - handedOut <= ahead, `${begun - handedOut} ahead`);
          await turns(delays[item] as number);
          active--;
          return item;
        };
        const results: number[] = [];
        for await (const result of inOrder([...delays.keys()], { atOnce, ahead }, work)) {
          results.push(result);
          await turns(1);
          handedOut++;
        }
        assert.deepEqual(results, [...delays.keys()]);
      },
    ),
    { numRuns: 40 },
  );
});

test("the first failure in order is thrown, not the first in time, and nothing is begun after a failure", async () => {
  const begun: number[] = [];
  const work = async (item: number): Promise<number> => {
    begun.push(item);
    await turns(item === 1 ? 20 : 2);
    if (item > 0) throw new Error(`item ${item}`);
    return item;
  };
  await assert.rejects(async () => {
    for await (const _ of inOrder([0, 1, 2, 3, 4, 5], { atOnce: 3, ahead: 6 }, work));
  }, /item 1/);
  await turns(30);
  assert.ok(begun.length < 6, `${begun} were begun`);
});

test("items may arrive over time", async () => {
  const items = new Queue<number>();
  const results: number[] = [];
  const reading = (async () => {
    for await (const result of inOrder(items, { atOnce: 2, ahead: 4 }, async (item) => 10 * item)) results.push(result);
  })();
  for (const item of [1, 2, 3]) {
    items.push(item);
    await turns(2);
  }
  assert.deepEqual(results, [10, 20, 30]);
  items.close();
  await reading;
});

test("items that fail to arrive end it with their reason, after what was begun before", async () => {
  const items = new Queue<number>();
  items.push(1);
  const results: number[] = [];
  const reading = (async () => {
    for await (const result of inOrder(items, { atOnce: 2, ahead: 4 }, async (item) => item)) results.push(result);
  })();
  await turns(2);
  items.push(2);
  assert.deepEqual(items.fail(new Error("gone")), [2]);
  await assert.rejects(reading, /gone/);
  assert.deepEqual(results, [1]);
});

test("whoever stops reading stops the work", async () => {
  const begun: number[] = [];
  for await (const result of inOrder([0, 1, 2, 3, 4, 5, 6, 7], { atOnce: 1, ahead: 2 }, async (item) => {
    begun.push(item);
    return item;
  })) {
    if (result === 1) break;
  }
  await turns(3);
  assert.ok(begun.length <= 4, `${begun} were begun`);
});
