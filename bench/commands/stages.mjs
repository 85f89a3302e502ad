// Where a picture's time goes in the shipped module, one worker: reading, decoding, converting, encoding.
import { alternate, encodeIn, enter } from "../lib/arena.mjs";
import { launch } from "../lib/browser.mjs";
import { DEFAULT_QP } from "../lib/contenders.mjs";
import { content } from "../lib/content.mjs";
import { summary } from "../lib/stats.mjs";

const DEFAULT_CONTENTS = ["camera", "editor"];

/** The stages in the order of the work; `decode` is what `load` takes beyond `convert`. */
const STAGES = ["read", "decode", "convert", "encode"];

export async function stages(server, { frames, rounds, contents = DEFAULT_CONTENTS }) {
  const browser = await launch(server);
  const result = { frames };
  for (const kind of contents) {
    const source = await content(kind, "720p", frames);
    const contender = { id: kind, page: "stages", options: { qp: DEFAULT_QP } };
    const page = await enter(browser, server, contender, source);
    await encodeIn(page, contender, source, { frames: Math.min(frames, 30) });
    const runs = [];
    const failures = new Map();
    const turn = async () => {
      await encodeIn(page, contender, source);
      const { read, load, convert, encode } = JSON.parse(atob(await page.evaluate(() => bench.take())));
      runs.push({ read, decode: load - convert, convert, encode });
    };
    await alternate([contender], rounds, turn, failures);
    if (failures.size > 0) throw new Error(failures.get(kind));
    // Milliseconds of a picture.
    const each = (stage) => summary(runs.map((run) => (run[stage] * 1000) / frames));
    result[kind] = Object.fromEntries(STAGES.map((stage) => [stage, each(stage)]));
    console.log(
      `  ${kind}: ${STAGES.map((stage) => `${stage} ${result[kind][stage].median.toFixed(1)} ms`).join(", ")}`,
    );
  }
  await browser.close();
  return result;
}
