import assert from "node:assert/strict";
import { test } from "node:test";
import type { GroupSettings } from "../../protocol/core.js";
import type { GroupImage, MoreSteps, Step } from "../../protocol/messages.js";
import { HelpedGroup } from "./helped-group.js";

const file = (slot: number): GroupImage => ({ slot, image: { kind: "file", blob: new Blob(["x"]) } });
const frames = (slot: number): GroupImage => ({ ...file(slot), frames: { first: 0, count: 1 } });

async function* stepsOf(images: readonly (GroupImage | undefined)[]): AsyncGenerator<Step, void, void> {
  for (const [slot, image] of images.entries()) yield { slot, forceIdr: false, last: true, ...(image && { image }) };
}

/** A group of pictures of so many pixels, all of whose steps are known, and what its worker is told. */
async function helped(
  images: readonly (GroupImage | undefined)[],
  size = { width: 64, height: 64 },
): Promise<{ group: HelpedGroup; sent: MoreSteps[] }> {
  const sent: MoreSteps[] = [];
  const group = new HelpedGroup(size as GroupSettings, new AbortController().signal, () => {});
  for await (const _ of group.watch(stepsOf(images), (more) => sent.push(more)));
  return { group, sent };
}

const files = (count: number): GroupImage[] => Array.from({ length: count }, (_, slot) => file(slot));
const samples = new Uint8Array(6);

test("pictures are given away in order, from two ahead of the encoder on, and its worker is told", async () => {
  const { group, sent } = await helped(files(8));
  assert.equal(group.left, 6);
  group.taken(3);
  assert.equal(group.left, 3);
  assert.deepEqual([group.giveAway()?.slot, group.giveAway()?.slot], [5, 6]);
  assert.equal(group.left, 1);
  group.deliver({ slot: 5, samples });
  assert.deepEqual(sent, [
    { steps: [], helped: [5] },
    { steps: [], helped: [6] },
    { steps: [], pictures: [{ slot: 5, samples }] },
  ]);
});

test("repeats, and frames of animations, stay where they are encoded", async () => {
  const { group } = await helped([file(0), undefined, undefined, frames(3), file(4)]);
  assert.equal(group.left, 1);
  assert.equal(group.giveAway()?.slot, 4);
  assert.equal(group.giveAway(), undefined);
});

test("where a picture comes too late, the next is one further ahead", async () => {
  const { group } = await helped(files(12));
  assert.equal(group.giveAway()?.slot, 2);
  group.taken(2);
  // The encoder waits for it.
  group.deliver({ slot: 2, samples });
  assert.equal(group.giveAway()?.slot, 5);
  group.taken(3);
  group.deliver({ slot: 5, samples });
  assert.equal(group.giveAway()?.slot, 6, "in time: as far ahead as before");
});

test("a picture that the group's own worker has made meanwhile is dropped", async () => {
  const { group, sent } = await helped(files(8));
  group.giveAway();
  group.taken(3);
  group.deliver({ slot: 2, samples });
  assert.deepEqual(sent, [{ steps: [], helped: [2] }]);
});

test("no more bytes wait for the encoder than memory allows, but always one picture", async () => {
  const { group } = await helped(files(20), { width: 4096, height: 2160 });
  assert.deepEqual([group.giveAway()?.slot, group.giveAway()?.slot, group.giveAway()?.slot], [2, 3, undefined]);
  const { group: huge } = await helped(files(20), { width: 8192, height: 4320 });
  assert.deepEqual([huge.giveAway()?.slot, huge.giveAway()?.slot], [2, undefined]);
});

test("a group that begins anew, or is closed, gives nothing away", async () => {
  const { group } = await helped(files(8));
  for await (const _ of group.watch(stepsOf(files(8)), () => {}));
  assert.equal(group.left, 0);
  const { group: closed } = await helped(files(8));
  closed.close();
  assert.equal(closed.giveAway(), undefined);
});
