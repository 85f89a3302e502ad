import { build } from "esbuild";

await build({
  entryPoints: ["main.js", { in: "framereel/worker", out: "framereel-worker" }],
  loader: { ".wasm": "file" },
  bundle: true,
  minify: true,
  format: "esm",
  outdir: "built",
  logLevel: "warning",
});
