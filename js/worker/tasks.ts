import type { EncodedGroup, ImageInfo, WasmApi } from "../protocol/core.js";
import type { TaskKind, WorkerResults, WorkerTask } from "../protocol/messages.js";
import type { TaskContext } from "./context.js";
import { decodeInBrowser } from "./decode.js";
import { codeOf } from "./errors.js";
import { encodeGroup } from "./group.js";
import { lend, readFile } from "./read.js";

export interface TaskAnswer {
  result: WorkerResults[TaskKind];
  transfer: Transferable[];
}

export async function runTask(api: WasmApi, task: WorkerTask, context: TaskContext): Promise<TaskAnswer> {
  switch (task.kind) {
    case "probe":
      return answer(await probeImage(api, task, context));
    case "planSize":
      return answer(plainSize(api.planSize(task.size.width, task.size.height, task.explicit)));
    case "encodeGroup":
      return answerGroup(await encodeGroup(api, task, context));
    case "movieHeader":
      return answerBytes(api.movieHeader(task.movie, task.sizes, task.sync));
    case "fragmentedHeader":
      return answerBytes(api.fragmentedHeader(task.movie));
    case "fragment":
      return answerBytes(api.fragment(task.movie, task.sequence, task.firstSample, task.sizes, task.sync));
    case "codecString":
      return answer(api.codecString(task.sps));
  }
}

type ProbeTask = Extract<WorkerTask, { kind: "probe" }>;

/** Size and frames of an image, from its header where wasm knows the format and by decoding it where only the browser does. */
async function probeImage(
  api: WasmApi,
  { blob, limits, decoder }: ProbeTask,
  context: TaskContext,
): Promise<ImageInfo> {
  try {
    const { width, height, format, frames } = await lend(readFile(blob, limits.maxBytes), (bytes) =>
      api.probe(bytes, limits),
    );
    return { width, height, format, ...(frames && { frames }) };
  } catch (error) {
    if (decoder === "wasm" && codeOf(error) !== "unsupported-image") throw error;
    const bitmap = await decodeInBrowser(blob, limits, context);
    if (!bitmap) throw error;
    const { width, height } = bitmap;
    bitmap.close();
    return { width, height, format: "browser" };
  }
}

/** wasm-bindgen may hand out an instance of a class, whose getters would not survive posting. */
function plainSize({ width, height }: { width: number; height: number }): { width: number; height: number } {
  return { width, height };
}

function answer(result: WorkerResults[TaskKind]): TaskAnswer {
  return { result, transfer: [] };
}

function answerBytes(bytes: Uint8Array): TaskAnswer {
  return { result: bytes as Uint8Array<ArrayBuffer>, transfer: [bytes.buffer as ArrayBuffer] };
}

function answerGroup(group: EncodedGroup): TaskAnswer {
  return { result: group, transfer: [group.data.buffer] };
}
