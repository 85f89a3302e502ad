import assert from "node:assert/strict";
import { openAsBlob } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { readFiles } from "./read.js";

const MOST = 2 ** 24;
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "read-"));
});
after(() => rm(folder, { recursive: true }));

async function fileOf(name: string, bytes: Uint8Array): Promise<Blob> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return openAsBlob(path);
}

function bytesOf(length: number, first: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => first + at);
}

test("each file has its own bytes, in a buffer of its own", async () => {
  for (const sizes of [[7], [1, 0, 300], [2 ** 21, 2 ** 21, 2 ** 21]]) {
    const all = sizes.map((size, at) => bytesOf(size, 40 * at));
    const files = await Promise.all(all.map((bytes, at) => fileOf(`${sizes.length}-${at}`, bytes)));
    const read = await Promise.all(readFiles(files, MOST));
    assert.deepEqual(read, all);
    assert.ok(read.every(({ buffer, byteLength }) => buffer.byteLength === byteLength));
  }
});

test("of several files, the one that can no longer be read is blamed, and no other", async () => {
  const files = await Promise.all([0, 1, 2].map((at) => fileOf(`changed-${at}`, bytesOf(100, at))));
  await writeFile(join(folder, "changed-1"), bytesOf(50, 9));
  const read = await Promise.allSettled(readFiles(files, MOST));
  assert.deepEqual(
    read.map(({ status }) => status),
    ["fulfilled", "rejected", "fulfilled"],
  );
  assert.match(String(read.find((result) => result.status === "rejected")?.reason), /can no longer be read/);
});

test("a file that is too large is refused, and no other", async () => {
  const files = await Promise.all([10, 2000, 20].map((size) => fileOf(`large-${size}`, bytesOf(size, 1))));
  const read = await Promise.allSettled(readFiles(files, 1000));
  assert.deepEqual(
    read.map(({ status }) => status),
    ["fulfilled", "rejected", "fulfilled"],
  );
});
