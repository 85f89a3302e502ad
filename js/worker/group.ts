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

/**
 * Reports of a group that come one for each picture, so that the bar of a short clip moves, and milliseconds between later ones where
 * nobody waits for them: for the eye it is often enough, and a report for each takes the page and the browser a fortieth of an encode.
 */
const REPORTS = { atFirst: 24, every: 40 };

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
    let reports = 0;
    let reportedAt = 0;
    const report = (isAwaited: boolean): void => {
      const now = performance.now();
      if (!isAwaited && reports >= REPORTS.atFirst && now - reportedAt < REPORTS.every) return;
      context.report({ taken, encoded });
      reports++;
      reportedAt = now;
    };
    for (let step = await steps.next(); step; step = await steps.next()) {
      const helped = step.image && (await steps.helped(step.image.slot));
      if (step.image) {
        if (helped) inSlot(step, ({ slot }) => encoder.loadSamples(slot, helped));
        else await loader.load(step.image);
        if (helped) freeBuffer(helped.buffer);
        loader.readAhead();
      }
      encoded = inSlot(step, ({ slot, forceIdr }) => encoder.encode(slot, forceIdr));
      if (step.last) encoder.release(step.slot);
      taken++;
      // Pixels make room for others when they are taken, and helpers go by what is; a worker that has nothing left is waited for.
      const isPixels = step.image !== undefined && step.image.image.kind !== "file";
      report(isPixels || helped !== undefined || !steps.hasNext);
      await breathe(context);
    }
    // The encoder looks ahead: what it still holds is encoded here, picture by picture, so that a cancel is heard in between.
    while (encoder.drain()) {
      encoded++;
      report(false);
      await breathe(context);
    }
    report(true);
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
