// End to end and encoding alone, everyone side by side: frames per second, bytes, PSNR and SSIM, memory.
import { alternate, attempt, commonOptions, encodeIn, enter, takeFile } from "../lib/arena.mjs";
import { launch } from "../lib/browser.mjs";
import { capture } from "../lib/command.mjs";
import { CONTENDERS, DEFAULT_QP, ENCODE_ONLY, KEYFRAME_INTERVAL } from "../lib/contenders.mjs";
import { content, FPS, rawFrames } from "../lib/content.mjs";
import { buildEncodeOnlyWasm, buildNative } from "../lib/install.mjs";
import { quality } from "../lib/quality.mjs";
import { ratios, summary } from "../lib/stats.mjs";

const SIZE = "720p";
/** Pictures that warm a page up: its code is then compiled and optimised. */
const WARM_UP = 30;

/** The native encoder as a contender. */
const NATIVE = { id: "native", label: "OpenH264, native with x86 assembly", options: {} };

/** framereel's default speed and content as the encode-only loops take them: low complexity, two temporal layers. */
export function encodeOnlyConfig({ width, height }) {
  return [width, height, FPS, DEFAULT_QP, KEYFRAME_INTERVAL * FPS, 2, 0, 0].join(",");
}

export async function speed(server, { frames, rounds, contents, only }) {
  const result = { frames, rounds, size: SIZE };
  for (const kind of contents) {
    const source = content(kind, SIZE, frames);
    const chosen = CONTENDERS.filter(({ id }) => !only || only.includes(id) || id === "framereel");
    console.log(`\n${kind}, end to end, ${frames} pictures`);
    result[kind] = { endToEnd: await endToEnd(server, chosen, source, rounds) };
    console.log(`\n${kind}, encoding alone`);
    const alone = ENCODE_ONLY.filter((contender) => chosen.includes(contender));
    const bitrate = bitrateOf(result[kind].endToEnd.framereel, source);
    result[kind].encodeOnly = await encodeOnly(server, [...alone, NATIVE], source, rounds, bitrate);
  }
  return result;
}

/** First a cold run of each in a browser of its own, for memory and quality; then warm rounds in one browser. */
async function endToEnd(server, contenders, source, rounds) {
  const failures = new Map();
  const rows = {};
  let bitrate;
  const withRate = (contender) => (contender.needsBitrate ? { bitrate } : {});
  for (const contender of contenders) {
    await attempt(contender, failures, async () => {
      if (contender.needsBitrate && bitrate === undefined) throw new Error("framereel failed, so no bit rate is known");
      const row = await coldRun(server, contender, source, withRate(contender));
      rows[contender.id] = row;
      if (contender.id === "framereel") bitrate = bitrateOf(row, source);
    });
  }

  const browser = await launch(server);
  const pages = new Map();
  for (const contender of contenders) {
    await attempt(contender, failures, async () => {
      const page = await enter(browser, server, contender, source);
      pages.set(contender.id, page);
      await encodeIn(page, contender, source, { ...withRate(contender), frames: WARM_UP });
    });
  }
  const turn = async (contender, round) => {
    const { frames, seconds } = await encodeIn(pages.get(contender.id), contender, source, withRate(contender));
    console.log(`  round ${round + 1}  ${contender.id}  ${(frames / seconds).toFixed(1)} frames/s`);
    return frames / seconds;
  };
  const rates = await alternate(contenders, rounds, turn, failures);
  await browser.close();
  return withRates(contenders, rates, failures, rows, "framereel");
}

async function coldRun(server, contender, source, more) {
  const browser = await launch(server);
  try {
    const page = await enter(browser, server, contender, source);
    const { result, peak } = await browser.withPeakMemory(() => encodeIn(page, contender, source, more));
    const measured = quality(await takeFile(page, `${source.kind}-${contender.id}`), source);
    if (measured.frames !== source.frames) console.log(`  ${contender.id}: ${measured.frames} pictures came out`);
    console.log(`  cold  ${contender.id}  ${result.bytes} bytes, ${measured.psnrY.toFixed(2)} dB`);
    return {
      ...measured,
      bytes: result.bytes,
      coldSeconds: result.seconds,
      peakMemory: peak,
      browser: browser.version,
    };
  } finally {
    await browser.close();
  }
}

/** Raw pictures in, nothing written but the stream; native programs take their turns among the pages. */
async function encodeOnly(server, contenders, source, rounds, bitrate) {
  const failures = new Map();
  const raw = rawFrames(source);
  const config = encodeOnlyConfig(source);
  const bytes = {};
  let native;
  let wasmUrl;
  await attempt(NATIVE, failures, async () => {
    native = buildNative();
  });
  await attempt(contenders[0], failures, async () => {
    wasmUrl = server.address(buildEncodeOnlyWasm());
  });

  const browser = await launch(server);
  const pages = new Map();
  const options = (contender) => ({
    ...commonOptions(source),
    ...contender.options,
    ...{ bitrate, wasmUrl, config, url: server.address(raw) },
  });
  const turn = async (contender, round) => {
    const { id } = contender;
    const run =
      id === "native"
        ? JSON.parse(capture(native, [raw, config]).stdout)
        : await pages.get(id).evaluate((given) => bench.encodeOnly(given), options(contender));
    bytes[id] = { bytes: run.bytes };
    if (round >= 0) console.log(`  round ${round + 1}  ${id}  ${(run.frames / run.seconds).toFixed(1)} frames/s`);
    return run.frames / run.seconds;
  };
  for (const contender of contenders) {
    await attempt(contender, failures, async () => {
      if (contender.page) pages.set(contender.id, await browser.open(contender.page));
      // Warms up.
      await turn(contender, -1);
    });
  }
  const rates = await alternate(contenders, rounds, turn, failures);
  await browser.close();
  return withRates(contenders, rates, failures, bytes, "framereel");
}

/** Rows with their rates, and framereel's ratio to each. */
function withRates(contenders, rates, failures, rows, anchor) {
  const entries = contenders.map(({ id, label }) => {
    const failure = failures.get(id);
    if (failure !== undefined) return [id, { label, failure }];
    const row = { ...rows[id], label, rates: rates.get(id), framesPerSecond: summary(rates.get(id)) };
    return [id, { ...row, ratio: ratios(rates.get(anchor), rates.get(id)) }];
  });
  return Object.fromEntries(entries);
}

function bitrateOf(row, { frames }) {
  return row?.bytes === undefined ? undefined : Math.round((row.bytes * 8 * FPS) / frames);
}
