import type { CoreApi } from "../protocol/core.js";
import type { WorkerTask } from "../protocol/messages.js";
import type { TaskContext } from "./context.js";
import type { PictureTarget } from "./decoders.js";
import { breathe, freeUnlessTrapped } from "./group.js";
import { ImageLoader } from "./image-loader.js";
import { StepReader } from "./step-reader.js";

/** Makes pictures for a group that another worker encodes. */
export async function makePictures(
  core: CoreApi,
  task: Extract<WorkerTask, { kind: "makePictures" }>,
  context: TaskContext,
): Promise<void> {
  const maker = new core.PictureMaker(task.settings);
  try {
    let samples = new Uint8Array();
    const keep = (made: Uint8Array): void => {
      samples = made as Uint8Array<ArrayBuffer>;
    };
    const target: PictureTarget = {
      load: (_, bytes) => keep(maker.pictureOfFile(bytes)),
      // Nobody asks for frames of an animation here; were it so, the samples of before, which are gone, would be refused.
      loadFrames() {},
      loadRgba: (_, rgba, width, height) => keep(maker.pictureOfRgba(rgba, width, height)),
    };
    const steps = new StepReader(context);
    const loader = new ImageLoader(core, target, task, context, () => steps.nextImages());
    let taken = 0;
    for (let step = await steps.next(); step; step = await steps.next()) {
      if (!step.image) continue;
      await loader.load(step.image);
      loader.readAhead();
      context.report({ taken: ++taken, encoded: 0, picture: { slot: step.slot, samples } }, [samples.buffer]);
      await breathe(context);
    }
  } finally {
    freeUnlessTrapped(maker);
  }
}
