// The package as npm packs it, from another origin, in a browser without VideoEncoder: sound, tags, the encoder for other pipelines and
// the module's own door. ffprobe and ffmpeg judge; nobody else is asked for anything.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { serve } from "../../scripts/serve.mjs";
import { launch, openPage } from "../support/chromium.mjs";
import { freshFolder, prepareWorkspace, workspace } from "./support/workspace.mjs";

const SOUNDS = { aac: ["tone.m4a", "aac", "128k"], mp3: ["tone.mp3", "libmp3lame", "128k"] };
const [WIDTH, HEIGHT, FRAMES] = [320, 192, 10];

let folder;
let browser;
const servers = [];

before(async () => {
  await prepareWorkspace();
  folder = freshFolder("reach");
  const tone = ["-f", "lavfi", "-i", "sine=frequency=440:duration=3"];
  for (const [file, codec, rate] of Object.values(SOUNDS)) {
    execFileSync("ffmpeg", ["-v", "error", ...tone, "-c:a", codec, "-b:a", rate, join(folder, file)]);
  }
  const dist = join(workspace, "node_modules", "framereel", "dist");
  servers.push(await serve({ root: dist, port: 0, headers: { "Access-Control-Allow-Origin": "*" } }));
  const imports = Object.fromEntries(
    ["index", "core", "encoder"].map((entry) => [`framereel/${entry}`, `${servers[0].url}${entry}.js`]),
  );
  writeFileSync(
    join(folder, "index.html"),
    `<!doctype html><meta charset="utf-8"><title>reach</title><link rel="icon" href="data:,">
<script>delete globalThis.VideoEncoder;</script>
<script type="importmap">${JSON.stringify({ imports })}</script>`,
  );
  servers.push(await serve({ root: folder, port: 0 }));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  for (const server of servers) await server.close();
});

/** A page of the app, which may ask its own origin and the package's; `wrong` holds what it asked of others. */
async function open(t) {
  const { page, context } = await openPage(browser, "about:blank");
  t.after(() => context.close());
  const origins = servers.map(({ url }) => new URL(url).origin);
  const wrong = [];
  context.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && !origins.includes(origin)) wrong.push(request.url());
  });
  await page.goto(servers[1].url);
  assert.equal(await page.evaluate(() => typeof VideoEncoder), "undefined");
  await page.evaluate(
    ([width, height, frames]) => {
      globalThis.canvases = Array.from({ length: frames }, (_, index) => {
        const canvas = Object.assign(document.createElement("canvas"), { width, height });
        const context = canvas.getContext("2d");
        context.fillStyle = `rgb(${20 * index} 60 120)`;
        context.fillRect(0, 0, width, height);
        return canvas;
      });
      globalThis.pngs = () =>
        Promise.all(canvases.map((canvas) => new Promise((resolve) => canvas.toBlob(resolve, "image/png"))));
      globalThis.base64 = async (blob) => {
        const url = await new Promise((resolve) => {
          const reader = Object.assign(new FileReader(), { onload: () => resolve(reader.result) });
          reader.readAsDataURL(blob);
        });
        return url.slice(url.indexOf(",") + 1);
      };
    },
    [WIDTH, HEIGHT, FRAMES],
  );
  return { page, wrong };
}

/** Keeps a file that the page made, and gives what ffprobe says of it; ffmpeg decodes all of it without a word. */
function judge(name, base64) {
  const path = join(folder, name);
  writeFileSync(path, Buffer.from(base64, "base64"));
  const check = ["-v", "warning", "-err_detect", "explode", "-i", path, "-f", "null", "-"];
  assert.equal(String(execFileSync("ffmpeg", check, { stdio: ["ignore", "pipe", "pipe"] })), "");
  const show = ["-v", "error", "-count_frames", "-show_streams", "-show_format", "-of", "json", path];
  const { streams, format } = JSON.parse(execFileSync("ffprobe", show));
  const of = (type) => streams.find(({ codec_type: kind }) => kind === type);
  return { video: of("video"), audio: of("audio"), format };
}

function assertVideo({ codec_name: codec, width, height, nb_read_frames: frames }) {
  assert.deepEqual([codec, width, height, Number(frames)], ["h264", WIDTH, HEIGHT, FRAMES]);
}

for (const [codec, [file]] of Object.entries(SOUNDS)) {
  test(`${codec} beside the pictures, and tags`, async (t) => {
    const { page, wrong } = await open(t);
    const made = await page.evaluate(async (file) => {
      const { ImageSequenceClip } = await import("framereel/index");
      const source = new File([await (await fetch(file)).blob()], file);
      const clip = new ImageSequenceClip(await pngs(), { fps: 5 });
      return base64(await clip.toBlob({ audio: { source }, metadata: { title: "Reach", comment: "packed" } }));
    }, file);
    const { video, audio, format } = judge(`${codec}.mp4`, made);
    assertVideo(video);
    assert.equal(audio.codec_name, codec);
    assert.ok(Math.abs(Number(audio.duration) - 2) < 0.03, `${audio.duration} s of sound`);
    assert.deepEqual([format.tags.title, format.tags.comment], ["Reach", "packed"]);
    assert.deepEqual(wrong, []);
  });
}

test("framereel/core makes the same file as the workers", async (t) => {
  const { page, wrong } = await open(t);
  const [own, theirs] = await page.evaluate(async () => {
    const { default: init, encodeSequence } = await import("framereel/core");
    const { ImageSequenceClip } = await import("framereel/index");
    const images = await pngs();
    await init();
    const own = await encodeSequence(images, { fps: 5 });
    return [await base64(own), await base64(await new ImageSequenceClip(images, { fps: 5 }).toBlob())];
  });
  assertVideo(judge("core.mp4", own).video);
  assert.equal(own, theirs);
  assert.deepEqual(wrong, []);
});

test("H264Encoder gives a stream that decodes", async (t) => {
  const { page, wrong } = await open(t);
  const made = await page.evaluate(
    async ([width, height]) => {
      const { H264Encoder } = await import("framereel/encoder");
      const parts = [];
      let failure;
      const encoder = new H264Encoder({
        output: (chunk) => {
          const bytes = new Uint8Array(chunk.byteLength);
          chunk.copyTo(bytes);
          parts.push(bytes);
        },
        error: (error) => (failure = error),
      });
      encoder.configure({ codec: "avc1.64001f", width, height, framerate: 5, avc: { format: "annexb" } });
      for (const [index, canvas] of canvases.entries()) {
        const frame = new VideoFrame(canvas, { timestamp: index * 200_000 });
        encoder.encode(frame);
        frame.close();
      }
      await encoder.flush();
      encoder.close();
      if (failure) throw failure;
      return base64(new Blob(parts));
    },
    [WIDTH, HEIGHT],
  );
  assertVideo(judge("encoder.264", made).video);
  assert.deepEqual(wrong, []);
});
