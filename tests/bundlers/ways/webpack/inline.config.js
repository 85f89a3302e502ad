import { fileURLToPath } from "node:url";
import config from "./webpack.config.js";

// The same app with framereel/inline in place of framereel.
export default {
  ...config,
  resolve: { alias: { framereel$: "framereel/inline" } },
  output: { path: fileURLToPath(new URL("built-inline", import.meta.url)) },
};
