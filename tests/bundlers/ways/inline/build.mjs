// One HTML file with everything in it: the app, framereel, its worker and its wasm.
import { readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const { outputFiles } = await build({
  entryPoints: ["src/main.js"],
  alias: { framereel: "framereel/inline" },
  bundle: true,
  minify: true,
  format: "esm",
  write: false,
  logLevel: "warning",
});
const template = await readFile("template.html", "utf8");
// A function, because the script may hold `$&` and its like.
await writeFile(
  "page.html",
  template.replace("/* script */", () => outputFiles[0].text),
);
