// Two builds of framereel by turns in one browser, end to end at their default options: is the new one slower anywhere?
import { CommandError } from "../../scripts/lib/project.mjs";
import { alternate, encodeIn, enter } from "../lib/arena.mjs";
import { launch } from "../lib/browser.mjs";
import { eachClip } from "../lib/each-clip.mjs";
import { buildRevision } from "../lib/install.mjs";
import { ratios, summary } from "../lib/stats.mjs";

export async function builds(server, options) {
  if (!options.old) throw new CommandError("builds: name the revision to compare with, as --old=v0.1.0");
  const contenders = [
    { id: "new", page: "framereel", options: {} },
    { id: "old", page: "framereel", options: {}, build: buildRevision(options.old) },
  ];
  await eachClip(options, {}, async (source, keep) => {
    const browser = await launch(server);
    try {
      const pages = new Map();
      const bytes = {};
      for (const contender of contenders) {
        const page = await enter(browser, server, contender, source);
        pages.set(contender.id, page);
        // Warms up.
        bytes[contender.id] = (await encodeIn(page, contender, source)).bytes;
      }
      const failures = new Map();
      const turn = async (contender) => {
        const { frames, seconds } = await encodeIn(pages.get(contender.id), contender, source);
        console.log(`  ${contender.id}  ${(frames / seconds).toFixed(1)} frames/s`);
        return frames / seconds;
      };
      const rates = await alternate(contenders, options.rounds, turn, failures);
      if (failures.size > 0) throw new Error([...failures.values()].join("; "));
      const [newer, older] = contenders.map(({ id }) => rates.get(id));
      const ratio = ratios(newer, older);
      console.log(`  new / old ${ratio.median.toFixed(2)}`);
      keep({ rounds: options.rounds, old: options.old, bytes, new: summary(newer), older: summary(older), ratio });
    } finally {
      await browser.close();
    }
  });
}
