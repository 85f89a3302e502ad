// `npm run audit`: licences, duplicates and sources of the crates, what RustSec and npm know against crates and npm packages, and
// whether a crate was taken back by its author. Each question is answered, or it says why it was not asked: that is no pass. Ends with 0
// only if all were asked and nothing was found, with 1 if something was found, with 2 if something was not asked.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { CommandError, inRoot, main, output, run, toolEnvironment } from "./lib/project.mjs";
import { installCargoDeny } from "./lib/tools.mjs";

/** An advisory about no crate, in RustSec's format. */
const UNUSED_ADVISORY = {
  id: "RUSTSEC-2000-0001",
  text: `\`\`\`toml
[advisory]
id = "RUSTSEC-2000-0001"
package = "nobody-has-this"
date = "2000-01-01"
[versions]
patched = []
\`\`\`
# Nothing
`,
};

/** cargo-deny wants an address with a domain: one that there is none of (RFC 2606), in whose place git is told to take the folder. */
const NO_ADDRESS = "https://audit.invalid/list";

/** Folders with a package-lock.json: the package, the tests of bundlers, the benchmark. */
const NPM_FOLDERS = [".", "tests/bundlers", "bench"];

/**
 * What became of a question.
 *
 * @typedef {{ question: string, verdict: "passed" | "failed" | "not asked", found: string[] }} Answer
 *   `found` is what speaks against it, or why it was not asked
 */

/** The lines that a program printed as JSON; others are left out. */
function jsonLines(text) {
  return text.split("\n").flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}

/**
 * Reads what `cargo deny --format json check CHECK` printed. Its exit code is 1 both for a find and for a list that it did not
 * get; only a check that was made has a place in the summary.
 *
 * @returns {Answer}
 */
export function denyAnswer(question, check, printed) {
  const lines = jsonLines(printed);
  const summary = lines.find(({ type }) => type === "summary")?.fields[check];
  const errors = lines.filter(({ type, fields }) => type === "log" && fields.level === "ERROR");
  if (!summary || errors.length > 0) {
    const why = errors.map(({ fields }) => fields.message).join("\n") || printed;
    return { question, verdict: "not asked", found: [why] };
  }
  const found = lines
    .filter(({ type, fields }) => type === "diagnostic" && ["error", "warning"].includes(fields.severity))
    .map(({ fields }) => [`${fields.code}: ${fields.message}`, ...fields.labels.map(({ span }) => span)].join(" | "));
  return { question, verdict: found.length + summary.errors > 0 ? "failed" : "passed", found };
}

/**
 * Reads what `npm audit --json` printed. A registry that keeps no advisories answers with an error, and npm with no report.
 *
 * @returns {Answer}
 */
export function npmAnswer(question, printed) {
  const report = JSON.parse(printed || "{}");
  if (report.auditReportVersion === undefined)
    return { question, verdict: "not asked", found: [report.message ?? report.error?.summary ?? printed] };
  const found = Object.values(report.vulnerabilities).map(
    ({ name, severity, range }) => `${name} ${range}: ${severity}`,
  );
  return { question, verdict: found.length > 0 ? "failed" : "passed", found };
}

/** What a program prints, whatever its exit code says. */
async function printed(command, args, { cwd = inRoot(), env = {} } = {}) {
  try {
    return await promisify(execFile)(command, args, { cwd, env: toolEnvironment(env), maxBuffer: 2 ** 28 });
  } catch (error) {
    if (error.stdout === undefined) throw new CommandError(`${command} did not start: ${error.message}`);
    return error;
  }
}

async function askDeny(question, check, { config = inRoot("deny.toml"), allowed = [], env } = {}) {
  const allow = allowed.flatMap((code) => ["--allow", code]);
  const args = ["--workspace", "--locked", "--format", "json", "--config", config, "check", ...allow, check];
  return denyAnswer(question, check, (await printed("cargo-deny", args, { env })).stderr);
}

