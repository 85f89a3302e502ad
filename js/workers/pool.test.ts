import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { type Behaviour, type FakeWorker, useFakeWorkers } from "../../tests/support/fake-worker.js";
import { WorkerPool } from "./pool.js";

const size = { width: 64, height: 64 };
const task = { kind: "planSize", size, explicit: false } as const;
const group = { kind: "encodeGroup", decoder: "wasm", settings: {} as never } as const;

let workers: FakeWorker[];
let pool: WorkerPool;
let behave: (nth: number) => Behaviour;
const answer: Behaviour = { onTask: (worker, { id }) => worker.say({ type: "result", id, result: size }) };

beforeEach(() => {
  behave = () => answer;
  workers = useFakeWorkers((nth) => behave(nth));
  pool = new WorkerPool();
});

afterEach(async () => {
  // Workers that are answering are idle then; one that is kept would keep the process as well.
  await setTimeout(5);
  pool.drop();
});

const never = (): AbortSignal => new AbortController().signal;

test("tasks one after the other need one worker", async () => {
  for (let run = 0; run < 3; run++) assert.deepEqual(await pool.run({ task, signal: never() }), size);
  assert.equal(workers.length, 1);
});

test("tasks at the same time need one each, and they are kept for the next", async () => {
  await Promise.all([1, 2, 3].map(() => pool.run({ task, signal: never() })));
  assert.equal(workers.length, 3);
  await Promise.all([1, 2, 3].map(() => pool.run({ task, signal: never() })));
  assert.equal(workers.length, 3);
});

test("prepared workers are started at once, and taken before any other is started", async () => {
  pool.prepare(2);
  await setTimeout(5);
  assert.equal(workers.length, 2);
  pool.prepare(2);
  await Promise.all([1, 2].map(() => pool.run({ task, signal: never() })));
  assert.equal(workers.length, 2);
});

test("tasks that are given up for others leave no more workers than these need", async () => {
  // A worker that is told to cancel says so when its step is over.
  behave = () => ({
    onMessage: (worker, message) => {
      if (message.type === "cancel") void setTimeout(10).then(() => worker.say({ type: "cancelled", id: message.id }));
    },
  });
  for (let round = 0; round < 3; round++) {
    const given = new AbortController();
    pool.prepare(4);
    const lost = [1, 2, 3, 4].map(() => pool.run({ task, signal: given.signal }));
    await setTimeout(5);
    given.abort();
    await Promise.allSettled(lost);
  }
  await setTimeout(30);
  assert.equal(workers.filter(({ terminated }) => !terminated).length, 4);
});

test("a small encode after a large one keeps the workers for the next", async () => {
  pool.prepare(4);
  await Promise.all([1, 2, 3, 4].map(() => pool.run({ task, signal: never() })));
  await setTimeout(5);
  pool.prepare(1);
  await pool.run({ task, signal: never() });
  await setTimeout(5);
  assert.equal(workers.filter(({ terminated }) => !terminated).length, 4);
});

test("a task takes whichever worker is ready first", async () => {
  // The first worker is slow to say hello.
  behave = (nth) => ({ ...answer, greets: nth > 0 });
  pool.prepare(2);
  assert.deepEqual(await pool.run({ task, signal: never() }), size);
  assert.equal(workers.length, 2);
  workers[0]?.say({ type: "hello" });
});

test("a prepared worker that does not start is nobody's failure until there is a task", async () => {
  behave = () => ({ greets: false });
  pool.prepare(1);
  await setTimeout(5);
  workers[0]?.fail("no such file");
  await setTimeout(5);
  behave = () => answer;
  assert.deepEqual(await pool.run({ task, signal: never() }), size);
});

test("a task whose worker does not start hears why", async () => {
  behave = () => ({ greets: false });
  const running = pool.run({ task, signal: never() });
  await setTimeout(5);
  workers[0]?.fail("not me");
  await assert.rejects(running, { name: "FramereelError", code: "load", message: /did not start: not me/ });
});

