// The ways in which the fixture app gets to a browser. Each is what its tool's own documentation says, with as little
// configuration as the tool allows.
import { copyFileSync, cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inRoot } from "../../../scripts/lib/project.mjs";
import { serve } from "../../../scripts/serve.mjs";
import { runTool, startTool } from "./tools.mjs";
import { freshFolder, workspace } from "./workspace.mjs";

/**
 * @typedef {object} Way
 * @property {string} name as in the test's title
 * @property {string} folder its files below ways/
 * @property {(folder: string) => Promise<Served>} start builds and serves what lies in the folder
 *
 * @typedef {{ url: string, stop: () => Promise<void> }} Served
 */

/** @type {Way[]} */
export const WAYS = [
  { name: "a plain <script type=module>", folder: "plain", start: plain },
  { name: "Vite's dev server", folder: "vite", start: viteDev },
  { name: "the dev server of Vite 7", folder: "vite", start: vite7Dev },
  { name: "Vite's build", folder: "vite", start: viteBuild },
  { name: "webpack", folder: "webpack", start: webpack },
  { name: "esbuild, with configure()", folder: "esbuild", start: esbuild },
  { name: "Parcel", folder: "parcel", start: parcel },
  { name: "framereel/inline in Parcel, with packageExports", folder: "parcel", start: parcelInline },
  { name: "a production build of Next.js with Turbopack", folder: "next", start: nextTurbopack },
  { name: "a production build of Next.js with webpack", folder: "next", start: nextWebpack },
  { name: "one HTML file opened from the disk", folder: "inline", start: inlineFile },
];

/** The ways for an app that imports `framereel/encoder` and `framereel/mediabunny`. */
export const ENTRY_WAYS = [
  ...WAYS.filter(({ start }) => [plain, viteDev, vite7Dev, viteBuild, webpack, esbuild, nextTurbopack].includes(start)),
  { name: "Parcel, with packageExports", folder: "parcel", start: parcelExports },
];

/** Lays out a fixture app for a way, in a fresh folder of the given name. */
export function layOut(way, name, app = "app") {
  const folder = freshFolder(name, inRoot("tests", "bundlers", "ways", way));
  freshFolder(join(name, "src"), inRoot("tests", "bundlers", app));
  return folder;
}

async function plain(folder) {
  // Served as npm laid it down, untouched.
  installOwnCopy(folder);
  return serveFolder(folder);
}

function viteDev(folder) {
  return viteApp("vite", folder);
}

function vite7Dev(folder) {
  return viteApp("vite-7", folder);
}

/** Vite serves only what is inside the app, so framereel is installed there. */
function viteApp(version, folder) {
  makePackage(folder);
  installOwnCopy(folder);
  return startVite(version, folder);
}

/** Makes the folder a package, so that Vite takes it, and not the workspace, for the app. */
export function makePackage(folder, fields = {}) {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module", ...fields }));
}

/** Copies of the installed package, and of mediabunny, in the app's own node_modules. */
export function installOwnCopy(folder) {
  for (const name of ["framereel", "mediabunny"])
    cpSync(join(workspace, "node_modules", name), join(folder, "node_modules", name), { recursive: true });
}

/** Starts the dev server of a version of Vite, by the name it is installed under; both have the command `vite`. */
export function startVite(version, folder, root = ".") {
  const command = join(workspace, "node_modules", version, "bin", "vite.js");
  const at = (port) => ["--host", "127.0.0.1", "--port", `${port}`, "--strictPort"];
  return startTool("node", (port) => [command, root, ...at(port)], { cwd: folder });
}

async function viteBuild(folder) {
  await runTool("node", [join(workspace, "node_modules", "vite", "bin", "vite.js"), "build"], { cwd: folder });
  return serveFolder(join(folder, "dist"));
}

async function webpack(folder) {
  await runTool("webpack", ["build"], { cwd: folder });
  return serveFolder(join(folder, "built"), join(folder, "index.html"));
}

async function esbuild(folder) {
  await runTool("node", ["build.mjs"], { cwd: folder });
  return serveFolder(join(folder, "built"), join(folder, "index.html"));
}

async function parcel(folder) {
  await runTool("parcel", ["build", "index.html", "--no-cache", "--no-autoinstall", "--dist-dir", "dist"], {
    cwd: folder,
  });
  return serveFolder(join(folder, "dist"));
}

function parcelExports(folder) {
  makePackage(folder, { "@parcel/resolver-default": { packageExports: true } });
  // Parcel takes the settings from where the lock file is.
  writeFileSync(join(folder, "package-lock.json"), "{}");
  installOwnCopy(folder);
  return parcel(folder);
}

function parcelInline(folder) {
  makePackage(folder, {
    "@parcel/resolver-default": { packageExports: true },
    alias: { framereel: "framereel/inline" },
  });
  // Parcel takes the settings from where the lock file is.
  writeFileSync(join(folder, "package-lock.json"), "{}");
  installOwnCopy(folder);
  return parcel(folder);
}

function nextTurbopack(folder) {
  return next(folder, "--turbopack");
}

function nextWebpack(folder) {
  return next(folder, "--webpack");
}

async function next(folder, bundler) {
  await runTool("next", ["build", bundler], { cwd: folder });
  return startTool("next", (port) => ["start", "--hostname", "127.0.0.1", "--port", `${port}`], { cwd: folder });
}

async function inlineFile(folder) {
  await runTool("node", ["build.mjs"], { cwd: folder });
  return { url: pathToFileURL(join(folder, "page.html")).href, stop: async () => {} };
}

/** Serves a built folder; `html` is put into it where the tool does not make a page by itself. */
async function serveFolder(folder, html) {
  if (html) copyFileSync(html, join(folder, "index.html"));
  const { url, close } = await serve({ root: folder, port: 0 });
  return { url, stop: close };
}
