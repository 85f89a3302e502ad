// Straight to a file: the video is written while it is being encoded, so its length does not matter to the memory.
import { ImageSequenceClip, sortByName } from "framereel";

const [files, save, progress, message] = ["files", "save", "progress", "message"].map((id) =>
  document.getElementById(id),
);

save.addEventListener("click", async () => {
  try {
    const clip = new ImageSequenceClip(sortByName(files.files), { fps: 24 });
    // Ask for the file first: browsers show the dialog only right after a click.
    const file = await pickFile();
    // writeTo closes the stream at the end; after a failure it aborts it, and the file stays as it was.
    const stats = await clip.writeTo(await file.createWritable(), {
      onProgress: (state) => {
        progress.value = state.fraction;
      },
    });
    message.textContent = `${file.name}: ${stats.frames} frames, ${stats.duration} s, ${stats.bytes} bytes`;
  } catch (error) {
    // The dialog's own cancel button rejects with an AbortError.
    if (error.name !== "AbortError") message.textContent = error.message;
  }
});

/** The user's choice where the browser has such a dialog (Chrome, Edge), else a file in the page's private storage. */
async function pickFile() {
  if ("showSaveFilePicker" in window) {
    const types = [{ description: "MP4 video", accept: { "video/mp4": [".mp4"] } }];
    return window.showSaveFilePicker({ suggestedName: "video.mp4", types });
  }
  const storage = await navigator.storage.getDirectory();
  return storage.getFileHandle("video.mp4", { create: true });
}