/** Asks npm about the packages of a lock file. An npm that is set to stay offline would report no finding. */
export async function askNpm(question, folder, options = []) {
  const args = ["audit", "--json", "--package-lock-only", "--no-offline", ...options];
  return npmAnswer(question, (await printed("npm", args, { cwd: inRoot(folder) })).stdout);
}

/** A git repository as RustSec's, with the one advisory about no crate. */
function makeList(folder) {
  const inside = join(folder, "crates", "nobody-has-this");
  mkdirSync(inside, { recursive: true });
  writeFileSync(join(inside, `${UNUSED_ADVISORY.id}.md`), UNUSED_ADVISORY.text);
  const somebody = ["user.name=audit", "user.email=audit@localhost", "commit.gpgsign=false"];
  const git = (...args) => run("git", ["-C", folder, ...somebody.flatMap((setting) => ["-c", setting]), ...args]);
  git("init", "-q", "-b", "main");
  git("add", ".");
  git("commit", "-q", "-m", "A list without a crate of ours");
}

/**
 * Asks the registry's index which crates were taken back. cargo-deny does so only with a list of advisories at hand, and this
 * question needs none: it gets one about a crate that nobody has, in a folder of its own.
 */
async function askYanked() {
  const folder = mkdtempSync(join(tmpdir(), "framereel-"));
  try {
    const list = join(folder, "list");
    makeList(list);
    const places = `db-path = "${join(folder, "fetched")}"\ndb-urls = ["${NO_ADDRESS}"]`;
    const config = join(folder, "deny.toml");
    writeFileSync(config, readFileSync(inRoot("deny.toml"), "utf8").replace("[advisories]", `[advisories]\n${places}`));
    // Reads every crate's entry of the index anew.
    run("cargo", ["update", "--dry-run", "--quiet"]);
    return await askDeny("no crate was taken back", "advisories", {
      config,
      // What deny.toml says of RustSec's advisories is of no use with this list.
      allowed: ["advisory-not-detected", "unknown-advisory"],
      env: { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: `url.${list}.insteadOf`, GIT_CONFIG_VALUE_0: NO_ADDRESS },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Asks RustSec, and says how old its list is: it may come from a mirror (git's `url.MIRROR.insteadOf`). */
async function askRustSec() {
  const answer = await askDeny("RustSec knows nothing against a crate", "advisories");
  if (answer.verdict === "not asked") return answer;
  // Where cargo-deny keeps it (its own default).
  const lists = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "advisory-dbs");
  const name = readdirSync(lists).find((entry) => entry.startsWith("advisory-db-"));
  const date = name && output("git", ["-C", join(lists, name), "log", "-1", "--format=%cs"]);
  return { ...answer, question: `${answer.question}, by its list of ${date ?? "an unknown day"}` };
}

function report({ question, verdict, found }) {
  console.log(`${verdict.padEnd("not asked".length)}  ${question}`);
  for (const each of found) console.log(`    ${each.trim().replaceAll("\n", "\n    ")}`);
}

async function audit() {
  installCargoDeny();
  const answers = [
    await askDeny("licences of the crates are allowed (deny.toml)", "licenses"),
    await askDeny("no crate is there twice", "bans"),
    await askDeny("all crates come from the registry", "sources"),
    await askYanked(),
    await askRustSec(),
  ];
  for (const folder of NPM_FOLDERS)
    answers.push(await askNpm(`npm knows nothing against a package of ${folder}/package-lock.json`, folder));
  console.log();
  for (const answer of answers) report(answer);
  const having = (wanted) => answers.filter(({ verdict }) => verdict === wanted).length;
  console.log(`\n${having("passed")} passed, ${having("failed")} failed, ${having("not asked")} not asked`);
  process.exitCode = having("failed") > 0 ? 1 : having("not asked") > 0 ? 2 : 0;
}

if (process.argv[1] === import.meta.filename) await main(audit);
