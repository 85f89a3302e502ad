// What holds for every clip, whatever its sizes, rate or durations and order, and whenever it is cancelled. fast-check makes the clips up,
// the same ones every time; FRAMEREEL_RUNS=1000 makes more of them, FRAMEREEL_SEED others. Independent programs judge the files.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { harness } from "./support/harness.mjs";
import { assertColour, colourAt, decodedFrames, judgeFile, probe } from "./support/judge.mjs";

const browser = harness();
const checking = (usual) => ({
  numRuns: Number(process.env.FRAMEREEL_RUNS ?? usual),
  seed: Number(process.env.FRAMEREEL_SEED ?? 20_261),
  includeErrorInReport: true,
});

/** Clips in `npm test`: some ten seconds of each test. */
const CLIPS = 24;
const CANCELS = 40;

/** Of a description. */
const MOST_IMAGES = 14;
const MOST_WORKERS = 3;
/** Colours that no encoder mistakes for each other: three levels of each channel. */
const COLOURS = Array.from({ length: MOST_IMAGES }, (_, index) =>
  [1, 3, 9].map((step) => 40 + 88 * (Math.floor(index / step) % 3)),
);
/** Codes that a channel may be off: the levels are 88 apart. */
const TOLERANCE = 30;
/** Seconds: a tick of the clock of clips with durations. */
const TICK = 1 / 90_000;
/** What ffprobe's durations are rounded to. */
const MICROSECOND = 1e-6;
/** What the short names of NTSC's rates stand for (SMPTE ST 170). */
const NTSC = new Map([
  [23.976, 24_000 / 1001],
  [29.97, 30_000 / 1001],
  [59.94, 60_000 / 1001],
]);

/** A page that makes clips by description and counts what it leaves behind. */
async function openPage(t) {
  const page = await browser.open(t);
  await page.evaluate(async () => {
    await import("/engines/support/faulty.mjs");
    await import("/support/described-clip.mjs");
    faulty.countWorkers();
  });
  return page;
}

/** Plain objects: those without a prototype, which fast-check makes as well, are equal to none. */
const record = (model, options = {}) => fc.record(model, { ...options, noNullPrototype: true });

/** Sizes of the images and how they fill the video. Where they are shown whole, none is so narrow that its colour is lost. */
function shapes() {
  const images = (least) => {
    const side = fc.integer({ min: least, max: 150 });
    return fc.array(record({ width: side, height: side }), { minLength: 1, maxLength: MOST_IMAGES });
  };
  const even = fc.integer({ min: 8, max: 80 }).map((half) => 2 * half);
  const size = fc.oneof(fc.constantFrom("first", "largest"), record({ width: even, height: even }));
  return fc.oneof(
    record({ sizes: images(16), size, fit: fc.constantFrom("stretch", "cover") }),
    record({
      sizes: images(48),
      size: fc.constantFrom("first", "largest"),
      fit: fc.constantFrom("contain"),
    }),
  );
}

const rate = fc.oneof(
  fc.integer({ min: 1, max: 240 }),
  fc.constantFrom(23.976, 29.97, 59.94, 0.5, 12.5),
  record({ num: fc.integer({ min: 1, max: 90_000 }), den: fc.integer({ min: 1, max: 1001 }) }),
);
const duration = fc.oneof(fc.double({ min: 0.001, max: 30, noNaN: true }), fc.constantFrom(0.04, 1 / 3, 600));

const description = record({
  shape: shapes(),
  times: fc.oneof(
    record({ fps: rate.filter((fps) => perSecond(fps) <= 1000) }),
    record({ durations: fc.array(duration, { minLength: MOST_IMAGES, maxLength: MOST_IMAGES }) }),
  ),
  /** What is done to the order, one after the other. */
  orders: fc.array(fc.constantFrom("reversed", "boomerang", "repeated", "concat"), { maxLength: 2 }),
  way: fc.constantFrom("encode", "writeTo"),
  encode: record(
    {
      workers: fc.integer({ min: 1, max: MOST_WORKERS }),
      keyframeInterval: fc.constantFrom(0.01, 0.1, 1, 1000),
      profile: fc.constantFrom("baseline", "main", "high"),
      speed: fc.constantFrom("fast", "balanced", "small"),
      qp: fc.integer({ min: 0, max: 34 }),
    },
    { requiredKeys: ["workers"] },
  ),
  isFragmented: fc.boolean(),
}).map(({ shape: { sizes, size, fit }, times: { fps, durations }, orders, way, encode, isFragmented }) => ({
  sizes,
  colours: COLOURS.slice(0, sizes.length),
  clip: { size, fit, ...(durations ? { durations: durations.slice(0, sizes.length) } : { fps }) },
  orders,
  way,
  encode: { ...encode, ...(way === "encode" && { container: isFragmented ? "fragmented" : "faststart" }) },
}));

