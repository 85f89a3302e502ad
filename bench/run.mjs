// `npm run bench`: framereel against the others, in one run on this machine.
import { setup } from "../scripts/setup.mjs";

const HELP = `npm run bench -- [command] [options]

  (none)      end to end and encoding alone, everyone side by side; its stages; two workers against one; package size
  speed       the first of these alone
  rd          rate and distortion, BD-rate against x264 veryfast
  settings    OpenH264's own settings, natively: what they cost and save
  stages      where a picture's time goes: reading, decoding, converting, encoding
  workers     two workers against one
  scale       what a 2160p picture costs against a 720p one
  memory      the page's memory over 3,000 pictures against 300
  size        the package's wire size
  kernels     a row per SIMD kernel
  all         all of them but kernels
  report      writes docs/bench.md and docs/bench.svg from the results that are there

  --frames=N    pictures of the content (120)
  --rounds=N    times that everyone takes their turn (3)
  --content=K   camera, screen or both, comma-separated
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

/** The command line as an object; a mistake ends with the help. */
function parse(args) {
  const options = { frames: 120, rounds: 3, contents: ["camera", "screen"] };
  const names = [];
  const whole = (name, text) => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1)
      throw new CommandError(`--${name}=${text}: give a whole number from 1`);
    return number;
  };
  for (const arg of args) {
    const [, name, value] = /^--(\w+)=(.+)$/.exec(arg) ?? [null, arg, null];
    if (value === null) names.push(name);
    else if (name === "frames" || name === "rounds") options[name] = whole(name, value);
    else if (name === "content") options.contents = value.split(",");
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
  const everything = Object.keys(commands).filter((name) => name !== "kernels");
  await runCommands(names.includes("all") ? everything : names.length > 0 ? names : DEFAULT_COMMANDS, options);
});
