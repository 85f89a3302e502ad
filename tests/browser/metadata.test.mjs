// Title, artist, comment and date are in the file where they are asked for, and nothing is where they are not.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { readBoxes } from "../support/judge/boxes.mjs";
import { harness } from "./support/harness.mjs";
import { assertDecodesCleanly } from "./support/judge.mjs";
import { receivedFolder } from "./support/server.mjs";

const browser = harness();

const TAGS = { title: "Zwölf Boxkämpfer 🥊", artist: "A & B", comment: "two\nlines" };

function formatTags(name) {
  const args = ["-v", "error", "-show_entries", "format_tags:stream_tags", "-of", "json", join(receivedFolder, name)];
  const { format, streams } = JSON.parse(execFileSync("ffprobe", args));
  return { file: format.tags, streams: streams.map(({ tags }) => tags) };
}

for (const container of ["faststart", "fragmented"]) {
  test(`${container}: ffprobe reads the tags and the date`, async () => {
    const page = await browser.shared();
    await page.evaluate(
      async ({ container, tags }) => {
        const clip = new kit.ImageSequenceClip([await kit.file("flat/red.png")], { fps: 1 });
        const metadata = { ...tags, date: new Date("2024-02-29T12:34:56.789Z") };
        await kit.upload(await clip.toBlob({ container, metadata }), `tags-${container}.mp4`);
      },
      { container, tags: TAGS },
    );
    const { file, streams } = formatTags(`tags-${container}.mp4`);
    assert.deepEqual({ title: file.title, artist: file.artist, comment: file.comment }, TAGS);
    assert.equal(file.creation_time, "2024-02-29T12:34:56.000000Z");
    assert.equal(streams[0].creation_time, "2024-02-29T12:34:56.000000Z");
    // ffprobe takes seconds from 1970 for right as well, which the standard does not know.
    const { created } = readBoxes(join(receivedFolder, `tags-${container}.mp4`));
    assert.equal(created.toISOString(), "2024-02-29T12:34:56.000Z");
    assertDecodesCleanly(`tags-${container}.mp4`);
  });
}

test("nothing is said that was not asked for, and empty tags are none", async () => {
  const page = await browser.shared();
  const [without, empty] = await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip([await kit.file("flat/red.png")], { fps: 1 });
    const blob = await clip.toBlob();
    await kit.upload(blob, "no-tags.mp4");
    const metadata = { title: "", artist: undefined };
    return [await kit.digest(blob), await kit.digest(await clip.toBlob({ metadata }))];
  });
  assert.equal(empty, without);
  const { file, streams } = formatTags("no-tags.mp4");
  assert.deepEqual(Object.keys(file).sort(), ["compatible_brands", "major_brand", "minor_version"]);
  assert.equal(streams[0].creation_time, undefined);
});

test("a stream and a SequenceEncoder have them too", async () => {
  const page = await browser.shared();
  await page.evaluate(async (metadata) => {
    const parts = [];
    const sink = new WritableStream({ write: (bytes) => void parts.push(bytes) });
    const encoder = new kit.SequenceEncoder({ width: 64, height: 48, fps: 5, metadata, sink });
    const canvas = new OffscreenCanvas(64, 48);
    canvas.getContext("2d").fillRect(0, 0, 9, 9);
    for (let frame = 0; frame < 8; frame++) await encoder.add(canvas);
    await encoder.finish();
    await kit.upload(new Blob(parts), "tags-stream.mp4");
  }, TAGS);
  const { title, artist } = formatTags("tags-stream.mp4").file;
  assert.deepEqual([title, artist], [TAGS.title, TAGS.artist]);
});
