// What OpenH264's own settings cost and save, natively: how framereel's defaults were and can be chosen.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { bdRate } from "../lib/bd-rate.mjs";
import { capture } from "../lib/command.mjs";
import { KEYFRAME_INTERVAL } from "../lib/contenders.mjs";
import { content, FPS, rawFrames, workFolder } from "../lib/content.mjs";
import { buildNative } from "../lib/install.mjs";
import { measured, x264Curve } from "../lib/x264.mjs";

const DEFAULT_CONTENTS = ["camera", "editor"];
const QPS = [17, 20, 23, 28, 31, 34];
const COMPLEXITIES = ["low", "medium", "high"];
/** Where the speed is taken: framereel's default. */
const SPEED_AT = 23;

export async function settings(_server, { frames, contents = DEFAULT_CONTENTS }) {
  const native = buildNative();
  mkdirSync(join(workFolder, "out"), { recursive: true });
  const result = { frames };
  for (const kind of contents) {
    const source = await content(kind, "720p", frames, { lossless: true });
    const anchor = await x264Curve(source, "veryfast");
    result[kind] = [];
    for (const complexity of COMPLEXITIES) {
      const points = [];
      for (const qp of QPS) points.push(await encode(native, source, complexity, qp));
      const framesPerSecond = points.find(({ qp }) => qp === SPEED_AT).framesPerSecond;
      const row = { complexity, bdRate: bdRate(anchor, points), framesPerSecond, points };
      console.log(`  ${complexity}: ${(row.bdRate * 100).toFixed(1)} %, ${framesPerSecond.toFixed(0)} frames/s`);
      result[kind].push(row);
    }
  }
  return result;
}

async function encode(native, source, complexity, qp) {
  const { kind, width, height } = source;
  const file = join(workFolder, "out", `settings-${kind}-${complexity}-${qp}.h264`);
  const numbers = [width, height, FPS, qp, KEYFRAME_INTERVAL * FPS, COMPLEXITIES.indexOf(complexity)];
  const run = JSON.parse(capture(native, [await rawFrames(source), numbers.join(","), file]).stdout);
  return measured(file, source, { qp, framesPerSecond: run.frames / run.seconds }, ["bt709"]);
}
