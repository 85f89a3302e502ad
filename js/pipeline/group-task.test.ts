import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { type Behaviour, type FakeWorker, useFakeWorkers } from "../../tests/support/fake-worker.js";
import type { Step, ToWorker } from "../protocol/messages.js";
import { pool } from "../workers/pool.js";
import { encodeGroup, type GroupOrder } from "./group-task.js";
import type { GroupPictures } from "./source.js";

let workers: FakeWorker[];
let behave: (nth: number) => Behaviour;

beforeEach(() => {
  workers = useFakeWorkers((nth) => behave(nth));
});

afterEach(async () => {
  // Workers that are answering are idle then; one that is kept would keep the process as well.
  await setTimeout(5);
  pool.drop();
});

const RESULT = {
  data: new Uint8Array(3),
  sizes: Uint32Array.of(1, 1, 1),
  sync: Uint8Array.of(1, 0, 0),
  sps: new Uint8Array(4),
  pps: new Uint8Array(4),
};

/** Takes in each step, and answers at the end. */
const sound: Behaviour = {
  onMessage(worker, message) {
    if (message.type !== "more") return;
    const taken = stepsOf(worker).length;
    worker.say({ type: "progress", id: message.id, progress: { taken, encoded: taken } });
    if (message.more.end) worker.say({ type: "result", id: message.id, result: RESULT });
  },
};

function stepsOf(worker: FakeWorker | undefined): Step[] {
  return (worker?.received ?? []).flatMap((message: ToWorker) => (message.type === "more" ? message.more.steps : []));
}

/** Three pictures of pixels; the steps can be asked for again, or end in an error. */
function pictures(overrides: Partial<GroupPictures> = {}): GroupPictures {
  return {
    index: 0,
    first: 10,
    repeatable: true,
    async *steps() {
      for (let slot = 0; slot < 3; slot++) {
        const image = { kind: "rgba", data: new Uint8ClampedArray(4), width: 1, height: 1 } as const;
        yield { slot, forceIdr: slot === 0, last: true, image: { slot, image } };
      }
    },
    blame: (slot) => (slot === undefined ? undefined : { index: 10 + slot, name: `${slot}.png` }),
    ...overrides,
  };
}

function order(overrides: Partial<GroupOrder> = {}): GroupOrder {
  return {
    plan: { settings: {} as never, decoder: "wasm", workerBytes: 0 },
    endOf: () => ({}),
    signal: new AbortController().signal,
    onProgress() {},
    ...overrides,
  };
}

const rateControl = { qp: 23 };

test("a group's steps are sent in order, and its end knows their number", async () => {
  behave = () => sound;
  const progress: number[] = [];
  const counts: number[] = [];
  const endOf = (_: GroupPictures, count: number) => {
    counts.push(count);
    return {};
  };
  const onProgress = (encoded: number): void => void progress.push(encoded);
  const group = await encodeGroup({ pictures: pictures(), rateControl }, order({ endOf, onProgress }));
  assert.deepEqual(group.sizes, RESULT.sizes);
  assert.deepEqual(
    stepsOf(workers[0]).map(({ slot }) => slot),
    [0, 1, 2],
  );
  assert.deepEqual([counts, progress.at(-1)], [[3], 3]);
});

test("after a crash a fresh worker gets all steps from the first on", async () => {
  const crash: Behaviour = {
    onMessage: (worker, message) => message.type === "more" && stepsOf(worker).length === 2 && worker.fail("gone"),
  };
  behave = (nth) => (nth === 0 ? crash : sound);
  await encodeGroup({ pictures: pictures(), rateControl }, order());
  assert.deepEqual(
    stepsOf(workers[1]).map(({ slot }) => slot),
    [0, 1, 2],
  );
});

test("pixels that were moved into a worker that crashes are lost: the group fails and is not begun again", async () => {
  behave = () => ({ onMessage: (worker, message) => message.type === "more" && worker.fail("gone") });
  const lost = encodeGroup({ pictures: pictures({ repeatable: false }), rateControl }, order());
  await assert.rejects(lost, { code: "internal" });
  assert.equal(workers.length, 1);
});

test("a picture that cannot be had ends the group with its own error, and the worker is told", async () => {
  behave = () => ({
    onMessage: (worker, message) => message.type === "cancel" && worker.say({ type: "cancelled", id: message.id }),
  });
  async function* steps(): AsyncGenerator<Step, void, void> {
    yield { slot: 0, forceIdr: true, last: true };
    throw new Error("no such file");
  }
  await assert.rejects(encodeGroup({ pictures: pictures({ steps }), rateControl }, order()), /no such file/);
  assert.equal(workers[0]?.received.at(-1)?.type, "cancel");
});

test("a slot's failure names the image that is in it", async () => {
  behave = () => ({
    onMessage(worker, message) {
      if (message.type !== "more" || !message.more.end) return;
      const error = { code: "corrupt-image", message: "the file is cut off", slot: 2 } as const;
      worker.say({ type: "failed", id: message.id, error });
    },
  });
  await assert.rejects(encodeGroup({ pictures: pictures(), rateControl }, order()), {
    code: "corrupt-image",
    imageIndex: 12,
    imageName: "2.png",
    message: "Image 13 (2.png): the file is cut off.",
  });
});
