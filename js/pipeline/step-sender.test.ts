import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { GroupImage, MoreSteps, Step } from "../protocol/messages.js";
import { StepSender } from "./step-sender.js";

function pixels(slot: number, width: number, height: number): GroupImage {
  return { slot, image: { kind: "rgba", data: new Uint8ClampedArray(8), width, height } };
}

async function* stepsOf(count: number, imageOf: (slot: number) => GroupImage): AsyncGenerator<Step, void, void> {
  for (let slot = 0; slot < count; slot++) yield { slot, forceIdr: slot === 0, last: true, image: imageOf(slot) };
}

function recorder(): {
  sent: MoreSteps[];
  moved: Transferable[];
  send(more: MoreSteps, transfer: Transferable[]): void;
} {
  const sent: MoreSteps[] = [];
  const moved: Transferable[] = [];
  return {
    sent,
    moved,
    send(more, transfer) {
      sent.push(more);
      moved.push(...transfer);
    },
  };
}

test("files are sent at once, the end behind them with their number", async () => {
  const { sent, send } = recorder();
  const ends: number[] = [];
  const file = (slot: number): GroupImage => ({ slot, image: { kind: "file", blob: new Blob(["x"]) } });
  await new StepSender(send, false).sendAll(stepsOf(50, file), (count) => {
    ends.push(count);
    return {};
  });
  assert.deepEqual(ends, [50]);
  assert.deepEqual(
    sent.flatMap(({ steps }) => steps.map(({ slot }) => slot)),
    Array.from({ length: 50 }, (_, slot) => slot),
  );
  assert.deepEqual(sent.at(-1), { steps: [], end: {} });
});

test("of pixels no more than 32 MiB are under way, whatever there is", async () => {
  // 1080p: 8.3 MB each, so four.
  const { sent, send } = recorder();
  const sender = new StepSender(send, false);
  const sending = sender.sendAll(
    stepsOf(12, (slot) => pixels(slot, 1920, 1080)),
    () => ({}),
  );
  for (const [taken, expected] of [
    [0, 4],
    [1, 5],
    [4, 8],
    [9, 13],
  ] as const) {
    sender.taken(taken);
    await setTimeout(2);
    // The last message is the end.
    assert.equal(sent.length, expected, `after ${taken} were taken`);
  }
  await sending;
});

test("a picture larger than that is sent alone", async () => {
  const { sent, send } = recorder();
  const sender = new StepSender(send, false);
  const sending = sender.sendAll(
    stepsOf(2, (slot) => pixels(slot, 10_000, 10_000)),
    () => ({}),
  );
  await setTimeout(2);
  assert.equal(sent.length, 1);
  sender.taken(1);
  await sending;
  assert.equal(sent.length, 3);
});

test("pixels are moved where they may be, and nothing is sent after a stop", async () => {
  const { sent, moved, send } = recorder();
  const sender = new StepSender(send, true);
  const sending = sender.sendAll(
    stepsOf(9, (slot) => pixels(slot, 1920, 1080)),
    () => ({}),
  );
  await setTimeout(2);
  assert.equal(moved.length, 4);
  sender.stop();
  await sending;
  assert.equal(sent.length, 4);
});

test("steps that cannot be had end it with their reason", async () => {
  async function* broken(): AsyncGenerator<Step, void, void> {
    yield { slot: 0, forceIdr: true, last: true };
    throw new Error("no such image");
  }
  await assert.rejects(
    new StepSender(recorder().send, false).sendAll(broken(), () => ({})),
    /no such image/,
  );
});
