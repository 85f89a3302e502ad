// The programs that look at a file: ffprobe, ffmpeg as a decoder and as a reader of H.264's syntax, and the reader in ./reader, which
// `node tests/support/judge/programs.mjs` compiles.
import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { inRoot, toolEnvironment } from "../../../scripts/lib/project.mjs";

const run = promisify(execFile);
const OUTPUT = { maxBuffer: 2 ** 30, encoding: "utf8" };

/** Packets and stream as ffprobe shows them. */
export async function probe(path) {
  const entries = [
    "stream=codec_name,profile,level,width,height,pix_fmt,color_range,color_space,color_transfer,color_primaries,time_base",
    "packet=pts,dts,duration,size,flags",
    "format=duration",
  ].join(":");
  const args = ["-v", "warning", "-select_streams", "v", "-show_entries", entries, "-of", "json=compact=1", path];
  const { stdout, stderr } = await run("ffprobe", args, OUTPUT);
  if (stderr) throw new Error(`ffprobe says: ${stderr}`);
  const { streams, packets, format } = JSON.parse(stdout);
  if (streams.length !== 1) throw new Error(`ffprobe finds ${streams.length} video streams`);
  return { ...streams[0], packets, duration: Number(format.duration) };
}

/** What ffmpeg says of the raw pictures that it writes, not of the file, where one is shown for minutes. */
const OWN_OUTPUT = /^The bitrate parameter is set too low\. It takes bits\/s as argument, not kbits\/s\n/gm;

/** MD5 of each picture as ffmpeg decodes it, to the first thing that it complains about. */
export async function decode(path) {
  const strict = ["-err_detect", "explode", "-xerror"];
  const args = [
    "-v",
    "warning",
    ...strict,
    "-i",
    path,
    "-map",
    "0:v",
    "-fps_mode",
    "passthrough",
    "-f",
    "framemd5",
    "-",
  ];
  const { stdout, stderr } = await run("ffmpeg", args, OUTPUT);
  const complaint = stderr.replaceAll(OWN_OUTPUT, "");
  if (complaint) throw new Error(`ffmpeg says: ${complaint}`);
  const lines = stdout.split("\n").filter((line) => line && !line.startsWith("#"));
  return lines.map((line) => line.split(",").at(-1).trim());
}

/**
 * The syntax elements of the stream as ffmpeg's own reader of H.264 headers finds them: those of the parameter sets by name,
 * and of each sample its NAL units as `{ nal_unit_type, nal_ref_idc, ... }`.
 */
export async function headers(path) {
  const args = ["-hide_banner", "-nostats", "-i", path, "-map", "0:v", "-c", "copy", "-bsf:v", "trace_headers"];
  const { stderr } = await run("ffmpeg", [...args, "-f", "null", "-"], OUTPUT);
  const parameters = {};
  const samples = [];
  let unit;
  for (const line of stderr.split("\n")) {
    const [, text] = /^\[trace_headers @ \w+\] (.*)$/.exec(line) ?? [];
    if (text === undefined) continue;
    if (text.startsWith("Packet:")) samples.push([]);
    const [, name, value] = /^\d+ +([\w[\]]+) .*= (-?\d+)$/.exec(text) ?? [];
    if (name === undefined) continue;
    if (name === "forbidden_zero_bit") {
      unit = samples.length > 0 ? {} : parameters;
      samples.at(-1)?.push(unit);
    }
    unit[name] ??= Number(value);
  }
  return { parameters, samples };
}

let reader;

/** What the `mp4` crate's reader says, and OpenH264's decoder of samples at these places: `{ offset, bytes }`. */
export async function read(path, places) {
  reader ??= buildReader();
  const running = run(reader, [path], OUTPUT);
  running.child.stdin.end(places.map(({ offset, bytes }) => `${offset} ${bytes}\n`).join(""));
  return JSON.parse((await running).stdout);
}

/** Compiles the reader, or finds it compiled. */
export function buildReader() {
  const target = inRoot("target", "judge");
  const manifest = join(import.meta.dirname, "reader", "Cargo.toml");
  execFileSync(
    "cargo",
    ["build", "--quiet", "--release", "--locked", "--manifest-path", manifest, "--target-dir", target],
    {
      stdio: ["ignore", "ignore", "inherit"],
      env: toolEnvironment(),
    },
  );
  return join(target, "release", "framereel-judge");
}

if (process.argv[1] === import.meta.filename) buildReader();
