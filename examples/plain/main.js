// Pick images, get a video: the shortest program that also shows progress and errors.
import { FramereelError, ImageSequenceClip, sortByName } from "framereel";

const [files, fps, progress, message, result] = ["files", "fps", "progress", "message", "result"].map((id) =>
  document.getElementById(id),
);

files.addEventListener("change", async () => {
  message.textContent = "";
  try {
    // frame2.png before frame10.png
    const clip = new ImageSequenceClip(sortByName(files.files), { fps: fps.valueAsNumber });
    const video = await clip.display({
      width: 360,
      onProgress: (state) => {
        progress.value = state.fraction;
      },
    });
    result.replaceChildren(video);
    message.textContent = `${clip.length} images, ${clip.duration} s`;
  } catch (error) {
    if (!(error instanceof FramereelError)) throw error;
    // It says which image is to blame, and what to do.
    message.textContent = error.message;
  }
});
