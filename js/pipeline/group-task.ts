import type { Group } from "../model/groups.js";
import { imageError, plainError } from "../model/image-error.js";
import type { ImageSource } from "../model/sources.js";
import type { GroupRate } from "../options/encode-options.js";
import { nameOf } from "../options/source-kind.js";
import type { EncodedGroup } from "../protocol/core.js";
import type { GroupImage, Place, WorkerTask } from "../protocol/messages.js";
import { TaskFailure } from "../workers/handle.js";
import { pool } from "../workers/pool.js";
import type { Plan, Shot } from "./plan.js";
import type { Snapshot } from "./snapshot.js";

/** A source's part in a group: one picture, or a run of frames. */
interface Part {
  source: ImageSource;
  imageIndex: number;
  slot: number;
  firstFrame: number | undefined;
  lastFrame: number | undefined;
}

/** Has one group encoded by a worker. Failures are `FramereelError`s that name the image. */
export async function encodeGroup(
  plan: Plan,
  group: Group,
  rate: GroupRate,
  snapshot: Snapshot,
  signal: AbortSignal,
  onProgress: (encoded: number) => void,
): Promise<EncodedGroup> {
  const shots = plan.shots.slice(group.first, group.first + group.count);
  const { parts, slots } = assignSlots(shots);
  const images = await allInOrder(parts.map((part) => toGroupImage(part, snapshot)));
  const places: Place[] = slots.map((slot, index) => ({ slot, forceIdr: group.keyframes[index] as boolean }));
  const settings = { ...plan.settings, ...rate };
  const task: Extract<WorkerTask, { kind: "encodeGroup" }> = {
    kind: "encodeGroup",
    settings,
    decoder: plan.decoder,
    images,
    places,
  };
  try {
    return await pool.run({ task, signal, listeners: { onProgress } });
  } catch (error) {
    if (!(error instanceof TaskFailure)) throw error;
    const shot = error.slot === undefined ? undefined : shots[slots.indexOf(error.slot)];
    throw shot ? imageError(error, shot.imageIndex, nameOf(shot.source)) : plainError(error);
  }
}

/** Gives each source of a group its slot, or its run of slots for the frames between the first and the last one used. */
function assignSlots(shots: readonly Shot[]): { parts: Part[]; slots: number[] } {
  const parts = new Map<ImageSource, Part>();
  for (const { source, imageIndex, frame } of shots) {
    const part = parts.get(source);
    if (!part) {
      parts.set(source, { source, imageIndex, slot: 0, firstFrame: frame, lastFrame: frame });
    } else if (frame !== undefined) {
      part.firstFrame = Math.min(part.firstFrame as number, frame);
      part.lastFrame = Math.max(part.lastFrame as number, frame);
    }
  }
  let nextSlot = 0;
  for (const part of parts.values()) {
    part.slot = nextSlot;
    nextSlot += frameCount(part);
  }
  const slots = shots.map(({ source, frame = 0 }) => {
    const { slot, firstFrame = 0 } = parts.get(source) as Part;
    return slot + frame - firstFrame;
  });
  return { parts: [...parts.values()], slots };
}

function frameCount({ firstFrame = 0, lastFrame = 0 }: Part): number {
  return lastFrame - firstFrame + 1;
}

async function toGroupImage(part: Part, snapshot: Snapshot): Promise<GroupImage> {
  const image = await snapshot.get(part.source, part.imageIndex);
  const { slot, firstFrame: first } = part;
  return { image, slot, ...(first !== undefined && { frames: { first, count: frameCount(part) } }) };
}

/** Like `Promise.all`, but of several failures the first in order is the one thrown, not the first in time. */
async function allInOrder<Result>(promises: readonly Promise<Result>[]): Promise<Result[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
