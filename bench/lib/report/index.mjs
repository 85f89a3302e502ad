// The results as Markdown and as a chart, for the README and for whoever reads the terminal.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "../../../scripts/lib/project.mjs";
import { buildsSection, maxbytesSection, rdSections } from "./clips.mjs";
import { memorySection, sizeSection } from "./footprint.mjs";
import { scaleSection, settingsSection, speedChart, speedSections, stageSection, workerSection } from "./speed.mjs";
import { table } from "./table.mjs";
import { targetRows } from "./targets.mjs";

/** Sections by the command whose results they show, in the order of the page. */
const SECTIONS = {
  rd: rdSections,
  maxbytes: maxbytesSection,
  builds: buildsSection,
  speed: speedSections,
  stages: stageSection,
  settings: settingsSection,
  workers: workerSection,
  scale: scaleSection,
  memory: memorySection,
  size: sizeSection,
};

/** Writes docs/bench.md and docs/bench.svg, and prints the table of targets. */
export function writeReport(results) {
  mkdirSync(inRoot("docs"), { recursive: true });
  const targets = targetTable(results);
  writeFileSync(join(inRoot("docs"), "bench.md"), markdown(results, targets));
  const chart = speedChart(results.speed);
  if (chart) writeFileSync(join(inRoot("docs"), "bench.svg"), chart);
  console.log(`\n${targets}\n\nwritten: docs/bench.md${chart ? ", docs/bench.svg" : ""}`);
}

function targetTable(results) {
  const said = { true: "yes", false: "**no**", null: "" };
  const rows = targetRows(results).map(({ measure, must, aim, text, reached, command }) => [
    measure,
    must,
    aim ?? "",
    text ?? "not measured",
    said[reached],
    `\`${command}\``,
  ]);
  return table(
    ["measure", "must", "aim", "measured: median (min to max)", "must is reached", "`npm run bench --`"],
    rows,
  );
}

function markdown(results, targets) {
  const shown = Object.entries(SECTIONS).filter(([command]) => results[command]);
  return `${[
    "# Benchmark",
    "Written by `npm run bench`; the numbers are the last run's of each command. Ratios are taken round by round, as the",
    "contenders take turns, so other work on the machine weighs on both sides. Frames per second are medians.\n",
    targets,
    ...shown.flatMap(([command, section]) => section(results[command])),
  ].join("\n")}\n`;
}
