// Builds the static page from www/ and the npm package in dist/: `node scripts/build-www.mjs` -> build/www/, ready to be
// copied to any static host, at any path. The package's files are copied as they are; only the page's own code is bundled.
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { build } from "esbuild";
import { CommandError, inRoot, main, root } from "./lib/project.mjs";

/** The built page. */
export const pageFolder = inRoot("build", "www");

/** The first versions with wasm SIMD, module workers and array copies such as toSpliced. */
const TARGET = ["chrome110", "firefox115", "safari16.4"];

/** Entries of package.json's `exports` that the page loads. */
const PACKAGE_ENTRIES = [".", "./worker", "./framereel.wasm"];

const STATIC_FILES = ["index.html", "icon.svg", "manifest.webmanifest"];
const SERVICE_WORKER = "service-worker.js";

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
  for (const name of STATIC_FILES) await cp(inRoot("www", name), join(fresh, name));
  await copyPackage(packageRoot, fresh);
  await bundlePage(fresh);
  await bundleServiceWorker(fresh);
  await rm(out, { recursive: true, force: true });
  await rename(fresh, out);
}

/** Copies the built package's entries to framereel/, under the names that package.json gives them, and the licences beside the page. */
async function copyPackage(packageRoot, folder) {
  const { exports } = JSON.parse(await readFile(join(packageRoot, "package.json"), "utf8"));
  const copy = (file, to) =>
    cp(join(packageRoot, file), join(to, basename(file))).catch((error) => {
      throw new CommandError(`${file} is missing (${error.code}): run \`node scripts/build.mjs\``);
    });
  for (const entry of PACKAGE_ENTRIES) await copy(exports[entry].default ?? exports[entry], join(folder, "framereel"));
  await copy("dist/LICENSES.txt", folder);
}

async function bundlePage(folder) {
  const publicPackage = {
    name: "public-package",
    setup(on) {
      on.onResolve({ filter: /^framereel$/ }, () => ({ path: "./framereel/index.js", external: true }));
    },
  };
  const script = bundleOptions(inRoot("www", "page", "main.ts"), join(folder, "page.js"));
  await build({ ...script, format: "esm", plugins: [publicPackage] });
  await build(bundleOptions(inRoot("www", "style.css"), join(folder, "style.css")));
}

/** The service worker knows every other file of the page, by content: any change makes it a new version. */
async function bundleServiceWorker(folder) {
  const precache = [];
  for (const path of await filesBelow(folder)) {
    const integrity = `sha256-${sha256(await readFile(join(folder, path))).toString("base64")}`;
    precache.push({ url: path === "index.html" ? "./" : path, integrity });
  }
  const version = sha256(JSON.stringify(precache)).toString("hex").slice(0, 16);
  await build({
    ...bundleOptions(inRoot("www", "offline", "service-worker.ts"), join(folder, SERVICE_WORKER)),
    define: { PRECACHE: JSON.stringify(precache), VERSION: JSON.stringify(version) },
    format: "iife", // module service workers are younger than everything else here
  });
}

function bundleOptions(entry, outfile) {
  return {
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    target: TARGET,
    charset: "utf8",
    legalComments: "eof",
    logLevel: "warning",
  };
}

/** Paths of all files below `folder`, with forward slashes, sorted. */
async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.map((path) => relative(folder, path).split(sep).join("/")).sort();
}

function sha256(content) {
  return createHash("sha256").update(content).digest();
}

if (process.argv[1] === import.meta.filename) await main(buildWww);
