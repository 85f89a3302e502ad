// A canvas animation, frame by frame: every frame is in the video, however long one takes to draw.
import { SequenceEncoder } from "framereel";

const FPS = 30;
const SECONDS = 2;

const [canvas, record, cancel, message, result] = ["canvas", "record", "cancel", "message", "result"].map((id) =>
  document.getElementById(id),
);
const context = canvas.getContext("2d");

record.addEventListener("click", async () => {
  const encoder = new SequenceEncoder({ width: canvas.width, height: canvas.height, fps: FPS, content: "screen" });
  const stop = () => encoder.abort();
  cancel.addEventListener("click", stop);
  cancel.disabled = false;
  record.disabled = true;
  try {
    for (let frame = 0; frame < FPS * SECONDS; frame++) {
      draw(frame / FPS);
      // The pixels are copied at once; waiting here keeps the memory flat when drawing is faster than encoding.
      await encoder.add(canvas);
      message.textContent = `${encoder.length} frames`;
    }
    show(await encoder.finish());
  } catch (error) {
    message.textContent = error.code === "aborted" ? "Cancelled." : error.message;
  } finally {
    cancel.removeEventListener("click", stop);
    cancel.disabled = true;
    record.disabled = false;
  }
});

/** A ball that goes round once a second. */
function draw(seconds) {
  const { width, height } = canvas;
  const angle = 2 * Math.PI * seconds;
  context.fillStyle = "#204060";
  context.fillRect(0, 0, width, height);
  context.fillStyle = "#ffcc00";
  context.beginPath();
  context.arc(
    width / 2 + (height / 3) * Math.sin(angle),
    height / 2 - (height / 3) * Math.cos(angle),
    30,
    0,
    2 * Math.PI,
  );
  context.fill();
}

function show(blob) {
  const video = document.createElement("video");
  video.controls = true;
  video.width = 360;
  video.src = URL.createObjectURL(blob);
  result.replaceChildren(video);
  message.textContent = `${blob.size} bytes`;
}