/** Images per second. */
function perSecond(fps) {
  return typeof fps === "object" ? fps.num / fps.den : (NTSC.get(fps) ?? fps);
}

/** Which images a clip shows, in order, each with its seconds. */
function shown({ sizes, orders, clip: { fps, durations } }) {
  const seconds = durations ?? sizes.map(() => 1 / perSecond(fps));
  const images = seconds.map((seconds, index) => ({ index, seconds }));
  return orders.reduce((list, order) => {
    if (order === "reversed") return list.toReversed();
    // There and back, neither end twice.
    return list.concat(order === "boomerang" ? list.slice(1, -1).toReversed() : list);
  }, images);
}

/** Fails unless the video is as large as was asked, or as the image it goes by: the first that is shown. 4:2:0 needs even sides. */
function assertSize({ width, height }, { sizes, clip: { size } }, [first]) {
  if (typeof size === "object") return assert.deepEqual({ width, height }, size);
  const pixels = ({ width, height }) => width * height;
  const [image] = size === "first" ? [sizes[first.index]] : sizes.toSorted((a, b) => pixels(b) - pixels(a));
  assert.ok(width % 2 === 0 && height % 2 === 0, `${width} x ${height}`);
  const isNear = Math.abs(width - image.width) <= 1 && Math.abs(height - image.height) <= 1;
  assert.ok(isNear, `${width} x ${height} for ${image.width} x ${image.height}`);
}

function assertTimes({ starts, duration }, expected) {
  let sum = 0;
  for (const [place, { seconds }] of expected.entries()) {
    assert.ok(Math.abs(starts[place] - sum) <= TICK, `sample ${place} at ${starts[place]} s for ${sum}`);
    sum += seconds;
  }
  assert.ok(Math.abs(duration - sum) <= TICK + MICROSECOND, `${duration} s for ${sum}`);
}

/** Fails unless each picture that is no keyframe begins sooner than `interval` after the last one. */
function assertKeyframes({ starts, keyframes }, interval = Number.POSITIVE_INFINITY) {
  assert.equal(keyframes[0], 0);
  let last = 0;
  for (const [place, start] of starts.entries()) {
    if (keyframes.includes(place)) last = start;
    else assert.ok(start - last < interval, `no keyframe from ${last} s to ${start} s, ${interval} s allowed`);
  }
}

test("n images in, n samples out, of the right size, in order, at their times, for any clip", async (t) => {
  const page = await openPage(t);
  let number = 0;
  await fc.assert(
    fc.asyncProperty(description, async (given) => {
      const name = `property-${number++}.mp4`;
      const made = await page.evaluate((args) => described.encode(...args), [given, name]);
      const expected = shown(given);
      const file = probe(name);
      assert.deepEqual([file.samples, made.length, made.stats.frames], Array(3).fill(expected.length));
      assertSize(file, given, expected);
      assertTimes(file, expected);
      assertKeyframes(file, given.encode.keyframeInterval);
      const { width, height, keyframes, bytes } = made.stats;
      assert.deepEqual([width, height, keyframes], [file.width, file.height, file.keyframes.length]);
      assert.equal(bytes, made.bytes);
      assert.ok(Math.abs(made.duration - file.duration) <= MICROSECOND, `${made.duration} s are ${file.duration}`);
      await judgeFile(name);
      const frames = decodedFrames(name, file);
      assert.equal(frames.length, expected.length);
      const centre = { x: width / 2, y: height / 2 };
      for (const [place, { index }] of expected.entries())
        assertColour(colourAt(frames[place], width, centre, 2), COLOURS[index], TOLERANCE, `sample ${place}`);
    }),
    checking(CLIPS),
  );
});

test("a clip that is cancelled at any image ends with the reason and leaves nothing, and the next is right", async (t) => {
  const page = await openPage(t);
  let cancelled = 0;
  const images = fc.integer({ min: -1, max: MOST_IMAGES });
  await fc.assert(
    fc.asyncProperty(description, images, async (given, images) => {
      const { outcome, heard, isNextRight, left } = await page.evaluate(
        (args) => described.cancel(...args),
        [given, images, MOST_WORKERS],
      );
      // A small clip may be done before its first images are told.
      assert.match(outcome, /^(enough|fulfilled)$/);
      const isCancelled = outcome === "enough";
      assert.ok(isCancelled || images >= 0, "a signal that was aborted before");
      if (given.way === "writeTo") assert.deepEqual(heard, [isCancelled ? "enough" : "close"]);
      assert.ok(isNextRight, "the next file is another one");
      assert.ok(left.workers <= MOST_WORKERS && left.addresses === 0, JSON.stringify(left));
      cancelled += Number(isCancelled);
    }),
    checking(CANCELS),
  );
  t.diagnostic(`${cancelled} of ${checking(CANCELS).numRuns} were cancelled`);
  assert.ok(cancelled > 0);
});
