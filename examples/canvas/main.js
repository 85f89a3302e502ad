// A canvas animation, frame by frame: every frame is in the video, however long one takes to draw.
import { SequenceEncoder } from "framereel";

const [canvas, record, cancel, message, result] = ["canvas", "record", "cancel", "message", "result"].map((id) =>
  document.getElementById(id),
);
const context = canvas.getContext("2d");

record.addEventListener("click", async () => {
  const encoder = new SequenceEncoder({ width: canvas.width, height: canvas.height, fps: 30, content: "screen" });
  cancel.onclick = () => encoder.abort();
  try {
    for (let frame = 0; frame < 60; frame++) {
      draw(frame / 30);
      // The pixels are copied at once; waiting here keeps the memory flat when drawing is faster than encoding.
      await encoder.add(canvas);
      message.textContent = `${encoder.length} frames`;
    }
    const blob = await encoder.finish();
    result.src = URL.createObjectURL(blob);
    message.textContent = `${blob.size} bytes`;
  } catch (error) {
    message.textContent = error.code === "aborted" ? "Cancelled." : error.message;
  }
});

/** A ball that goes round once a second. */
function draw(seconds) {
  const angle = 2 * Math.PI * seconds;
  context.fillStyle = "#204060";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#ffcc00";
  context.beginPath();
  context.arc(320 + 120 * Math.sin(angle), 180 - 120 * Math.cos(angle), 30, 0, 2 * Math.PI);
  context.fill();
}
