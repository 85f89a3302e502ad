import { fileURLToPath } from "node:url";

// Nothing in here is for framereel: it needs no setting.
export default {
  mode: "production",
  entry: "./src/main.js",
  output: { path: fileURLToPath(new URL("built", import.meta.url)) },
};
