// A slide show as long as its music, which is copied into the file as it is.
import { FramereelError, ImageSequenceClip, sortByName } from "framereel";

const [files, sound, message, result] = ["files", "sound", "message", "result"].map((id) =>
  document.getElementById(id),
);

document.getElementById("make").addEventListener("click", async () => {
  const images = sortByName(files.files);
  const [audio] = sound.files;
  try {
    const each = (await secondsOf(audio)) / images.length;
    const clip = new ImageSequenceClip(images, { durations: images.map(() => each) });
    // Longer music is cut; shorter music ends early, or repeats with { source: audio, loop: true }.
    const video = await clip.display({ audio, metadata: { title: audio.name } });
    result.replaceChildren(video);
    message.textContent = `${clip.length} images, ${clip.duration.toFixed(2)} s`;
  } catch (error) {
    if (!(error instanceof FramereelError)) throw error;
    // "unsupported-audio" and "corrupt-audio" are about the sound.
    message.textContent = error.message;
  }
});

async function secondsOf(file) {
  const player = new Audio(URL.createObjectURL(file));
  await new Promise((resolve, reject) => {
    player.onloadedmetadata = resolve;
    player.onerror = () => reject(new FramereelError("unsupported-audio", "This browser does not play the music."));
  });
  return player.duration;
}
