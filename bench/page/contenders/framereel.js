// framereel as a page uses it; the encoder alone by bench/wasm, which has the same crate in it.
import { workerCaller } from "../lib/call.js";

/** Which of the copied builds: the current one, or an older one that is measured beside it. */
const build = new URL(location.href).searchParams.get("build") ?? "dist";
const { ImageSequenceClip } = await import(`/tests/.work/bench/${build}/index.js`);

/** `way`: "toBlob" (default), or "writeTo" a stream that keeps nothing, for measuring memory. */
export async function endToEnd(files, { fps, clip = {}, encode = {}, way = "toBlob" }) {
  const sequence = new ImageSequenceClip(files, { fps, ...clip });
  if (way === "toBlob") return sequence.toBlob(encode);
  await sequence.writeTo(new WritableStream(), encode);
  return new Blob();
}

let call;

export async function encodeOnly(bytes, { wasmUrl, config }) {
  call ??= workerCaller("./framereel-worker.js", import.meta.url, "module");
  return call({ wasmUrl, config, bytes });
}
