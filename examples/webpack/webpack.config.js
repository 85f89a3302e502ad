import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// Nothing in here is for framereel: webpack finds its worker and wasm file by itself.
export default {
  mode: "production",
  context: here("."),
  entry: "./main.js",
  output: { path: here("public/built"), filename: "main.js", clean: true },
};
