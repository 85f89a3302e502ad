// Markdown tables that are also easy to read as they are.

/** Every row is padded to the widest cell of each column; all but the first column are flush right. */
export function table(head, rows) {
  const full = rows.map((row) => head.map((_, at) => String(row[at] ?? "").replaceAll("|", "\\|")));
  const widths = head.map((title, at) => Math.max(3, title.length, ...full.map((row) => row[at].length)));
  const line = (cells) =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join(" | ")} |`;
  const rule = `| ${widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  return [line(head), rule, ...full.map(line)].join("\n");
}
