// `npm run compare -- FOLDER...`: has framereel, in Chromium, read every file of some folders, and compares its pictures with
// Pillow's, or ffmpeg's where Pillow gives up, and with those of Chromium itself.
//
// Options: `--decoder=browser`, `--details=FILE` for a line about each file that is not simply the same.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { installPillow } from "../../scripts/lib/pillow.mjs";
import { CommandError, inRoot, main } from "../../scripts/lib/project.mjs";
import { decodedFrames } from "../browser/support/judge.mjs";
import { receivedFolder, startServer } from "../browser/support/server.mjs";
import { launch } from "../support/chromium.mjs";
import { difference } from "./difference.mjs";
import { references } from "./references.mjs";
import { details, table, VERDICTS, verdictOf } from "./report.mjs";

/** Seconds after which a file counts as hanging; the slowest takes a few. */
const PATIENCE_SECONDS = 90;

/** The video that the page sends; another comparison may be under way. */
const VIDEO = `compare-${process.pid}.mp4`;

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { decoder: { type: "string", default: "wasm" }, details: { type: "string" } },
  });
  if (positionals.length === 0) throw new CommandError("Name a folder of image files: npm run compare -- FOLDER");
  installPillow();
  const files = positionals.flatMap((folder) => filesIn(resolve(folder)));
  const work = inRoot("tests", ".work", `compare-${process.pid}`);
  try {
    const results = await compareAll(
      files,
      references(
        files.map(({ path }) => path),
        work,
      ),
      values.decoder,
    );
    const lines = details(results);
    if (values.details) writeFileSync(values.details, `${lines.join("\n")}\n`);
    else console.log(`\n${lines.join("\n")}`);
    console.log(`\n${table(results)}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
    rmSync(join(receivedFolder, VIDEO), { force: true });
  }
});

/** Every file below a folder, which is the name it counts under. */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort()
    .map((path) => ({ path, name: relative(folder, path), folder: basename(folder) }));
}

async function compareAll(files, read, decoder) {
  const server = await startServer();
  const browser = await launch();
  const open = async () => {
    const page = await browser.newPage();
    await page.goto(server.url);
    server.answers.set("/in-page.mjs", (_, response) => {
      response.writeHead(200, { "Content-Type": "text/javascript" });
      response.end(readFileSync(join(import.meta.dirname, "in-page.mjs")));
    });
    await page.evaluate(() => import("/in-page.mjs").then(() => undefined));
    return page;
  };
  const results = [];
  try {
    let page = await open();
    for (const [index, { path, name, folder }] of files.entries()) {
      const reference = read[index];
      answerWith(server, "/input", path);
      answerWith(server, "/reference", reference.png);
      const asked = {
        name: basename(path),
        reference: Boolean(reference.png),
        size: reference.size,
        decoder,
        video: VIDEO,
      };
      const found = await inTime(page.evaluate((asked) => globalThis.compare(asked), asked));
      if (found.hung) {
        await page.close();
        page = await open();
      }
      const differences = found.pictures ? differencesOf(found) : undefined;
      const result = { ...found, reference: reference.program, ...(differences && { differences }) };
      const verdict = verdictOf(result);
      results.push({ path: `${folder}/${name}`, folder, verdict, ...result });
      console.log(`${index + 1} of ${files.length}: ${folder}/${name}: ${VERDICTS[verdict]}`);
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return results;
}

function answerWith({ answers }, address, path) {
  answers.set(address, (_, response) => response.end(path ? readFileSync(path) : undefined));
}

function inTime(answer) {
  const hung = new Promise((resolve) => setTimeout(() => resolve({ hung: true }), PATIENCE_SECONDS * 1000).unref());
  return Promise.race([
    answer.catch((error) => ({ failure: { code: "not framereel's", message: String(error) } })),
    hung,
  ]);
}

function differencesOf({ pictures, size: [width, height] }) {
  const [ours, ...others] = decodedFrames(VIDEO, { width, height });
  return Object.fromEntries(pictures.slice(1).map((of, index) => [of, difference(ours, others[index], width)]));
}
