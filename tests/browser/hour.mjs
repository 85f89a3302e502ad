// Memory over an hour of frames, which no test has the time for:
//
//   node tests/browser/hour.mjs [minutes] [latencyMode]     60 minutes at 30 frames a second, "quality"
//
// Prints the page's largest memory in each tenth of them.
import { withPeakMemory } from "../../bench/lib/renderer-memory.mjs";
import { launch } from "../support/chromium.mjs";
import { startServer } from "./support/server.mjs";

const FPS = 30;
const PARTS = 10;
const [minutes = "60", latencyMode = "quality"] = process.argv.slice(2);
const framesOfPart = Math.ceil((Number(minutes) * 60 * FPS) / PARTS);

const server = await startServer();
const browser = await launch();
try {
  const page = await browser.newPage();
  await page.goto(server.url);
  await page.evaluate(async (latencyMode) => {
    const { H264Encoder } = await import("/dist/encoder.js");
    const canvas = new OffscreenCanvas(320, 180);
    const context = canvas.getContext("2d");
    let [index, chunks, bytes] = [0, 0, 0];
    const encoder = new H264Encoder({
      output(chunk) {
        chunks++;
        bytes += chunk.byteLength;
      },
      error: (error) => {
        throw error;
      },
    });
    encoder.configure({ codec: "avc1.640028", width: 320, height: 180, framerate: 30, bitrate: 500_000, latencyMode });
    globalThis.part = async (frames) => {
      for (let left = frames; left > 0; left--, index++) {
        context.fillStyle = `hsl(${index % 360} 60% 50%)`;
        context.fillRect(0, 0, 320, 180);
        context.fillStyle = "white";
        context.fillRect((7 * index) % 320, (3 * index) % 180, 40, 40);
        const frame = new VideoFrame(canvas, { timestamp: Math.round((index * 1e6) / 30) });
        encoder.encode(frame);
        frame.close();
        while (encoder.encodeQueueSize > 0)
          await new Promise((resolve) => encoder.addEventListener("dequeue", resolve, { once: true }));
      }
      await encoder.flush();
      return { index, chunks, bytes };
    };
  }, latencyMode);
  for (let part = 0; part < PARTS; part++) {
    const { result, peak } = await withPeakMemory(browser, () =>
      page.evaluate((frames) => globalThis.part(frames), framesOfPart),
    );
    const { index, chunks, bytes } = result;
    console.log(`${index} frames in, ${chunks} chunks out, ${bytes} bytes; ${(peak / 1e6).toFixed(0)} MB at most`);
  }
} finally {
  await browser.close();
  await server.close();
}
