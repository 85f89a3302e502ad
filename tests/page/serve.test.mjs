// The static server: right types, the page's policy, nothing from outside its folder.
import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pageHeaders, serve } from "../../scripts/serve.mjs";
import { temporaryFolder } from "../support/folder.mjs";

const POLICY = "default-src 'none'; script-src 'self'";
const folder = temporaryFolder("serve");
let server;
before(async () => {
  mkdirSync(join(folder, "root", "sub"), { recursive: true });
  writeFileSync(join(folder, "root", "index.html"), `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`);
  writeFileSync(join(folder, "root", "sub", "index.html"), "sub");
  for (const name of ["a.js", "a.css", "a.wasm", "a.svg", "a.webmanifest", "a.unknown", "with space.txt"]) {
    writeFileSync(join(folder, "root", name), name);
  }
  mkdirSync(join(folder, "root-beside"));
  writeFileSync(join(folder, "root-beside", "secret.txt"), "secret");
  symlinkSync(join(folder, "root-beside", "secret.txt"), join(folder, "root", "link.txt"));
  server = await serve({ root: join(folder, "root"), port: 0, headers: await pageHeaders(join(folder, "root")) });
});
after(async () => {
  await server.close();
});

test("every file has the type that browsers insist on, and the page's policy", async () => {
  const types = {
    "": "text/html; charset=utf-8",
    "a.js": "text/javascript; charset=utf-8",
    "a.css": "text/css; charset=utf-8",
    "a.wasm": "application/wasm",
    "a.svg": "image/svg+xml",
    "a.webmanifest": "application/manifest+json",
    "a.unknown": "application/octet-stream",
    "with%20space.txt?query": "text/plain; charset=utf-8",
  };
  for (const [path, type] of Object.entries(types)) {
    const response = await fetch(server.url + path);
    assert.equal(response.status, 200, path);
    assert.equal(response.headers.get("content-type"), type, path);
    assert.equal(response.headers.get("content-security-policy"), POLICY, path);
    assert.equal(response.headers.get("x-content-type-options"), "nosniff", path);
    await response.arrayBuffer();
  }
});

test("a folder is its index.html, with the slash that relative addresses need", async () => {
  const response = await fetch(`${server.url}sub?a=1`, { redirect: "manual" });
  assert.deepEqual([response.status, response.headers.get("location")], [308, "/sub/?a=1"]);
  assert.equal(await (await fetch(`${server.url}sub`)).text(), "sub");
});

test("HEAD has the headers alone, other methods are refused", async () => {
  const head = await fetch(`${server.url}a.wasm`, { method: "HEAD" });
  assert.deepEqual([head.status, head.headers.get("content-length"), await head.text()], [200, "6", ""]);
  assert.equal((await fetch(`${server.url}a.wasm`, { method: "POST" })).status, 405);
});

test("no address leads out of the folder", async () => {
  const ways = [
    "/../root-beside/secret.txt",
    "/sub/../../root-beside/secret.txt",
    "/%2e%2e/root-beside/secret.txt",
    "/..%2froot-beside%2fsecret.txt",
    "/%2e%2e%2froot-beside/secret.txt",
    "//etc/passwd",
    "/link.txt",
    "/%00",
    "/%zz",
    "/missing",
    "/a.js/",
    "/a.js/more",
  ];
  for (const way of ways) assert.match(await raw(way), /^HTTP\/1\.1 404 /, way);
  for (const way of ["/a.js", "//a.js", "//", "http://elsewhere/../"])
    assert.doesNotMatch(await raw(way), /secret|^HTTP\/1\.1 5|^$/, way);
  assert.match(await raw("/a.js"), /^HTTP\/1\.1 200 /, "it still serves");
});

test("where a port is taken the next one is used", async () => {
  const next = await serve({ root: join(folder, "root"), port: server.port });
  assert.ok(next.port > server.port);
  assert.equal(await (await fetch(`${next.url}a.js`)).text(), "a.js");
  await next.close();
});

/** An answer to a request line sent as it is: fetch would tidy the address up first. */
function raw(target) {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, "127.0.0.1", () =>
      socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
    );
    let answer = "";
    socket.on("data", (data) => {
      answer += data;
    });
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
  });
}
