// A canvas animation through mediabunny, encoded by framereel where the browser has no H.264 encoder.
import { registerH264Encoder } from "framereel/mediabunny";
import { BufferTarget, CanvasSource, canEncodeVideo, Mp4OutputFormat, Output } from "mediabunny";

const [WIDTH, HEIGHT, FPS, FRAMES] = [640, 360, 30, 60];
const [record, message, result] = ["record", "message", "result"].map((id) => document.getElementById(id));

record.addEventListener("click", async () => {
  const missing = !(await canEncodeVideo("avc", { width: WIDTH, height: HEIGHT }));
  if (missing) registerH264Encoder();

  const canvas = Object.assign(document.createElement("canvas"), { width: WIDTH, height: HEIGHT });
  const context = canvas.getContext("2d");
  const output = new Output({ format: new Mp4OutputFormat(), target: new BufferTarget() });
  const source = new CanvasSource(canvas, { codec: "avc", bitrate: 1_000_000 });
  output.addVideoTrack(source, { frameRate: FPS });
  await output.start();
  for (let frame = 0; frame < FRAMES; frame++) {
    context.fillStyle = `hsl(${(360 * frame) / FRAMES} 80% 50%)`;
    context.fillRect(0, 0, WIDTH, HEIGHT);
    await source.add(frame / FPS, 1 / FPS);
    message.textContent = `${frame + 1} of ${FRAMES}`;
  }
  await output.finalize();

  const video = Object.assign(document.createElement("video"), { controls: true, width: 360 });
  video.src = URL.createObjectURL(new Blob([output.target.buffer], { type: "video/mp4" }));
  result.replaceChildren(video);
  message.textContent = `Encoded by ${missing ? "framereel" : "the browser"}.`;
});
