// `npm start`: installs what is missing, builds, and serves the page.
import { setup } from "./setup.mjs";

await setup({ tests: false });
const { main } = await import("./lib/project.mjs");
const { buildAll } = await import("./build.mjs");
const { servePage } = await import("./serve.mjs");

await main(async () => {
  await buildAll();
  await servePage();
});
