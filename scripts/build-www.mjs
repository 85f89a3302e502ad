// Builds the static page from www/ and the npm package in dist/: `node scripts/build-www.mjs` -> build/www/, ready to be
// copied to any static host, at any path; in it framereel.html, the whole page as one file that needs no host.
// The package's files are copied as they are; only the page's own code is bundled.
import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join, sep } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { build } from "esbuild";
import { CommandError, inRoot, main, recipe, root } from "./lib/project.mjs";

/** The built page. */
export const pageFolder = inRoot("build", "www");

/** The page as one file, beside the page. */
export const SINGLE_FILE = "framereel.html";

/** The first versions with wasm SIMD, module workers and array copies such as toSpliced. */
const TARGET = ["chrome110", "firefox115", "safari16.4"];

/** Entries of package.json's `exports` that the page loads. */
const PACKAGE_ENTRIES = [".", "./worker", ...recipe().module.map(({ name }) => `./${name}.wasm`)];

/** What the first of them loads from beside itself where there is sound. */
const SOUND = "dist/sound.js";

/** Files that a deployment may leave out: their formats are then off. */
const OPTIONAL = ["framereel/formats.wasm", "framereel/heic.wasm"];

const STATIC_FILES = ["icon.svg", "manifest.webmanifest"];
/** Icons for systems that take no SVG: pixels, and the share of the side that the picture takes (a mask may cut the rest off). */
const ICONS = { "icon-192.png": [192, 1], "icon-512.png": [512, 1], "icon-maskable.png": [512, 0.8] };
/** Around the picture of a maskable icon: the icon's own ground. */
const ICON_GROUND = "#12302e";
const SERVICE_WORKER = "service-worker.js";
const PAGE_WORKER = "page-worker.js";

/**
 * Builds the page.
 *
 * @param {object} [options]
 * @param {string} [options.out] folder to write; its old content goes, but only once the new one is complete
 * @param {string} [options.packageRoot] where package.json and the built package lie
 */
export async function buildWww({ out = pageFolder, packageRoot = root } = {}) {
  const fresh = `${out}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(join(fresh, "framereel"), { recursive: true });
  const html = withWords(await readFile(inRoot("www", "index.html"), "utf8"), await englishWords());
  await writeFile(join(fresh, "index.html"), html);
  for (const name of STATIC_FILES) await cp(inRoot("www", name), join(fresh, name));
  await drawIcons(fresh);
  await copyPackage(packageRoot, fresh);
  await bundlePage(fresh);
  await bundleServiceWorker(fresh);
  await writeFile(join(fresh, SINGLE_FILE), await singleFile(html, packageRoot));
  await rm(out, { recursive: true, force: true });
  await rename(fresh, out);
}

/** The fixed texts of index.html in English, from the page's own list of words. */
async function englishWords() {
  const entry = inRoot("www", "page", "words", "en.ts");
  const code = await built({ entryPoints: [entry], format: "esm" });
  const { en } = await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
  return en.page;
}

function withWords(html, words) {
  const word = (key) => {
    if (words[key] === undefined)
      throw new CommandError(`www/index.html asks for the word "${key}", which en.ts has not`);
    return words[key];
  };
  return html
    .replace(/data-word="(\w+)"([^>]*)>/g, (tag, key) => tag + word(key))
    .replace(/data-label="(\w+)"/g, (label, key) => `${label} aria-label="${word(key)}"`);
}

async function drawIcons(folder) {
  const svg = await readFile(inRoot("www", "icon.svg"), "utf8");
  for (const [name, [pixels, share]] of Object.entries(ICONS)) {
    const side = 512 / share;
    const from = (512 - side) / 2;
    const ground =
      share === 1 ? "" : `<rect x="${from}" y="${from}" width="${side}" height="${side}" fill="${ICON_GROUND}"/>`;
    const framed = svg.replace('viewBox="0 0 512 512">', `viewBox="${from} ${from} ${side} ${side}">${ground}`);
    const icon = new Resvg(framed, { fitTo: { mode: "width", value: pixels } }).render();
    await writeFile(join(folder, name), icon.asPng());
  }
}

/** Copies the built package's entries to framereel/, under the names that package.json gives them, and the licences beside the page. */
async function copyPackage(packageRoot, folder) {
  const { exports } = JSON.parse(await readFile(join(packageRoot, "package.json"), "utf8"));
  const copy = (file, to) =>
    cp(join(packageRoot, file), join(to, basename(file))).catch((error) => {
      throw new CommandError(`${file} is missing (${error.code}): run \`node scripts/build.mjs\``);
    });
  for (const entry of PACKAGE_ENTRIES) await copy(exports[entry].default ?? exports[entry], join(folder, "framereel"));
  await copy(SOUND, join(folder, "framereel"));
  await copy("dist/LICENSES.txt", folder);
}

