// How much a second worker helps, end to end.
import { alternate, encodeIn, enter } from "../lib/arena.mjs";
import { launch } from "../lib/browser.mjs";
import { content } from "../lib/content.mjs";
import { ratios, summary } from "../lib/stats.mjs";

const COUNTS = [1, 2];

export async function workers(server, { frames, rounds }) {
  // There and back, so that two keyframe intervals' content serves for four: every worker gets two groups.
  const made = await content("camera", "720p", frames);
  const source = { ...made, files: [...made.files, ...made.files.toReversed()] };
  const contenders = COUNTS.map((count) => ({
    id: `workers-${count}`,
    page: "framereel",
    options: { encode: { workers: count } },
  }));
  const browser = await launch(server);
  const pages = new Map();
  for (const contender of contenders) {
    const page = await enter(browser, server, contender, source);
    await encodeIn(page, contender, source, { frames });
    pages.set(contender.id, page);
  }
  const failures = new Map();
  const turn = async (contender) => {
    const { frames: count, seconds } = await encodeIn(pages.get(contender.id), contender, source);
    console.log(`  ${contender.id}  ${(count / seconds).toFixed(1)} frames/s`);
    return count / seconds;
  };
  const rates = await alternate(contenders, rounds, turn, failures);
  await browser.close();
  if (failures.size > 0) throw new Error([...failures.values()].join("; "));
  const [one, two] = COUNTS.map((count) => rates.get(`workers-${count}`));
  return { frames: source.files.length, one: summary(one), two: summary(two), ratio: ratios(two, one) };
}
