// What a visitor downloads: code and wasm together, each file at brotli's best.
import { existsSync, readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";
import { inRoot } from "../../scripts/lib/project.mjs";

const modules = (...path) => inRoot("bench", "node_modules", ...path);

/** The files that a page with the contender loads. */
const PACKAGES = [
  {
    id: "framereel",
    label: "**framereel**",
    files: ["index.js", "worker.js", "framereel.wasm"].map((name) => inRoot("dist", name)),
  },
  {
    id: "mp4-h264",
    label: "mp4-h264, SIMD",
    files: ["mp4-encoder.js", "mp4-encoder.simd.wasm"].map((name) => modules("mp4-h264", "build", name)),
  },
  {
    id: "h264-mp4-encoder",
    label: "h264-mp4-encoder",
    files: [modules("h264-mp4-encoder", "embuild", "dist", "h264-mp4-encoder.web.js")],
  },
  {
    id: "ffmpeg",
    label: "@ffmpeg/ffmpeg + @ffmpeg/core",
    files: [
      ...["classes.js", "const.js", "errors.js", "index.js", "types.js", "utils.js", "worker.js"].map((name) =>
        modules("@ffmpeg", "ffmpeg", "dist", "esm", name),
      ),
      ...["ffmpeg-core.js", "ffmpeg-core.wasm"].map((name) => modules("@ffmpeg", "core", "dist", "esm", name)),
    ],
  },
  {
    id: "webcodecs",
    label: "mediabunny (whole bundle; the encoder is the browser's)",
    files: [modules("mediabunny", "dist", "bundles", "mediabunny.min.mjs")],
  },
];

export function size() {
  const rows = PACKAGES.map(({ id, label, files }) => {
    const missing = files.find((file) => !existsSync(file));
    if (missing !== undefined) return [id, { label, failure: `${missing.split("/").at(-1)} is missing` }];
    const contents = files.map((file) => readFileSync(file));
    const raw = contents.reduce((sum, bytes) => sum + bytes.length, 0);
    const brotli = contents.reduce((sum, bytes) => sum + compressed(bytes), 0);
    console.log(`  ${id}: ${raw} bytes, ${brotli} after brotli`);
    return [id, { label, bytes: raw, brotli }];
  });
  return Object.fromEntries(rows);
}

function compressed(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  // ffmpeg's 32 MB take minutes at 11 and differ by a few per cent at 9.
  if (bytes.length > 2 ** 23) params[constants.BROTLI_PARAM_QUALITY] = 9;
  return brotliCompressSync(bytes, { params }).length;
}
