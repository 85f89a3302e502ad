// Runs commands one after the other, keeps their results, and writes the report from all that are there.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { inRoot } from "../../scripts/lib/project.mjs";
import { commands } from "../commands/index.mjs";
import { serveCheckout } from "./browser.mjs";
import { workFolder } from "./content.mjs";
import { belongTogether } from "./each-clip.mjs";
import { copyProduct, installPeers } from "./install.mjs";
import { writeReport } from "./report/index.mjs";

const folder = inRoot("bench", "results");

/** A failed command is said and does not keep the others from running. */
export async function runCommands(names, options) {
  if (names.some((name) => name !== "report")) {
    copyProduct();
    installPeers();
    for (const path of [folder, join(workFolder, "out")]) mkdirSync(path, { recursive: true });
  }
  const server = await serveCheckout();
  for (const name of names) {
    if (name === "report") continue;
    console.log(`\n== ${name}`);
    try {
      const keep = (key, entry) => keepEntry(name, key, entry);
      // Commands that keep clip by clip have nothing left to give.
      const data = await commands[name](server, { ...options, keep });
      if (data !== undefined) write(name, data);
    } catch (error) {
      console.log(`${name} failed: ${error.stack ?? error}`);
      process.exitCode = 1;
    }
  }
  await server.close();
  writeReport(results());
}

/** Adds a clip's result to those of the same build and pictures; others give way. */
function keepEntry(command, key, entry) {
  const before = Object.entries(results()[command]?.data.entries ?? {});
  const kept = before.filter(([, other]) => belongTogether(entry, other));
  if (kept.length < before.length)
    console.log(`  ${before.length - kept.length} results of another build or length leave`);
  write(command, { entries: { ...Object.fromEntries(kept), [key]: entry } });
}

function write(command, data) {
  writeFileSync(join(folder, `${command}.json`), `${JSON.stringify({ command, ...machine(), data }, null, 2)}\n`);
}

/** What the numbers were measured on. */
function machine() {
  const [{ model }] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${model.trim()}, ${cpus().length} cores, ${gigabytes} GiB`,
  };
}

/** The newest result of each command. */
function results() {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return Object.fromEntries(
    files.map((name) => {
      const result = JSON.parse(readFileSync(join(folder, name), "utf8"));
      return [result.command, result];
    }),
  );
}
