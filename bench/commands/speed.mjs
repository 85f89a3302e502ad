// End to end and encoding alone, everyone side by side and equally good: frames per second, bytes, VMAF, PSNR, memory.
import { rmSync } from "node:fs";
import { alternate, attempt, commonOptions, encodeIn, enter, takeFile } from "../lib/arena.mjs";
import { launch } from "../lib/browser.mjs";
import { cached, peersKey } from "../lib/cache.mjs";
import { capture } from "../lib/command.mjs";
import { CONTENDERS, DEFAULT_QP, ENCODE_ONLY, KEYFRAME_INTERVAL } from "../lib/contenders.mjs";
import { content, FPS, rawFrames } from "../lib/content.mjs";
import { buildEncodeOnlyWasm, buildNative } from "../lib/install.mjs";
import { dialValues, NEAR_VMAF, nearest } from "../lib/match.mjs";
import { quality } from "../lib/quality.mjs";
import { ratios, summary } from "../lib/stats.mjs";

const SIZE = "720p";
const DEFAULT_CONTENTS = ["camera", "editor"];
/** Pictures that warm a page up: its code is then compiled and optimised. */
const WARM_UP = 30;

/** The native encoder as a contender. */
const NATIVE = { id: "native", label: "OpenH264, native with x86 assembly", options: {} };

/** OpenH264 as the encode-only loops take it: low complexity, one QP. */
export function encodeOnlyConfig({ width, height }) {
  return [width, height, FPS, DEFAULT_QP, KEYFRAME_INTERVAL * FPS, 0].join(",");
}

export async function speed(server, { frames, rounds, contents = DEFAULT_CONTENTS, only }) {
  const result = { frames, rounds, size: SIZE };
  for (const kind of contents) {
    const source = await content(kind, SIZE, frames);
    const chosen = CONTENDERS.filter(({ id }) => !only || only.includes(id) || id === "framereel");
    console.log(`\n${kind}, end to end, ${frames} pictures`);
    result[kind] = { endToEnd: await endToEnd(server, chosen, source, rounds) };
    console.log(`\n${kind}, encoding alone`);
    const alone = ENCODE_ONLY.filter((contender) => chosen.includes(contender));
    result[kind].encodeOnly = await encodeOnly(server, [...alone, NATIVE], source, rounds, result[kind].endToEnd);
  }
  return result;
}

/**
 * First each is brought to framereel's VMAF; then a cold run of each in a browser of its own, for memory and quality; then
 * warm rounds in one browser.
 */
async function endToEnd(server, contenders, source, rounds) {
  const failures = new Map();
  const rows = {};
  for (const contender of contenders) {
    await attempt(contender, failures, async () => {
      const dial = contender.dials ? await matched(server, contender, source, rows.framereel?.vmaf) : {};
      rows[contender.id] = { dial, ...(await coldRun(server, contender, source, dial)) };
    });
  }

  const browser = await launch(server);
  const pages = new Map();
  for (const contender of contenders) {
    await attempt(contender, failures, async () => {
      const page = await enter(browser, server, contender, source);
      pages.set(contender.id, page);
      await encodeIn(page, contender, source, { ...rows[contender.id].dial, frames: WARM_UP });
    });
  }
  const turn = async (contender, round) => {
    const page = pages.get(contender.id);
    const { frames, seconds } = await encodeIn(page, contender, source, rows[contender.id].dial);
    console.log(`  round ${round + 1}  ${contender.id}  ${(frames / seconds).toFixed(1)} frames/s`);
    return frames / seconds;
  };
  const rates = await alternate(contenders, rounds, turn, failures);
  await browser.close();
  return withRates(contenders, rates, failures, rows, "framereel");
}

/** The setting at which a contender is as good as framereel, as an option; where none is near enough, the nearest. */
async function matched(server, contender, source, vmaf) {
  if (vmaf === undefined) throw new Error("framereel failed, so there is no quality to match");
  const browser = await launch(server);
  try {
    const page = await enter(browser, server, contender, source);
    const found = [];
    for (const { option, values } of contender.dials) {
      const measure = async (value) => {
        const key = { source: source.name, options: contender.options, [option]: value, peers: peersKey(browser) };
        const at = await cached(`match-${source.kind}-${source.clip}-${contender.id}`, key, async () => {
          await encodeIn(page, contender, source, { [option]: value });
          const file = await takeFile(page, `${source.name}-${contender.id}-match`);
          const { vmaf: reached } = await quality(file, source);
          rmSync(file);
          return reached;
        });
        console.log(`  ${contender.id}  ${option} ${value}  VMAF ${at.toFixed(2)}, wanted ${vmaf.toFixed(2)}`);
        return at;
      };
      const { value, quality: reached } = await nearest(dialValues(values), vmaf, measure);
      found.push({ dial: { [option]: value }, off: Math.abs(reached - vmaf) });
      if (found.at(-1).off <= NEAR_VMAF) break;
    }
    return found.reduce((best, next) => (next.off < best.off ? next : best)).dial;
  } finally {
    await browser.close();
  }
}

async function coldRun(server, contender, source, more) {
  const browser = await launch(server);
  try {
    const page = await enter(browser, server, contender, source);
    const { result, peak } = await browser.withPeakMemory(() => encodeIn(page, contender, source, more));
    const measured = await quality(await takeFile(page, `${source.name}-${contender.id}`), source);
    if (measured.frames !== source.frames) console.log(`  ${contender.id}: ${measured.frames} pictures came out`);
    console.log(`  cold  ${contender.id}  ${result.bytes} bytes, VMAF ${measured.vmaf.toFixed(2)}`);
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
async function encodeOnly(server, contenders, source, rounds, endToEndRows) {
  const failures = new Map();
  const raw = await rawFrames(source);
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
  const options = ({ id, options: own }) => ({
    ...commonOptions(source),
    ...own,
    ...endToEndRows[id]?.dial,
    ...{ wasmUrl, config, url: server.address(raw) },
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
