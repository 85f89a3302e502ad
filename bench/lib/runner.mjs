// Runs commands one after the other, keeps their results, and writes the report from all that are there.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { inRoot } from "../../scripts/lib/project.mjs";
import { commands } from "../commands/index.mjs";
import { serveCheckout } from "./browser.mjs";
import { copyProduct, installPeers } from "./install.mjs";
import { writeReport } from "./report.mjs";

const folder = inRoot("bench", "results");

/** A failed command is said and does not keep the others from running. */
export async function runCommands(names, options) {
  copyProduct();
  installPeers();
  mkdirSync(folder, { recursive: true });
  const server = await serveCheckout();
  for (const name of names) {
    if (name === "report") continue;
    console.log(`\n== ${name}`);
    try {
      const data = await commands[name](server, options);
      const result = { command: name, ...machine(), data };
      writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
    } catch (error) {
      console.log(`${name} failed: ${error.stack ?? error}`);
      process.exitCode = 1;
    }
  }
  await server.close();
  writeReport(results());
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
