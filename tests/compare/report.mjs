// The verdicts on files, and their sum.

/** Kinds of verdict, worst first, with what they mean. */
export const VERDICTS = {
  hang: "no answer",
  internal: "internal error",
  refused: "refused though the browser reads it",
  differs: "differs from every other reader",
  unread: "refused; another program reads it, the browser does not",
  nobody: "refused, as by every other reader",
  alone: "only framereel reads it",
  browser: "differs from the reference, same as the browser",
  reference: "differs from the browser, same as the reference",
  same: "same",
};

/** What is to be said of one file. `found` is the page's answer with `differences` by reader. */
export function verdictOf({ hung, failure, browser, reference, differences = {} }) {
  if (hung) return "hang";
  if (failure) {
    if (failure.code === "internal" || failure.code === "not framereel's") return "internal";
    if (browser) return "refused";
    return reference ? "unread" : "nobody";
  }
  const verdicts = Object.values(differences).map(({ same }) => same);
  if (verdicts.length === 0) return "alone";
  if (verdicts.every(Boolean)) return "same";
  if (verdicts.every((same) => !same)) return "differs";
  return differences.browser?.same ? "browser" : "reference";
}

/** A table of how many files of each folder got which verdict, in Markdown. */
export function table(results) {
  const folders = [...new Set(results.map(({ folder }) => folder))];
  const kinds = Object.keys(VERDICTS).filter((kind) => results.some(({ verdict }) => verdict === kind));
  const count = (folder, kind) =>
    results.filter((result) => result.folder === folder && result.verdict === kind).length;
  const rows = folders.map((folder) => {
    const total = results.filter((result) => result.folder === folder).length;
    return [folder, total, ...kinds.toReversed().map((kind) => count(folder, kind))];
  });
  const head = ["folder", "files", ...kinds.toReversed().map((kind) => VERDICTS[kind])];
  const rule = head.map((_, index) => (index === 0 ? "---" : "---:"));
  return [head, rule, ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** A line for each file that is not simply the same, worst first. */
export function details(results) {
  const order = Object.keys(VERDICTS);
  const odd = results.filter(({ verdict }) => verdict !== "same" && verdict !== "nobody");
  odd.sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  return odd.map(({ path, verdict, failure, differences = {} }) => {
    const numbers = Object.entries(differences).map(
      ([of, { mean, far }]) => `${of}: ${mean.toFixed(1)} codes in the mean, ${(far * 100).toFixed(1)} % far off`,
    );
    const why = failure ? `${failure.code}: ${failure.message}` : numbers.join("; ");
    return `${verdict}: ${path}: ${why}`;
  });
}
