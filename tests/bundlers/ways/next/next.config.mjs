import { fileURLToPath } from "node:url";

// Nothing in here is for framereel. The root keeps Next.js from looking for a lock file in the folders above.
export default { turbopack: { root: fileURLToPath(new URL("../..", import.meta.url)) } };
