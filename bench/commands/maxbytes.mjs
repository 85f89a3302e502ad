// What a limit in bytes costs in time: encodes with `maxBytes` and plain ones by turns, and how much of the limit is used.
import { alternate, encodeIn, enter } from "../lib/arena.mjs";
import { launch } from "../lib/browser.mjs";
import { eachClip } from "../lib/each-clip.mjs";
import { ratios, summary } from "../lib/stats.mjs";

/** The limits, as shares of what the default options come to. */
const SHARES = [0.5, 0.8];

export async function maxbytes(server, options) {
  await eachClip(options, {}, async (source, keep) => {
    const browser = await launch(server);
    try {
      const page = await enter(browser, server, { page: "framereel" }, source);
      const plain = await encodeIn(page, {}, source);
      const contenders = [
        { id: "plain", options: {} },
        ...SHARES.map((share) => {
          const limit = Math.round(plain.bytes * share);
          return { id: `${share}`, limit, options: { encode: { maxBytes: limit } } };
        }),
      ];
      const failures = new Map();
      const bytes = {};
      const turn = async (contender) => {
        const { seconds, bytes: reached } = await encodeIn(page, contender, source);
        bytes[contender.id] = reached;
        console.log(`  ${contender.id}  ${seconds.toFixed(2)} s, ${reached} bytes`);
        return seconds;
      };
      const seconds = await alternate(contenders, options.rounds, turn, failures);
      if (failures.has("plain")) throw new Error(failures.get("plain"));
      keep({
        rounds: options.rounds,
        plain: { bytes: plain.bytes, seconds: summary(seconds.get("plain")) },
        limits: contenders.slice(1).map(({ id, limit }) => {
          if (failures.has(id)) return { share: Number(id), limit, failure: failures.get(id) };
          const ratio = ratios(seconds.get(id), seconds.get("plain"));
          return { share: Number(id), limit, bytes: bytes[id], fill: bytes[id] / limit, ratio };
        }),
      });
    } finally {
      await browser.close();
    }
  });
}
