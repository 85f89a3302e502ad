// esbuild leaves `new URL(..., import.meta.url)` alone, so the app says where the files are.
import formatsUrl from "framereel/formats.wasm";
import wasmUrl from "framereel/framereel.wasm";
import heicUrl from "framereel/heic.wasm";
import { configure, showClip } from "./src/app.js";

configure({
  workerUrl: new URL("./framereel-worker.js", import.meta.url),
  wasmUrl: new URL(wasmUrl, import.meta.url),
  formatsUrl: new URL(formatsUrl, import.meta.url),
  heicUrl: new URL(heicUrl, import.meta.url),
});

showClip(document.body);
