// `npm test`: installs what is missing, builds, and runs every test. Nothing more is begun after a step that fails; of the test files
// every one is run, so that one run shows all failures.
// `npm test -- WORD` runs the test files whose path contains the word, or else the Rust tests whose name does.
import { setup } from "./setup.mjs";

await setup({ tests: true });
const { CommandError, main } = await import("./lib/project.mjs");
const { everything, matching } = await import("./lib/test-plan.mjs");
const { unitTests } = await import("./lib/checks.mjs");
const { runJobs } = await import("./lib/jobs.mjs");
const { forgetTimes, showTimes } = await import("./lib/test-times.mjs");

/** More than the two cores, as a browser's test waits now and then; not many more, as encodes of several cores and gigabytes meet. */
const AT_ONCE = 3;

const [word] = process.argv.slice(2);
await main(async () => {
  forgetTimes();
  const begun = performance.now();
  const units = await unitTests(word);
  const outcomes = await runJobs(word === undefined ? everything(units) : matching(word, units), AT_ONCE);
  showTimes(outcomes, { atOnce: AT_ONCE, seconds: (performance.now() - begun) / 1000 });
  const failed = outcomes.filter(({ ok }) => !ok).map(({ name }) => name);
  if (failed.length > 0) throw new CommandError(`failed: ${failed.join(", ")}`);
});
