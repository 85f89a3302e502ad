import { freeBuffer } from "../model/free-buffer.js";
import type { CoreApi, EncodedGroup, GroupEncoder } from "../protocol/core.js";
import type { PostableFrame, WorkerTask } from "../protocol/messages.js";
import type { TaskContext } from "./context.js";
import { readPixels } from "./decode.js";
import { breathe, freeUnlessTrapped } from "./group.js";

/** Where every frame is between loading and encoding. */
const SLOT = 0;

/** Encodes frames as they come, and sends samples as they are finished. */
export async function encodeFrames(
  core: CoreApi,
  { settings, lookAhead, firstIdrId }: Extract<WorkerTask, { kind: "encodeFrames" }>,
  context: TaskContext,
): Promise<void> {
  const encoder = new core.GroupEncoder(settings);
  let [taken, encoded] = [0, 0];
  const report = async (): Promise<void> => {
    const samples = encoder.take() as EncodedGroup;
    encoded += samples.sizes.length;
    if (samples.sizes.length === 0) context.report({ taken, encoded });
    else context.report({ taken, encoded, samples }, [samples.data.buffer]);
    await breathe(context);
  };
  const drain = async (): Promise<void> => {
    while (encoder.drain()) await report();
  };
  try {
    encoder.makeLive(lookAhead, firstIdrId);
    for (;;) {
      await context.untilMore();
      const { frames = [], drain: drained, end } = context.takeMore() ?? {};
      for (const { frame, forceIdr, qp } of frames) {
        load(encoder, frame);
        encoder.encodeAt(SLOT, forceIdr, qp);
        encoder.release(SLOT);
        taken++;
        await report();
      }
      if (drained || end) await drain();
      if (end) return;
    }
  } finally {
    freeUnlessTrapped(encoder);
  }
}

function load(encoder: GroupEncoder, frame: PostableFrame): void {
  if (frame.kind === "planes") {
    encoder.loadFrame(SLOT, frame.data, frame.layout);
    freeBuffer(frame.data.buffer);
    return;
  }
  const { rgba, width, height } = readPixels(frame.bitmap);
  encoder.loadFrame(SLOT, rgba, { format: "RGBX", width, height });
  freeBuffer(rgba.buffer as ArrayBuffer);
}
