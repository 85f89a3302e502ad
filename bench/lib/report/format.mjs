// How numbers and headings look in the report.

export const heading = (text) => `\n## ${text}\n`;

/** What a section's numbers were measured on. */
export const on = ({ date, machine }) => `Measured on ${date}; ${machine}.\n`;

export const mega = (bytes) => (bytes === null || bytes === undefined ? "" : `${(bytes / 1e6).toFixed(1)}`);

/** A spread as "median (min to max)". */
export const rate = (found) =>
  found ? `${found.median.toFixed(1)} (${found.min.toFixed(1)} to ${found.max.toFixed(1)})` : "";
export const times = (found) =>
  found ? `${found.median.toFixed(2)} (${found.min.toFixed(2)} to ${found.max.toFixed(2)})` : "";

/** A share as a signed percentage. */
export const percent = (share) =>
  share === null || share === undefined ? "" : `${share >= 0 ? "+" : ""}${(share * 100).toFixed(0)} %`;

/** A number with its sign. */
export const signed = (value, digits) => `${value >= 0 ? "+" : ""}${value.toFixed(digits)}`;

export const fixed = (value, digits) => (typeof value === "number" ? value.toFixed(digits) : "");

/** A row per contender; of one that failed, its words. */
export function rows(contenders, cells) {
  return Object.values(contenders).map((row) => [
    row.label,
    ...(row.failure ? [`failed: ${row.failure}`] : cells(row)),
  ]);
}
