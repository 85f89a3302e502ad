import { Scope } from "../concurrency/scope.js";
import type { RateControl } from "../options/encode-options.js";
import type { EncodedGroup } from "../protocol/core.js";
import type { FragmentBoxes, GroupBudget, GroupEnd } from "../protocol/messages.js";
import { pool } from "../workers/pool.js";
import type { Helpers } from "./help/helpers.js";
import type { GroupPictures, Plan } from "./source.js";
import { StepSender } from "./step-sender.js";

/** A group, and what decides about its bytes. */
export interface GroupJob {
  pictures: GroupPictures;
  rateControl: RateControl;
  /** What a rate factor gives way to. */
  budget?: GroupBudget | undefined;
}

/** What all groups of an encode have in common. */
export interface GroupOrder {
  plan: Plan;
  /** What the worker is to know at the group's end, which has so many samples. */
  endOf(group: GroupPictures, count: number): GroupEnd;
  signal: AbortSignal;
  /** Workers that make pictures where they have no group of their own. */
  helpers?: Helpers | undefined;
  /** Called with the number of samples that are encoded, for each of them. */
  onProgress(encoded: number): void;
}

/** Has one group encoded by a worker. Failures are `FramereelError`s that name the image. */
export async function encodeGroup(
  { pictures, rateControl, budget }: GroupJob,
  { plan, endOf, signal, helpers, onProgress }: GroupOrder,
): Promise<EncodedGroup & Partial<FragmentBoxes>> {
  // Where a picture cannot be had, the group ends with the picture's error as its reason.
  const scope = new Scope(signal);
  const settings = { ...plan.settings, ...rateControl };
  const helped = helpers?.begin(settings, scope.signal);
  let sender: StepSender | undefined;
  let told = 0;
  try {
    return await pool.run({
      task: {
        kind: "encodeGroup",
        settings,
        ...(budget && { budget }),
        decoder: plan.decoder,
      },
      signal: scope.signal,
      repeatable: pictures.repeatable,
      blame: (slot) => pictures.blame(slot),
      listeners: {
        onStarted(send) {
          sender?.stop();
          sender = new StepSender(send, !pictures.repeatable);
          const steps = helped ? helped.watch(pictures.steps(), send) : pictures.steps();
          sender.sendAll(steps, (count) => endOf(pictures, count)).catch((error) => scope.close(error));
        },
        onProgress({ taken, encoded }) {
          sender?.taken(taken);
          helped?.taken(taken);
          pictures.onTaken?.(taken);
          // Workers report several at a time. Each is told, until whoever hears it has had enough.
          while (told < encoded && !scope.signal.aborted) onProgress(++told);
        },
      },
    });
  } finally {
    sender?.stop();
    if (helped) helpers?.end(helped);
    scope.close(undefined);
  }
}
