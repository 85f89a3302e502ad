// `npm run bench`: framereel against the others, in one run on this machine.
import { setup } from "../scripts/setup.mjs";

const HELP = `npm run bench -- [command] [options]

  (none)      end to end and encoding alone, everyone side by side; its stages; two workers against one; package size
  speed       the first of these alone
  rd          rate and distortion on every kind of content: BD-rate against x264 veryfast, bytes against x264 medium
  maxbytes    what a limit in bytes costs in time, and how much of it is used
  builds      this build against that of another revision (--old), end to end
  settings    OpenH264's own settings, natively: what they cost and save
  stages      where a picture's time goes: reading, decoding, converting, encoding
  workers     two workers against one
  scale       what a 2160p picture costs against a 720p one
  memory      the page's memory over 3,000 pictures against 300
  size        the package's wire size
  kernels     a row per SIMD kernel
  all         all of them but kernels and builds
  report      writes docs/bench.md and docs/bench.svg from the results that are there

  --frames=N    pictures of each clip (96)
  --rounds=N    times that everyone takes their turn (3)
  --content=K,L these kinds of content: camera, editor, animation, timelapse, render, plots, pixelart, held;
                rd, maxbytes and builds take all of them, the others camera and editor
  --clips=C     a, b or both clips of each kind (both); a is for development
  --others      rd: framereel's other settings and its rivals as well
  --old=REV     builds: the git revision to compare with
  --only=A,B    these contenders beside framereel
  --lengths=A,B pictures of the memory measure (300,3000)
`;

if (process.argv.includes("--help") || process.argv.includes("help")) {
  console.log(HELP);
  process.exit();
}
await setup({ tests: true });
const { CommandError, main } = await import("../scripts/lib/project.mjs");
const { commands, DEFAULT_COMMANDS } = await import("./commands/index.mjs");
const { CLIPS, KINDS } = await import("./lib/content/index.mjs");

/** The command line as an object; a mistake ends with the help. */
function parse(args) {
  const options = { frames: 96, rounds: 3, clips: CLIPS };
  const names = [];
  const whole = (name, text) => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1)
      throw new CommandError(`--${name}=${text}: give a whole number from 1`);
    return number;
  };
  const oneOf = (name, text, known) => {
    if (!known.includes(text)) throw new CommandError(`--${name}: ${text} is none of ${known.join(", ")}`);
    return text;
  };
  for (const arg of args) {
    const [, name, value] = /^--(\w+)=(.+)$/.exec(arg) ?? [null, arg, null];
    if (arg === "--others") options.others = true;
    else if (value === null) names.push(name);
    else if (name === "frames" || name === "rounds") options[name] = whole(name, value);
    else if (name === "content")
      options.contents = value.split(",").map((text) => oneOf(name, text, Object.keys(KINDS)));
    else if (name === "clips") options.clips = value === "both" ? CLIPS : [oneOf(name, value, CLIPS)];
    else if (name === "old") options.old = value;
    else if (name === "only") options.only = value.split(",");
    else if (name === "lengths") options.lengths = value.split(",").map((text) => whole(name, text));
    else throw new CommandError(`${arg} is not an option.\n\n${HELP}`);
  }
  if (options.frames < 8) throw new CommandError("--frames: at least 8, which a group of pictures holds");
  return { names, options };
}

await main(async () => {
  const args = process.argv.slice(2);
  if (args[0] === "kernels") return commands.kernels(args.slice(1));
  const { names, options } = parse(args);
  const unknown = names.find((name) => name !== "all" && !(name in commands));
  if (unknown) throw new CommandError(`${unknown} is not a command.\n\n${HELP}`);
  const { runCommands } = await import("./lib/runner.mjs");
  if (names.join() !== "report") await (await import("../scripts/build.mjs")).buildAll();
  const everything = Object.keys(commands).filter((name) => !["kernels", "builds"].includes(name));
  await runCommands(names.includes("all") ? everything : names.length > 0 ? names : DEFAULT_COMMANDS, options);
});
