// What cannot be a soundtrack is refused by name, and the next call works.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { harness } from "./support/harness.mjs";
import { sound } from "./support/sounds.mjs";

const browser = harness();
const M4A = ["errors.m4a", ["-c:a", "aac", "-b:a", "96k"]];

async function failureWith(name, bytes) {
  const { failure } = await browser.make({ name, bytes, file: "none.mp4", seconds: 1 });
  assert.ok(failure?.isFramereelError, `${name} makes a video`);
  return failure;
}

test("a format that is neither AAC nor MP3, in a browser without an AAC encoder", async () => {
  for (const [name, args] of [
    ["errors.wav", []],
    ["errors.flac", []],
    ["errors.ogg", ["-c:a", "libvorbis"]],
    ["opus.mp4", ["-c:a", "libopus"]],
  ]) {
    const { code, message } = await failureWith(name, sound(name, args));
    assert.equal(code, "unsupported-audio", message);
    assert.match(
      message,
      new RegExp(`^audio \\(${name.replace(".", "\\.")}\\): .*no AAC encoder.* Convert it to MP3 or M4A`),
    );
  }
});

test("what is no sound at all", async () => {
  const { code } = await failureWith("text.mp3", Buffer.from("This is no music."));
  assert.equal(code, "unsupported-audio");
  const args = [
    "-f",
    "lavfi",
    "-i",
    "testsrc=size=64x48:rate=5:duration=1",
    "-movflags",
    "frag_keyframe",
    "-f",
    "mp4",
    "-",
  ];
  const silent = execFileSync("ffmpeg", ["-v", "error", ...args]);
  const failure = await failureWith("silent.mp4", silent);
  assert.deepEqual([failure.code, /has no soundtrack/.test(failure.message)], ["unsupported-audio", true]);
});

test("damaged files", async () => {
  const m4a = sound(...M4A);
  const wav = Buffer.from(sound("errors.wav", []));
  for (const [name, bytes] of [
    ["cut.m4a", m4a.subarray(0, m4a.length / 2)],
    ["empty.mp3", Buffer.alloc(0)],
    ["cut.wav", wav.subarray(0, 20)],
  ]) {
    const { code, message } = await failureWith(name, bytes);
    assert.equal(code, "corrupt-audio", message);
    assert.match(message, new RegExp(`^audio \\(${name.replace(".", "\\.")}\\): `));
  }
});

test("an address that answers nothing, and one that answers", async () => {
  browser.lend(M4A[0], sound(...M4A));
  const page = await browser.shared();
  const { failure, codec } = await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip([await kit.file("flat/red.png")], { fps: 1 });
    const failure = await kit.failureOf(() => clip.toBlob({ audio: "/sound/nothing.mp3" }));
    const { stats } = await clip.encode({ audio: new URL("/sound/errors.m4a", location.href) });
    return { failure, codec: stats.codec };
  });
  assert.deepEqual([failure.code, /answered 404/.test(failure.message)], ["corrupt-audio", true]);
  assert.match(codec, /,mp4a\.40\.2$/);
});

test("an abort does not wait for the sound", async () => {
  browser.server.answers.set("/sound/never", () => {});
  const page = await browser.shared();
  const reason = await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip([await kit.file("flat/red.png")], { fps: 1 });
    const controller = new AbortController();
    setTimeout(() => controller.abort("enough"), 200);
    return clip.toBlob({ audio: "/sound/never", signal: controller.signal }).catch((error) => error);
  });
  assert.equal(reason, "enough");
});

test("a video does not depend on the file that its sound came from", async () => {
  browser.lend(M4A[0], sound(...M4A));
  const page = await browser.shared();
  const bytes = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle("music.m4a", { create: true });
    const write = async (content) => {
      const writable = await handle.createWritable();
      await writable.write(content);
      await writable.close();
    };
    await write(await (await fetch("/sound/errors.m4a")).blob());
    const clip = new kit.ImageSequenceClip([await kit.file("flat/red.png")], { fps: 1 });
    const blob = await clip.toBlob({ audio: await handle.getFile() });
    await write("something else");
    return (await blob.arrayBuffer()).byteLength === blob.size;
  });
  assert.ok(bytes);
});

test("options that are none", async () => {
  const page = await browser.shared();
  const failures = await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip([await kit.file("flat/red.png")], { fps: 1 });
    const source = new Blob(["x"]);
    const wrong = [
      { audio: 7 },
      { audio: {} },
      { audio: { source, offset: -1 } },
      { audio: { source, loop: 1 } },
      { audio: { source, volume: 1 } },
      { metadata: { title: 7 } },
      { metadata: { date: new Date("never") } },
      { metadata: { date: "2020" } },
      { metadata: { genre: "jazz" } },
    ];
    return Promise.all(wrong.map((options) => kit.failureOf(() => clip.toBlob(options))));
  });
  const paths = [
    "audio",
    "audio.source",
    "audio.offset",
    "audio.loop",
    "audio.volume",
    "metadata.title",
    "metadata.date",
    "metadata.date",
    "metadata.genre",
  ];
  for (const [index, path] of paths.entries()) {
    assert.equal(failures[index]?.code, "invalid-option", path);
    assert.ok(failures[index].message.startsWith(`options.${path} `), failures[index].message);
  }
});

test("a deployment without sound.js says so, and silent videos do not ask for it", async (t) => {
  const { answers, requests } = browser.server;
  answers.set("/dist/sound.js", (_, response) => response.writeHead(404).end());
  t.after(() => answers.delete("/dist/sound.js"));
  browser.lend(M4A[0], sound(...M4A));
  const page = await browser.open(t);
  const before = requests.length;
  const failure = await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip([await kit.file("flat/red.png")], { fps: 1 });
    await clip.toBlob();
    return kit.failureOf(() => clip.toBlob({ audio: "/sound/errors.m4a" }));
  });
  assert.equal(requests.slice(before).filter((path) => path === "/dist/sound.js").length, 1);
  assert.deepEqual([failure.code, /sound\.js/.test(failure.message)], ["load", true]);
});
