// Decoders that are wasm files of their own: fetched when the first such file is met, once, and clear errors where they are not.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import binaryen from "binaryen";
import { inRoot } from "../../scripts/lib/project.mjs";
import { fixturesFolder } from "../fixtures/make-fixtures.mjs";
import { harness } from "./support/harness.mjs";

const browser = harness();

/** Encodes files on a page and says how that fails, if it does. */
function failure(page, paths, { options = {}, configuration } = {}) {
  return page.evaluate(
    async ({ paths, options, configuration }) => {
      if (configuration) kit.configure(configuration);
      const files = await Promise.all(paths.map(kit.file));
      const clip = new kit.ImageSequenceClip(files, { fps: 1, size: { width: 96, height: 64 }, ...options });
      return kit.failureOf(() => clip.toBlob({ workers: 2 }));
    },
    { paths, options, configuration },
  );
}

const wasmRequests = () => browser.server.requests.filter((path) => path.endsWith(".wasm"));

function answerWith(t, path, status, type, body = "") {
  browser.server.answers.set(path, (_, response) => {
    response.writeHead(status, { "Content-Type": type });
    response.end(body);
  });
  t.after(() => browser.server.answers.delete(path));
}

test("each decoder is fetched when the first such file is met, and once for all workers", async (t) => {
  const page = await browser.open(t);
  browser.server.requests.length = 0;
  assert.equal(await failure(page, ["card/rgb.png", "card/baseline.jpg", "card/rgb.gif"]), undefined);
  assert.deepEqual(wasmRequests(), ["/dist/framereel.wasm"]);
  const many = Array.from({ length: 16 }, (_, index) => ["card/rgb.tif", "card/rgb.bmp", "card/rgb.tga"][index % 3]);
  assert.equal(await failure(page, many), undefined);
  assert.deepEqual(wasmRequests(), ["/dist/framereel.wasm", "/dist/formats.wasm"]);
  assert.equal(await failure(page, ["card/rgb.heic", "card/rgb.tif", "card/rgba.heic"]), undefined);
  assert.deepEqual(wasmRequests(), ["/dist/framereel.wasm", "/dist/formats.wasm", "/dist/heic.wasm"]);
});

for (const [file, option, path, format] of [
  ["formats.wasm", "formatsUrl", "card/rgb.tga", "decoder of such files"],
  ["heic.wasm", "heicUrl", "card/rgb.heic", "decoder of HEIC"],
]) {
  test(`without ${file} the error names the image and the file, and the next encode works`, async (t) => {
    answerWith(t, `/dist/${file}`, 404, "text/plain", "no");
    const page = await browser.open(t);
    const error = await failure(page, ["card/rgb.png", path]);
    assert.equal(error.code, "load");
    assert.deepEqual([error.imageIndex, error.imageName], [1, path.split("/")[1]]);
    assert.match(error.message, new RegExp(`Image 2 .*${format}.*${file}.* was not found at .*HTTP 404.*${option}`));
    // The image that says the size is looked at before the others.
    assert.equal((await failure(page, [path], { options: { size: "first" } })).code, "load");
    assert.equal(await failure(page, ["card/rgb.png"]), undefined);
    browser.server.answers.delete(`/dist/${file}`);
    assert.equal(await failure(page, [path]), undefined);
  });

  test(`configure moves ${file}`, async (t) => {
    answerWith(t, `/moved/${file}`, 200, "application/wasm", await readFile(inRoot("dist", file)));
    const page = await browser.open(t);
    browser.server.requests.length = 0;
    assert.equal(await failure(page, [path], { configuration: { [option]: `/moved/${file}` } }), undefined);
    assert.deepEqual(wasmRequests(), ["/dist/framereel.wasm", `/moved/${file}`]);
  });
}

test("where the browser can, it decodes for a decoder that is not there", async (t) => {
  answerWith(t, "/dist/formats.wasm", 404, "text/plain", "no");
  const page = await browser.open(t);
  assert.equal(await failure(page, ["card/rgb.bmp", "card/rgba.ico"]), undefined);
});

