import { freeBuffer } from "../model/free-buffer.js";
import type { CoreApi, GroupEncoder } from "../protocol/core.js";
import type { GroupEnd, Step, WorkerResults, WorkerTask } from "../protocol/messages.js";
import { streamedBoxes } from "./boxes.js";
import type { TaskContext } from "./context.js";
import { SlotFailure } from "./errors.js";
import { ImageLoader } from "./image-loader.js";
import { nextTask } from "./next-task.js";
import { StepReader } from "./step-reader.js";

type GroupTask = Extract<WorkerTask, { kind: "encodeGroup" }>;

/** Encodes one group of images with an encoder of its own. */
export async function encodeGroup(
  core: CoreApi,
  task: GroupTask,
  context: TaskContext,
): Promise<WorkerResults["encodeGroup"]> {
  const encoder = new core.GroupEncoder(task.settings);
  try {
    if (task.budget) encoder.keepTo(task.budget.bytes, task.budget.factorsPerHalving, task.budget.mostTimes);
    const steps = new StepReader(context);
    const loader = new ImageLoader(core, encoder, task, context, () => steps.nextImages());
    let taken = 0;
    let encoded = 0;
    for (let step = await steps.next(); step; step = await steps.next()) {
      if (step.image) {
        const samples = await steps.helped(step.image.slot);
        if (samples) inSlot(step, ({ slot }) => encoder.loadSamples(slot, samples));
        else await loader.load(step.image);
        if (samples) freeBuffer(samples.buffer);
        loader.readAhead();
      }
      encoded = inSlot(step, ({ slot, forceIdr }) => encoder.encode(slot, forceIdr));
      if (step.last) encoder.release(step.slot);
      context.report({ taken: ++taken, encoded });
      await breathe(context);
    }
    // The encoder looks ahead: what it still holds is encoded here, picture by picture, so that a cancel is heard in between.
    while (encoder.drain()) {
      context.report({ taken, encoded: ++encoded });
      await breathe(context);
    }
    return finish(core, encoder, task, steps.end);
  } finally {
    freeUnlessTrapped(encoder);
  }
}

function finish(
  core: CoreApi,
  encoder: GroupEncoder,
  { settings }: GroupTask,
  end: GroupEnd,
): WorkerResults["encodeGroup"] {
  const { data, sizes, sync, sps, pps } = encoder.finish();
  const group = { data: data as Uint8Array<ArrayBuffer>, sizes, sync, sps, pps };
  return { ...group, ...(end.boxes && streamedBoxes(core, settings, group, end.boxes)) };
}

/** Lets messages in: while this worker computes, none is delivered. */
export async function breathe(context: TaskContext): Promise<void> {
  await nextTask();
  context.checkCancelled();
}

function inSlot<Result>(step: Step, work: (step: Step) => Result): Result {
  try {
    return work(step);
  } catch (error) {
    throw new SlotFailure(step.slot, error);
  }
}

/** Freeing may fail after a trap, and must not hide it. */
export function freeUnlessTrapped(held: { free(): void }): void {
  try {
    held.free();
  } catch {
    // The worker is replaced anyway.
  }
}
