// Workers that have no group of their own any more make pictures for another one's: the file and the errors stay the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "./support/harness.mjs";

const browser = harness();

/** Images of each of the clip's two groups. */
const COUNT = 24;

/**
 * Encodes a clip whose first group is one flat picture, and whose second one's first picture comes when the first group is done, so that its
 * worker is free. Gives the file's digest or the failure, what workers were told, and the digest of one worker's file.
 */
async function encodeHelped(t, { fault = "", broken = -1 } = {}) {
  let release;
  const late = new Promise((resolve) => {
    release = resolve;
  });
  browser.server.answers.set("/late.jpg", async (_, response) => {
    await late;
    response.writeHead(302, { location: "/fixtures/jpg/frame1.jpg" }).end();
  });
  t.after(() => browser.server.answers.delete("/late.jpg"));
  const page = await browser.open(t);
  await page.exposeFunction("release", () => release());
  return page.evaluate(
    async ({ COUNT, fault, broken }) => {
      const told = { helpers: 0, pictures: 0, givenBack: 0 };
      const { postMessage } = Worker.prototype;
      Worker.prototype.postMessage = function (message, ...rest) {
        if (message.task?.kind === "makePictures") told.helpers++;
        for (const { samples } of message.more?.pictures ?? []) told[samples ? "pictures" : "givenBack"]++;
        return postMessage.call(this, message, ...rest);
      };
      kit.configure({
        createWorker: () => new Worker(`/support/wrapped-worker.js?fault=${fault}`, { type: "module" }),
      });
      const [first, ...others] = await kit.files("jpg", COUNT);
      if (broken > 0)
        others[broken - 1] = new File([await others[broken - 1].slice(0, 2000).arrayBuffer()], "broken.jpg");
      const flat = Array(COUNT).fill(await kit.file("flat/red.png"));
      const clip = (image) =>
        new kit.ImageSequenceClip([...flat, image, ...others], { fps: 8, size: { width: 1280, height: 720 } });
      let digest;
      const failure = await kit.failureOf(async () => {
        const onProgress = ({ done }) => done >= COUNT && release();
        digest = await kit.digest(await clip("/late.jpg").toBlob({ workers: 2, onProgress }));
      });
      const alone = failure ? undefined : await kit.digest(await clip(first).toBlob({ workers: 1 }));
      return { digest, alone, failure, told };
    },
    { COUNT, fault, broken },
  );
}

test("a worker without a group makes pictures for the one that still encodes; the file is the same", async (t) => {
  const { digest, alone, told } = await encodeHelped(t);
  assert.equal(digest, alone);
  assert.ok(told.helpers >= 1, JSON.stringify(told));
  assert.ok(told.pictures >= 1, JSON.stringify(told));
});

test("a helper that breaks down gives its pictures back; the file is the same", async (t) => {
  const { digest, alone, told } = await encodeHelped(t, { fault: "helps badly" });
  assert.equal(digest, alone);
  assert.deepEqual([told.helpers, told.pictures], [1, 0]);
  assert.ok(told.givenBack >= 1, JSON.stringify(told));
});

test("an image that a helper cannot read fails at its turn and is named", async (t) => {
  const { failure, told } = await encodeHelped(t, { broken: 6 });
  assert.deepEqual([failure.code, failure.imageIndex, failure.imageName], ["corrupt-image", COUNT + 6, "broken.jpg"]);
  assert.ok(told.helpers >= 1, JSON.stringify(told));
});