test("a TGA goes by its name, and a file with a wrong name is none", async (t) => {
  const whole = await readFile(join(fixturesFolder, "card", "rgb.tga"));
  answerWith(t, "/named/render.tga", 200, "application/octet-stream", whole.subarray(0, 18 + 96 * 64 * 3));
  const page = await browser.open(t);
  const codes = await page.evaluate(async () => {
    // Without the footer, by which newer files tell.
    const bytes = (await (await kit.file("card/rgb.tga")).arrayBuffer()).slice(0, 18 + 96 * 64 * 3);
    const encode = (name, content) =>
      kit.failureOf(() => new kit.ImageSequenceClip([new File([content], name)], { fps: 1 }).toBlob());
    const fetched = () => new kit.ImageSequenceClip(["/named/render.tga?1"], { fps: 1 }).toBlob();
    const failures = [
      await kit.failureOf(fetched),
      await encode("render.tga", bytes),
      await encode("render.bin", bytes),
      await encode("text.tga", "This is a text, whatever its name says."),
    ];
    return failures.map((failure) => failure?.code);
  });
  assert.deepEqual(codes, [undefined, undefined, "unsupported-image", "unsupported-image"]);
});

test("a decoder that breaks down is that image's error, and the next image gets a new one", async (t) => {
  const broken = breakingDownAt(await readFile(inRoot("dist", "heic.wasm")), "decode");
  answerWith(t, "/broken/heic.wasm", 200, "application/wasm", broken);
  const page = await browser.open(t);
  const configuration = { heicUrl: "/broken/heic.wasm" };
  for (let time = 0; time < 2; time += 1) {
    const error = await failure(page, ["card/rgb.png", "card/rgb.heic"], { configuration });
    assert.deepEqual([error.code, error.imageIndex, error.imageName], ["corrupt-image", 1, "rgb.heic"]);
    assert.match(error.message, /the decoder breaks down at it/);
  }
  assert.equal(await failure(page, ["card/rgb.png", "card/rgb.tif"]), undefined);
  assert.equal(await failure(page, ["card/rgb.heic"], { configuration: { heicUrl: undefined } }), undefined);
});

test("a decoder whose memory is at its end is a limit, and the next image gets a new one", async (t) => {
  const full = breakingDownAt(await readFile(inRoot("dist", "heic.wasm")), "decode", { filled: true });
  answerWith(t, "/full/heic.wasm", 200, "application/wasm", full);
  const page = await browser.open(t);
  const error = await failure(page, ["card/rgb.png", "card/rgb.heic"], {
    configuration: { heicUrl: "/full/heic.wasm" },
  });
  assert.deepEqual([error.code, error.imageIndex, error.imageName], ["limit", 1, "rgb.heic"]);
  assert.match(error.message, /no memory is left for the decoded image/);
  assert.equal(await failure(page, ["card/rgb.png", "card/rgb.tif"]), undefined);
});

/** Pages of wasm memory that a full one was grown by at a time: 256 MB. */
const PAGES = 4096;

/** The module with a function that traps at once, as a Rust panic does, or when its memory is `filled`, as a failed allocation does. */
function breakingDownAt(bytes, name, { filled = false } = {}) {
  const module = binaryen.readBinary(bytes);
  const { value } = binaryen.getExportInfo(module.getExport(name));
  const { params, results } = binaryen.getFunctionInfo(module.getFunction(value));
  module.removeFunction(value);
  const grown = module.i32.ne(module.memory.grow(module.i32.const(PAGES)), module.i32.const(-1));
  const fill = module.loop("fill", module.if(grown, module.br("fill")));
  const body = filled ? module.block(null, [fill, module.unreachable()]) : module.unreachable();
  module.addFunction(value, params, results, [], body);
  const made = module.emitBinary();
  module.dispose();
  return Buffer.from(made);
}
