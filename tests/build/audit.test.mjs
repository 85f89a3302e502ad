// What `npm run audit` makes of its answers: silence is no pass. npm asks a registry of the test's own; cargo-deny, which takes minutes
// to compile, is not run here.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { askNpm, denyAnswer } from "../../scripts/audit.mjs";

const ADVISORIES = "/-/npm/v1/security/advisories/bulk";

let registry;
let answer;
before(async () => {
  registry = createServer((request, response) => {
    const { status, body } = request.url === ADVISORIES ? answer : { status: 404, body: {} };
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise((resolve) => registry.listen(0, "127.0.0.1", resolve));
});
after(() => registry.close());

/** What becomes of the question where the registry answers so. */
function asked(status, body = {}) {
  answer = { status, body };
  const address = `http://127.0.0.1:${registry.address().port}/`;
  return askNpm("?", ".", [`--registry=${address}`, "--fetch-retries=0"]);
}

for (const status of [403, 404, 405, 500]) {
  test(`a registry that answers ${status} was not asked`, async () => {
    const { verdict, found } = await asked(status);
    assert.equal(verdict, "not asked");
    assert.match(found[0], new RegExp(status));
  });
}

test("no advisory is a pass, one is a failure that names the package", async () => {
  assert.equal((await asked(200)).verdict, "passed");
  const advisory = {
    id: 1,
    url: "https://example.org/1",
    title: "Reads what it should not",
    severity: "low",
    vulnerable_versions: "*",
    cwe: [],
    cvss: { score: 0, vectorString: null },
  };
  const { verdict, found } = await asked(200, { fflate: [advisory] });
  assert.equal(verdict, "failed");
  assert.match(found.join(), /fflate.*low/);
});

test("an npm that is set to stay offline asks all the same", async (t) => {
  process.env.npm_config_offline = "true";
  t.after(() => delete process.env.npm_config_offline);
  assert.equal((await asked(405)).verdict, "not asked");
});

/** Lines as `cargo deny --format json` prints them. */
const lines = (...values) => values.map((value) => JSON.stringify(value)).join("\n");
const log = (level, message) => ({ type: "log", fields: { level, message, timestamp: "" } });
const summary = (errors) => ({
  type: "summary",
  fields: { licenses: { errors, warnings: 0, notes: 0, helps: 0 } },
});
const rejected = {
  type: "diagnostic",
  fields: {
    severity: "error",
    code: "rejected",
    message: "failed to satisfy license requirements",
    labels: [{ span: "GPL-3.0" }],
  },
};

test("cargo-deny's check passes only where its summary has it without a find", () => {
  const verdict = (printed) => denyAnswer("?", "licenses", printed).verdict;
  assert.equal(verdict(lines(log("INFO", "fetched"), summary(0))), "passed");
  assert.equal(verdict(lines(rejected, summary(1))), "failed");
  assert.equal(verdict(lines(log("ERROR", "failed to fetch advisory database"))), "not asked");
  assert.equal(verdict(lines(log("ERROR", "failed to fetch crates"), summary(0))), "not asked");
  assert.equal(verdict(""), "not asked");
  assert.equal(denyAnswer("?", "bans", lines(summary(0))).verdict, "not asked");
});