async function bundlePage(folder) {
  await writeFile(join(folder, PAGE_WORKER), await pageWorker());
  const startWorker = `export const startWorker = () => new Worker("./${PAGE_WORKER}", { name: "page" });`;
  const script = await pageScript({ "page:worker": startWorker }, { path: "./framereel/index.js", external: true });
  await writeFile(join(folder, "page.js"), script);
  await writeFile(join(folder, "style.css"), await styles());
}

/** The page's script. `modules` are the contents of modules that the build writes, `framereel` says where the package is. */
function pageScript(modules, framereel) {
  const plugin = {
    name: "written-modules",
    setup(on) {
      on.onResolve({ filter: /^framereel$/ }, () => framereel);
      on.onResolve({ filter: /^page:/ }, ({ path }) => ({ path, namespace: "written" }));
      on.onLoad({ filter: /.*/, namespace: "written" }, ({ path }) => ({ contents: modules[path] }));
    },
  };
  const entry = inRoot("www", "page", "main.ts");
  const define = { SINGLE_FILE: String(framereel.external !== true) };
  return built({ entryPoints: [entry], format: "esm", plugins: [plugin], define });
}

/** A classic script: pages opened from file:// may not start module workers. */
const pageWorker = () => built({ entryPoints: [inRoot("www", "worker", "main.ts")], format: "iife" });

const styles = () => built({ entryPoints: [inRoot("www", "style.css")] });

/** The page with everything in it, encoder and all. Its policy allows exactly its own script and styles, by their hashes. */
async function singleFile(html, packageRoot) {
  const { exports } = JSON.parse(await readFile(join(packageRoot, "package.json"), "utf8"));
  const startWorker = `const code = ${JSON.stringify(await pageWorker())};
    export function startWorker() {
      const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
      const worker = new Worker(url, { name: "page" });
      URL.revokeObjectURL(url);
      return worker;
    }`;
  const inline = join(packageRoot, exports["./inline"].default);
  const script = (await pageScript({ "page:worker": startWorker }, { path: inline })).replace(
    /<\/(script)/gi,
    "<\\/$1",
  );
  const style = await styles();
  const icon = `data:image/svg+xml;base64,${(await readFile(inRoot("www", "icon.svg"))).toString("base64")}`;
  const hash = (text) => `'sha256-${sha256(text).toString("base64")}'`;
  const policy = [
    "default-src 'none'",
    `script-src ${hash(script)} 'wasm-unsafe-eval'`,
    "worker-src blob:",
    `style-src ${hash(style)}`,
    "img-src blob: data:",
    "media-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const licences = await readFile(join(packageRoot, "dist", "LICENSES.txt"), "utf8");
  const changes = [
    [/(http-equiv="Content-Security-Policy" content=")[^"]*/, (_, start) => start + policy],
    [/ *<link rel="(apple-touch-icon|manifest)"[^>]*>\n/g, () => ""],
    [/ *<a class="hosted"[^>]*>[^<]*<\/a>/g, () => ""],
    [/<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`],
    [/"icon\.svg"/g, () => `"${icon}"`],
    [/ *<script type="module"[^>]*><\/script>\n/, () => ""],
    // After the elements that it looks for.
    ["</body>", () => `<script type="module">${script}</script>\n</body>`],
    [/$/, () => `<!--\n${licences.replaceAll("--", "- -")}\n-->\n`],
  ];
  return changes.reduce((text, [from, to]) => text.replace(from, to), html);
}

/** The service worker knows every other file of the page, by content: any change makes it a new version. */
async function bundleServiceWorker(folder) {
  const precache = [];
  for (const path of await filesBelow(folder)) {
    const integrity = `sha256-${sha256(await readFile(join(folder, path))).toString("base64")}`;
    precache.push({ url: path === "index.html" ? "./" : path, integrity, optional: OPTIONAL.includes(path) });
  }
  const version = sha256(JSON.stringify(precache)).toString("hex").slice(0, 16);
  const script = await built({
    entryPoints: [inRoot("www", "offline", "service-worker.ts")],
    define: { PRECACHE: JSON.stringify(precache), VERSION: JSON.stringify(version) },
    format: "iife", // module service workers are younger than everything else here
  });
  await writeFile(join(folder, SERVICE_WORKER), script);
}

/** The text that esbuild makes of an entry. */
async function built(options) {
  const result = await build({
    bundle: true,
    write: false,
    minify: true,
    target: TARGET,
    charset: "utf8",
    legalComments: "eof",
    logLevel: "warning",
    ...options,
  });
  return result.outputFiles[0].text;
}

/** Paths of all files below `folder`, with forward slashes, sorted. */
async function filesBelow(folder) {
  // Without types: where an entry stands is only told from node 20.12 on.
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return files.map((name) => name.split(sep).join("/")).sort();
}

function sha256(content) {
  return createHash("sha256").update(content).digest();
}

if (process.argv[1] === import.meta.filename) await main(buildWww);
