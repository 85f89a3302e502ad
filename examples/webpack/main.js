// A slide show: every image for two seconds, there and back, cut to fill the picture, in a file of at most one megabyte.
import { ImageSequenceClip, sortByName } from "framereel";

const [files, message, result] = ["files", "message", "result"].map((id) => document.getElementById(id));

files.addEventListener("change", async () => {
  try {
    const images = sortByName(files.files);
    const clip = new ImageSequenceClip(images, { durations: images.map(() => 2), fit: "cover" }).boomerang();
    const { blob, stats } = await clip.encode({ maxBytes: 1_000_000 });
    message.textContent = `${stats.width} x ${stats.height}, ${stats.duration} s, ${stats.bytes} bytes, ${stats.codec}`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "slides.mp4";
    link.textContent = "Download";
    result.replaceChildren(link);
  } catch (error) {
    message.textContent = error.message;
  }
});
