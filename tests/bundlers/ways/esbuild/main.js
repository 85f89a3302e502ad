// esbuild leaves `new URL(..., import.meta.url)` alone, so the app says where the two files are.
import wasmUrl from "framereel/framereel.wasm";
import { configure, showClip } from "./src/app.js";

configure({
  workerUrl: new URL("./framereel-worker.js", import.meta.url),
  wasmUrl: new URL(wasmUrl, import.meta.url),
});

showClip(document.body);