test("a task that crashes is tried on a fresh worker, and fails when that one crashes too", async () => {
  behave = (nth) => (nth === 0 ? { onTask: (worker) => worker.fail("out of memory") } : answer);
  assert.deepEqual(await pool.run({ task, signal: never() }), size);
  assert.deepEqual([workers.length, workers[0]?.terminated], [2, true]);
  pool.drop();
  behave = () => ({ onTask: (worker, { id }) => worker.say({ type: "crashed", id, message: "trap", slot: 1 }) });
  const blame = (slot: number | undefined) => ({ index: 10 + (slot ?? 0), name: "b.png" });
  await assert.rejects(pool.run({ task: group, signal: never(), blame }), {
    code: "internal",
    imageIndex: 11,
    message: /^Image 12 \(b\.png\): .*2 times in a row/,
  });
});

/** Workers of which only so many can have memory at once: the others' tasks are refused it. */
function shortOfMemory(room: number, refusal: "crashed" | "failed"): void {
  let held = 0;
  behave = () => ({
    onTask(worker, { id }) {
      const isRefused = held === room;
      if (!isRefused) held++;
      void setTimeout(2).then(() => {
        if (!isRefused) {
          held--;
          worker.say({ type: "result", id, result: size });
        } else if (refusal === "crashed") {
          worker.say({ type: "crashed", id, message: "trap", memory: true });
        } else {
          worker.say({ type: "failed", id, error: { code: "limit", message: "no memory is left", memory: true } });
        }
      });
    },
  });
}

for (const refusal of ["crashed", "failed"] as const) {
  test(`where memory is refused (${refusal}), fewer workers go on and every task is done`, async () => {
    for (const room of [1, 2, 3]) {
      shortOfMemory(room, refusal);
      const results = await Promise.all(Array.from({ length: 9 }, () => pool.run({ task, signal: never() })));
      assert.equal(results.length, 9);
    }
  });

  test(`a task that is refused memory alone fails (${refusal})`, async () => {
    shortOfMemory(0, refusal);
    await assert.rejects(pool.run({ task, signal: never() }), { code: "limit", message: /no memory is left/ });
  });
}

test("a worker that holds memory it could not use gives it back", async () => {
  shortOfMemory(0, "failed");
  await assert.rejects(pool.run({ task, signal: never() }));
  assert.equal(workers[0]?.terminated, true);
});

test("after a refusal all workers may run again once those tasks are done", async () => {
  shortOfMemory(1, "crashed");
  await Promise.all([1, 2, 3].map(() => pool.run({ task, signal: never() })));
  let most = 0;
  let now = 0;
  behave = () => ({
    onTask(worker, { id }) {
      most = Math.max(most, ++now);
      void setTimeout(2).then(() => {
        now--;
        worker.say({ type: "result", id, result: size });
      });
    },
  });
  pool.drop();
  await Promise.all([1, 2, 3].map(() => pool.run({ task, signal: never() })));
  assert.equal(most, 3);
});

test("a worker that does not start is done without where others do", async () => {
  const slow: Behaviour = {
    onTask: (worker, { id }) => void setTimeout(10).then(() => worker.say({ type: "result", id, result: size })),
  };
  behave = (nth) => (nth === 1 ? { refuses: "RangeError: could not allocate memory" } : slow);
  const results = await Promise.all([1, 2, 3, 4].map(() => pool.run({ task, signal: never() })));
  assert.equal(results.length, 4);
});

test("workers beyond those that are wanted are ended", async () => {
  pool.prepare(4);
  await setTimeout(5);
  pool.trim(1);
  assert.deepEqual(
    workers.map(({ terminated }) => terminated),
    [false, true, true, true],
  );
});

test("an image that breaks two workers down is given to no third: the task goes on without wasm for it", async () => {
  const broken = [3, 5];
  behave = () => ({
    onTask(worker, { id, task }) {
      const { distrusted = [] } = task as Extract<typeof task, { kind: "encodeGroup" }>;
      const slot = broken.find((slot) => !(distrusted as readonly number[]).includes(slot));
      if (slot === undefined) worker.say({ type: "result", id, result: size });
      else worker.say({ type: "crashed", id, message: "trap", slot, loading: true });
    },
  });
  assert.deepEqual(await pool.run({ task: group, signal: never() }), size);
  assert.equal(workers.length, 5);
});

