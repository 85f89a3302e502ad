// Rate and distortion on every kind: framereel's named qualities against native x264, by luma PSNR and VMAF, from
// lossless files. x264's points and framereel's of the same build are measured once and kept.
import { rmSync } from "node:fs";
import { attempt, encodeIn, enter, takeFile } from "../lib/arena.mjs";
import { launch } from "../lib/browser.mjs";
import { cached, peersKey, productHash } from "../lib/cache.mjs";
import { FPS } from "../lib/content.mjs";
import { eachClip } from "../lib/each-clip.mjs";
import { REFERENCE_CRFS, summarise } from "../lib/rd-summary.mjs";
import { measured, x264Curve, x264Point } from "../lib/x264.mjs";

/** The preset of BD-rate's anchor, and the one that the named qualities are compared with. */
const ANCHOR = "veryfast";
const REFERENCE = "medium";

const QUALITIES = Object.keys(REFERENCE_CRFS);
/** Of minih264, which knows no names: as far apart as the named qualities. */
const QPS = [17, 20, 23, 28, 31, 34];

/** What framereel decides itself, and the two choices that a user can make instead. */
const CONTENTS = ["auto", "photo", "screen"];

/** `--others`: framereel's other settings, and its rivals at the default speed of each. */
const OTHERS = [
  variant("fast", 'framereel, `speed: "fast"`', { speed: "fast" }),
  variant("small", 'framereel, `speed: "small"`', { speed: "small" }),
  variant("baseline", 'framereel, `profile: "baseline"`', { profile: "baseline" }),
  minih264("mp4-h264", "mp4-h264, speed 8", { speed: 8 }),
  minih264("h264-mp4-encoder", "h264-mp4-encoder", {}),
  // It knows bit rates only: those that framereel came to.
  { id: "webcodecs", label: "WebCodecs (software)", page: "webcodecs", matrices: ["bt709", "bt601"] },
];

function variant(id, label, encode) {
  return { id, label, page: "framereel", points: QUALITIES.map((quality) => ({ encode: { ...encode, quality } })) };
}

function minih264(id, label, options) {
  return { id, label, page: id, points: QPS.map((qp) => ({ ...options, qp })), matrices: ["bt709", "bt601"] };
}

export async function rd(server, options) {
  const product = productHash();
  await eachClip(options, { lossless: true }, async (source, keep) => {
    const anchor = await x264Curve(source, ANCHOR);
    const references = {};
    for (const [name, crf] of Object.entries(REFERENCE_CRFS)) {
      references[name] = await x264Point(source, REFERENCE, crf);
    }
    const curves = {};
    await inPage(server, { page: "framereel" }, source, async (encode) => {
      for (const content of CONTENTS) {
        const found = [];
        for (const quality of QUALITIES) {
          found.push({ quality, ...(await encode(product, { encode: { content, quality } }, ["bt709"])) });
        }
        curves[content] = found;
      }
    });
    const others = options.others ? await measureOthers(server, source, product, curves.auto) : undefined;
    const entry = { anchor, references, curves, others };
    console.log(`  ${said(summarise(entry))}`);
    keep(entry);
  });
}

async function measureOthers(server, source, product, ours) {
  const failures = new Map();
  const result = {
    "x264-ultrafast": { label: "x264 ultrafast, native", points: await x264Curve(source, "ultrafast") },
  };
  for (const other of OTHERS) {
    await attempt(other, failures, async () => {
      const settings =
        other.points ?? ours.map(({ bytes }) => ({ bitrate: Math.round((bytes * 8 * FPS) / source.frames) }));
      const points = [];
      await inPage(server, other, source, async (encode, browser) => {
        const version = other.page === "framereel" ? product : peersKey(await browser());
        for (const setting of settings) points.push(await encode(version, setting, other.matrices ?? ["bt709"]));
      });
      result[other.id] = { label: other.label, points };
    });
  }
  for (const [id, failure] of failures) result[id] = { label: id, failure };
  return result;
}

/**
 * Gives `body` a function that encodes with some options and measures the file. The browser is started when the first
 * is not known yet.
 */
async function inPage(server, contender, source, body) {
  let opened;
  const browser = () => {
    opened ??= launch(server);
    return opened;
  };
  let page;
  const encode = (version, options, matrices) =>
    cached(
      `rd-${source.kind}-${source.clip}-${contender.page}`,
      { source: source.name, version, options },
      async () => {
        page ??= await enter(await browser(), server, contender, source);
        await encodeIn(page, { options }, source);
        const words = Object.values({ ...options, ...options.encode }).filter((value) => typeof value !== "object");
        const file = await takeFile(page, [source.name, contender.page, ...words].join("-"));
        const point = await measured(file, source, {}, matrices);
        rmSync(file);
        return point;
      },
    );
  try {
    await body(encode, browser);
  } finally {
    await (await opened)?.close();
  }
}

/** A clip's results in a line. */
function said({ bd, names }) {
  const percent = (share) => (share === null ? "none" : `${(share * 100).toFixed(1)} %`);
  const rates = CONTENTS.map((content) => `${content} ${percent(bd[content].psnr)} / ${percent(bd[content].vmaf)}`);
  return `BD-rate by PSNR / VMAF: ${rates.join(", ")}; default ${names.high.ratio.toFixed(2)} of x264 medium's bytes, VMAF ${names.high.vmaf.toFixed(2)}`;
}
