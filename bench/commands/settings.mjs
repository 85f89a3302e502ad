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
const LAYERS = [1, 2, 3, 4];
const USAGES = ["camera", "screen"];
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
    for (const combination of combinations()) {
      const points = [];
      for (const qp of QPS) points.push(await encode(native, source, combination, qp));
      const framesPerSecond = points.find(({ qp }) => qp === SPEED_AT).framesPerSecond;
      const row = { ...combination, bdRate: bdRate(anchor, points), framesPerSecond, points };
      const { complexity, layers, usage } = row;
      console.log(
        `  ${complexity}, ${layers} layers, ${usage}: ${(row.bdRate * 100).toFixed(1)} %, ${framesPerSecond.toFixed(0)} frames/s`,
      );
      result[kind].push(row);
    }
  }
  return result;
}

/** Every complexity and number of layers; screen usage knows no layers. */
function combinations() {
  return USAGES.flatMap((usage) =>
    COMPLEXITIES.flatMap((complexity) =>
      LAYERS.filter((layers) => usage === "camera" || layers === 1).map((layers) => ({ usage, complexity, layers })),
    ),
  );
}

async function encode(native, source, { usage, complexity, layers }, qp) {
  const { kind, width, height } = source;
  const file = join(workFolder, "out", `settings-${kind}-${usage}-${complexity}-${layers}-${qp}.h264`);
  const numbers = [
    width,
    height,
    FPS,
    qp,
    KEYFRAME_INTERVAL * FPS,
    layers,
    COMPLEXITIES.indexOf(complexity),
    USAGES.indexOf(usage),
  ];
  const run = JSON.parse(capture(native, [await rawFrames(source), numbers.join(","), file]).stdout);
  return measured(file, source, { qp, framesPerSecond: run.frames / run.seconds }, ["bt709"]);
}
