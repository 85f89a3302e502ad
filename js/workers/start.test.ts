import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { FakeWorker } from "../../tests/support/fake-worker.js";
import { overrideLoader, setEntryLoader } from "./loader.js";
import { startWorker } from "./start.js";

const ADDRESS = "https://example.org/app/worker.js";

let worker: FakeWorker;

beforeEach(() => {
  mock.restoreAll();
  mock.timers.reset();
  worker = new FakeWorker();
  Object.assign(globalThis, { Worker: FakeWorker, location: new URL(ADDRESS) });
  overrideLoader({ createWorker: undefined, workerUrl: undefined });
  setEntryLoader({
    createWorker: () => worker as unknown as Worker,
    workerUrl: () => ADDRESS,
    compileModule: async () => ({}) as WebAssembly.Module,
  });
});

/** What the server says when the script is asked for once more. */
function serverAnswers(status: number, type: string): void {
  mock.method(globalThis, "fetch", async () => new Response(null, { status, headers: { "content-type": type } }));
}

async function failure(): Promise<string> {
  worker = new FakeWorker({ greets: false });
  const starting = startWorker();
  await setTimeout(5);
  worker.fail("");
  const error: Error & { code?: string } = await starting.then(
    () => assert.fail("it started"),
    (reason) => reason,
  );
  assert.equal(error.code, "load");
  assert.equal(worker.terminated, true);
  return error.message;
}

test("a worker that greets and takes the module is started", async () => {
  assert.equal(await startWorker(), worker);
});

for (const { name, status, type, says } of [
  { name: "no file", status: 404, type: "text/plain", says: /there is no file at https:.*worker\.js \(HTTP 404\)/ },
  { name: "a page", status: 200, type: "text/html", says: /served as "text\/html".*page for unknown addresses/ },
  { name: "a wrong type", status: 200, type: "text/plain", says: /served as "text\/plain", and module workers need/ },
  { name: "a sound script", status: 200, type: "text/javascript", says: /the browser does not say why/ },
]) {
  test(`where the server answers with ${name}, the error says so`, async () => {
    serverAnswers(status, type);
    assert.match(await failure(), says);
  });
}

test("where the server cannot be asked, the error says so", async () => {
  mock.method(globalThis, "fetch", async () => Promise.reject(new TypeError("Failed to fetch")));
  assert.match(await failure(), /worker\.js cannot be fetched\. Deploy worker\.js there/);
});

test("a worker of the caller's own has no address to ask at", async () => {
  const fetched = mock.method(globalThis, "fetch", async () => new Response());
  overrideLoader({ createWorker: () => worker as unknown as Worker });
  assert.match(await failure(), /Look for its address in the network panel/);
  assert.equal(fetched.mock.callCount(), 0);
});

test("a worker that refuses the module says that versions or a policy may be the cause", async () => {
  worker = new FakeWorker({
    refuses: "CompileError",
  });
  await assert.rejects(startWorker(), { code: "load", message: /could not start the wasm module: CompileError/ });
});

test("a worker that says nothing is given up after 20 s", async () => {
  serverAnswers(200, "text/javascript");
  mock.timers.enable({ apis: ["setTimeout"] });
  worker = new FakeWorker({ greets: false });
  const starting = startWorker();
  // The timer is set once the worker is there.
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  mock.timers.tick(20_000);
  await assert.rejects(starting, { code: "load", message: /no sign of life for 20 s/ });
});
