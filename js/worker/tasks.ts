import type { CoreApi, PixelSize } from "../protocol/core.js";
import type { TaskKind, WorkerResults, WorkerTask } from "../protocol/messages.js";
import { allBoxes } from "./boxes.js";
import type { TaskContext } from "./context.js";
import { browserMayKnow, decodeInBrowser } from "./decode.js";
import { probeFile } from "./decoders.js";
import { BrokeDown, codeOf, isTrap, LoadFailure } from "./errors.js";
import { encodeFrames } from "./frames.js";
import { encodeGroup } from "./group.js";
import { makePictures } from "./pictures.js";
import { lend, readFile } from "./read.js";

export interface TaskAnswer {
  result: WorkerResults[TaskKind];
  transfer: Transferable[];
}

export async function runTask(core: CoreApi, task: WorkerTask, context: TaskContext): Promise<TaskAnswer> {
  switch (task.kind) {
    case "probe":
      return answer(await probeImage(core, task, context));
    case "planSize":
      return answer(plainSize(core.planSize(task.size.width, task.size.height, task.explicit)));
    case "encodeGroup": {
      const group = await encodeGroup(core, task, context);
      return answer(group, group.data, group.fragment, group.header);
    }
    case "makePictures":
      await makePictures(core, task, context);
      return answer(null);
    case "encodeFrames":
      await encodeFrames(core, task, context);
      return answer(null);
    case "movieHeader": {
      const header = core.movieHeader(task.movie, task.sizes, task.sync, task.sound);
      return answer(header, header.bytes as Uint8Array<ArrayBuffer>);
    }
    case "fragments": {
      const { header, boxes } = allBoxes(core, task);
      return answer({ header, boxes }, header, ...boxes);
    }
  }
}

type ProbeTask = Extract<WorkerTask, { kind: "probe" }>;

/** Size and frames of an image, from its header where wasm knows the format and by decoding it where only the browser does. */
async function probeImage(
  core: CoreApi,
  { blob, limits, decoder, animated, distrusted }: ProbeTask,
  context: TaskContext,
): Promise<WorkerResults["probe"]> {
  const planned = (width: number, height: number): PixelSize => plainSize(core.planSize(width, height, false));
  try {
    if (distrusted) throw new BrokeDown();
    const { width, height, format, frames } = await lend(readFile(blob, limits.maxBytes), (bytes) =>
      probeFile(core, { bytes, blob }, limits, context),
    );
    return { width, height, format, planned: planned(width, height), ...(frames && { frames }) };
  } catch (error) {
    if (isTrap(error)) throw new LoadFailure(error);
    // The browser would make a still picture of an animation.
    if (animated === "expand" && codeOf(error) !== "unsupported-image") throw error;
    if (decoder === "wasm" && !distrusted && !browserMayKnow(error)) throw error;
    // Its size is all that is asked for.
    const bitmap = await decodeInBrowser(blob, { ...limits, colors: "ignore" }, context);
    if (!bitmap) throw error;
    const { width, height } = bitmap;
    bitmap.close();
    return { width, height, format: "browser", planned: planned(width, height) };
  }
}

/** wasm-bindgen may hand out an instance of a class, whose getters would not survive posting. */
function plainSize({ width, height }: PixelSize): PixelSize {
  return { width, height };
}

/** An answer whose `bytes` are moved to the page. */
function answer(result: WorkerResults[TaskKind], ...bytes: (Uint8Array<ArrayBuffer> | undefined)[]): TaskAnswer {
  return { result, transfer: bytes.flatMap((part) => (part ? [part.buffer] : [])) };
}
