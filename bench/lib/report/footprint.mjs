// Sections about what a page carries: memory and downloads.
import { heading, mega, on, rows } from "./format.mjs";
import { table } from "./table.mjs";

export const memorySection = ({ data, ...where }) => [
  heading("Memory"),
  `${on(where)}The page's own memory at its peak, encoding 1080p files from disk.\n`,
  table(
    ["", ...data.lengths.map((length) => `${length.toLocaleString("en")} pictures, MB`), "ratio"],
    ["toBlob", "writeTo"].map((way) => [
      `\`${way}\``,
      ...data[way].peaks.map(({ peak }) => mega(peak)),
      data[way].ratio.toFixed(3),
    ]),
  ),
];

export const sizeSection = ({ data }) => [
  heading("Package size"),
  "Code and wasm that a page loads; each file after brotli.\n",
  table(
    ["", "kB", "brotli, kB"],
    rows(data, ({ bytes, brotli }) => [bytes, brotli].map((value) => Math.round(value / 1000).toLocaleString("en"))),
  ),
];
