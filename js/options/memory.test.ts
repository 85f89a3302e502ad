import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { memoryBudget, workerBytes, workersWithin } from "./memory.js";

const MIB = 2 ** 20;
const photo = { width: 4000, height: 3000, format: "jpg", bytes: 5e6 };

test("the budget is a share of what the device has, and a fixed one where nobody says", () => {
  assert.equal(memoryBudget(8), 1024 * MIB);
  assert.equal(memoryBudget(0.5), 64 * MIB);
  assert.equal(memoryBudget(undefined), 768 * MIB);
});

test("phones get fewer workers for large pictures, and as many as usual for small ones", () => {
  const workers = (size: { width: number; height: number }, device?: number): number =>
    workersWithin(memoryBudget(device), workerBytes(size, [{ ...size, format: "jpg" }]));
  assert.ok(workers({ width: 1280, height: 720 }) >= 6);
  assert.ok(workers({ width: 3840, height: 2160 }, 4) === 1);
  assert.ok(workers({ width: 3840, height: 2160 }, 8) >= 2);
});

test("the workers fit the budget, unless it is one worker that does not", () => {
  const side = fc.integer({ min: 16, max: 4000 });
  fc.assert(
    fc.property(side, side, fc.double({ min: 0.25, max: 32, noNaN: true }), (width, height, device) => {
      const each = workerBytes({ width, height }, [photo]);
      const count = workersWithin(memoryBudget(device), each);
      assert.ok(count >= 1 && (count === 1 || count * each <= memoryBudget(device)));
    }),
  );
});

test("larger pictures and larger images take more", () => {
  const small = workerBytes({ width: 640, height: 480 }, [photo]);
  assert.ok(small < workerBytes({ width: 641, height: 480 }, [photo]));
  assert.ok(small < workerBytes({ width: 640, height: 480 }, [{ ...photo, width: 4001 }]));
  assert.ok(
    small <
      workerBytes({ width: 640, height: 480 }, [
        { ...photo, format: "png" },
        { ...photo, format: "webp" },
      ]),
  );
  assert.ok(small > workerBytes({ width: 640, height: 480 }, []));
});
