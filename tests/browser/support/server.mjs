// Serves the built package, the test images and an empty page, and misbehaves where a test wants it to.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { basename, extname, join, normalize, relative, sep } from "node:path";
import { photosFolder } from "../../../scripts/lib/photos.mjs";
import { inRoot } from "../../../scripts/lib/project.mjs";
import { fixturesFolder } from "../../fixtures/make-fixtures.mjs";

const FOLDERS = {
  dist: inRoot("dist"),
  fixtures: fixturesFolder,
  photos: photosFolder,
  support: import.meta.dirname,
  engines: inRoot("tests", "engines"),
};

const MIME_TYPES = {
  ".avif": "image/avif",
  ".gif": "image/gif",
  ".jpg": "image/jpeg",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webp": "image/webp",
};

const EMPTY_PAGE = '<!doctype html><meta charset="utf-8"><title>framereel</title><body>';

/** Where files that a page sends end up: each test file has a folder of its own, as others run beside it. */
export const receivedFolder = inRoot(
  "tests",
  ".work",
  "browser",
  basename(relative(inRoot(), process.argv[1]).replaceAll(sep, "-"), ".mjs"),
);

/**
 * @typedef {(request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse) => void} Answer
 * @returns {Promise<{ url: string, answers: Map<string, Answer>, headers: Record<string, string>, requests: string[], received: Set<string>, close: () => Promise<void> }>}
 *   `answers` by path takes precedence over files; `headers` are added to the empty page; `requests` are the paths asked for,
 *   `received` the names of the files in `receivedFolder` that pages sent
 */
export async function startServer() {
  await mkdir(receivedFolder, { recursive: true });
  const answers = new Map();
  const headers = {};
  const requests = [];
  const received = new Set();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    requests.push(pathname);
    try {
      const special = answers.get(pathname);
      if (special) special(request, response);
      else if (request.method === "POST") received.add(await receive(pathname, request, response));
      else if (pathname === "/") send(response, 200, { "Content-Type": "text/html", ...headers }, EMPTY_PAGE);
      else await sendFile(pathname, response);
    } catch (error) {
      send(
        response,
        error.code === "ENOENT" || error.code === "EISDIR" ? 404 : 500,
        { "Content-Type": "text/plain" },
        String(error),
      );
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${server.address().port}/`, answers, headers, requests, received, close };
}

async function sendFile(pathname, response) {
  const [, folder, ...rest] = normalize(decodeURIComponent(pathname)).split("/");
  if (!(folder in FOLDERS)) return send(response, 404, { "Content-Type": "text/plain" }, "no such folder");
  const path = join(FOLDERS[folder], ...rest);
  send(
    response,
    200,
    { "Content-Type": MIME_TYPES[extname(path)] ?? "application/octet-stream" },
    await readFile(path),
  );
}

async function receive(pathname, request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const name = pathname.split("/").at(-1);
  await writeFile(join(receivedFolder, name), Buffer.concat(chunks));
  send(response, 204, {});
  return name;
}

function send(response, status, headers, body) {
  response.writeHead(status, { "Cache-Control": "no-store", ...headers });
  response.end(body);
}