test("an image that breaks a worker down is to blame where the task cannot be repeated, or the image is asked about alone", async () => {
  behave = () => ({
    onTask: (worker, { id }) => worker.say({ type: "crashed", id, message: "trap", slot: 0, loading: true }),
  });
  const blame = () => ({ index: 0, name: "b.png" });
  await assert.rejects(pool.run({ task: group, signal: never(), blame, repeatable: false }), {
    code: "corrupt-image",
    message: /^Image 1 \(b\.png\): the decoder breaks down/,
  });
  assert.equal(workers.length, 1);
  const probe = { kind: "probe", blob: new Blob(), limits: { maxPixels: 1, maxBytes: 1 } } as const;
  await assert.rejects(pool.run({ task: { ...probe, decoder: "wasm", animated: "first" }, signal: never(), blame }), {
    code: "corrupt-image",
  });
});

test("a worker that reports a failure outside of any task is replaced", async () => {
  behave = (nth) => (nth === 0 ? { onTask: (worker) => worker.say({ type: "broken", message: "lost" }) } : answer);
  assert.deepEqual(await pool.run({ task, signal: never() }), size);
  assert.deepEqual([workers.length, workers[0]?.terminated], [2, true]);
});

test("a task that cannot be repeated is not", async () => {
  behave = () => ({ onTask: (worker) => worker.fail("gone") });
  await assert.rejects(pool.run({ task: group, signal: never(), repeatable: false }), { code: "internal" });
  assert.equal(workers.length, 1);
});

test("a failure names the option that the core names", async () => {
  const error = { code: "invalid-option", message: "durations[3]: too long", option: "durations[3]" } as const;
  behave = () => ({ onTask: (worker, { id }) => worker.say({ type: "failed", id, error }) });
  await assert.rejects(pool.run({ task, signal: never() }), {
    code: "invalid-option",
    message: "options.durations[3]: too long.",
  });
});

test("an abort rejects with its reason at once, cancels the worker, and leaves it for the next task", async () => {
  const controller = new AbortController();
  behave = () => ({
    onTask() {},
    onMessage: (worker, message) => message.type === "cancel" && worker.say({ type: "cancelled", id: message.id }),
  });
  const running = pool.run({ task, signal: controller.signal });
  await setTimeout(5);
  controller.abort("enough");
  await assert.rejects(running, (reason) => reason === "enough");
  assert.deepEqual(
    workers[0]?.received.map(({ type }) => type),
    ["init", "task", "cancel"],
  );
  pool.prepare(1);
  assert.equal(workers.length, 1);
});

test("an abort while a worker starts rejects at once, and the worker is kept", async () => {
  behave = () => ({ ...answer, greets: false });
  const controller = new AbortController();
  const running = pool.run({ task, signal: controller.signal });
  controller.abort("enough");
  await assert.rejects(running, (reason) => reason === "enough");
  await setTimeout(5);
  workers[0]?.say({ type: "hello" });
  await setTimeout(5);
  assert.deepEqual(await pool.run({ task, signal: never() }), size);
  assert.equal(workers.length, 1);
});

test("progress and steps go between the task and its worker alone", async () => {
  const reports: unknown[] = [];
  behave = () => ({
    onMessage(worker, message) {
      if (message.type !== "more") return;
      worker.say({ type: "progress", id: message.id + 1, progress: { taken: 9, encoded: 9 } });
      worker.say({ type: "progress", id: message.id, progress: { taken: 1, encoded: 0 } });
      worker.say({ type: "result", id: message.id, result: size });
    },
  });
  await pool.run({
    task: group,
    signal: never(),
    listeners: {
      onStarted: (send) => send({ steps: [], end: {} }, []),
      onProgress: (progress) => reports.push(progress),
    },
  });
  assert.deepEqual(reports, [{ taken: 1, encoded: 0 }]);
});
