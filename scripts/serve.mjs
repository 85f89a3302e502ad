// A small static server: the built page on this machine, and whatever folder a test needs served.
//
//   node scripts/serve.mjs [port]     serves build/www on the first free port from 8080 (or from the given one)
import { createReadStream } from "node:fs";
import { readFile, realpath, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { CommandError, inRoot, main } from "./lib/project.mjs";

const DEFAULT_PORT = 8080;
/** Ports tried one after the other before giving up. */
const PORTS_TRIED = 100;
/** This machine only: a page that is to be reached from others belongs on a real server. */
const HOST = "127.0.0.1";

/** What browsers insist on: a module script with the wrong type is refused, and wasm then compiles only after the whole download. */
const MIME_TYPES = {
  ".css": "text/css; charset=utf-8",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".mp4": "video/mp4",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
};

/**
 * Serves the files below `root`.
 *
 * @param {object} options
 * @param {string} options.root folder, absolute or from the working directory
 * @param {number} [options.port] first port tried, the next ones follow while it is taken; 0: any free one
 * @param {Record<string, string>} [options.headers] sent with every answer
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>} `url` ends in a slash; `close` also ends open connections
 */
export async function serve({ root, port = DEFAULT_PORT, headers = {} }) {
  const folder = await realpath(root);
  const server = createServer((request, response) => {
    answer(folder, headers, request, response).catch((error) => response.destroy(error));
  });
  const bound = await listen(server, port);
  const close = () =>
    new Promise((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
      server.closeAllConnections();
    });
  return { url: `http://${HOST}:${bound}/`, port: bound, close };
}

/** The headers for the built page: the policy of its own meta tag, which then covers the workers too. */
export async function pageHeaders(root) {
  const html = await readFile(join(root, "index.html"), "utf8");
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1];
  if (policy === undefined) throw new Error(`${join(root, "index.html")} has no Content-Security-Policy meta tag`);
  return { "Content-Security-Policy": policy };
}

async function listen(server, first) {
  const last = first === 0 ? 0 : first + PORTS_TRIED - 1;
  for (let port = first; port <= last; port += 1) {
    const error = await new Promise((resolve) => {
      server.once("error", resolve);
      server.listen(port, HOST, () => {
        server.off("error", resolve);
        resolve(null);
      });
    });
    if (error === null) return server.address().port;
    if (error.code !== "EADDRINUSE") throw error;
  }
  throw new CommandError(`ports ${first} to ${last} are all taken; give another one after the command`);
}

async function answer(folder, headers, request, response) {
  const end = (status, text, more = {}) => {
    response.writeHead(status, { ...headers, "Content-Type": MIME_TYPES[".txt"], ...more });
    response.end(request.method === "HEAD" ? undefined : text);
  };
  if (request.method !== "GET" && request.method !== "HEAD")
    return end(405, "GET or HEAD only\n", { Allow: "GET, HEAD" });

  const { pathname, search } = new URL(`http://${HOST}/${request.url.replace(/^\/+/, "")}`);
  const file = await fileAt(folder, pathname);
  if (file === null) return end(404, `nothing at ${pathname}\n`);
  if (file.isFolder) return end(308, "", { Location: `${pathname}/${search}` });

  response.writeHead(200, {
    ...headers,
    "Content-Type": MIME_TYPES[extname(file.path).toLowerCase()] ?? "application/octet-stream",
    "Content-Length": file.size,
    "Cache-Control": "no-cache", // a rebuilt page is seen at the next reload
    "X-Content-Type-Options": "nosniff",
  });
  if (request.method === "HEAD") return void response.end();
  await pipeline(createReadStream(file.path), response);
}

/** The file an address means, or null: nothing there, or a way out of the folder (by "..", an encoded slash or a symbolic link). */
async function fileAt(folder, pathname) {
  try {
    const wanted = join(folder, decodeURIComponent(pathname), pathname.endsWith("/") ? "index.html" : "");
    const path = await realpath(wanted);
    if (!path.startsWith(folder + sep)) return null;
    const { size, isDirectory } = await describe(path);
    return { path, size, isFolder: isDirectory };
  } catch (error) {
    const meansNothing =
      ["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"].includes(error.code) || error instanceof URIError;
    if (meansNothing) return null;
    throw error;
  }
}

async function describe(path) {
  const stats = await stat(path);
  return { size: stats.size, isDirectory: stats.isDirectory() };
}

/** Serves the built page until the process ends, and prints its address. */
export async function servePage(port = DEFAULT_PORT) {
  const root = inRoot("build", "www");
  const headers = await pageHeaders(root).catch(() => {
    throw new CommandError("the page is not built yet: run `npm start`, or `node scripts/build.mjs`");
  });
  const { url } = await serve({ root, port, headers });
  console.log(`\nframereel is at ${url}`);
}

/** The port from the command line, if there is one. */
function wantedPort(text) {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new CommandError(`"${text}" is not a port: give a whole number from 0 to 65535`);
  }
  return port;
}

if (process.argv[1] === import.meta.filename) await main(() => servePage(wantedPort(process.argv[2])));
