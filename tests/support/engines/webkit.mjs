// Debian's WebKitGTK: its small browser, driven over W3C WebDriver (https://www.w3.org/TR/webdriver2/) by plain requests.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** Encodes of several seconds on a busy machine are no time-out. */
const PATIENCE = 600_000;
/** Milliseconds between two looks whether the driver answers. */
const LOOK_EVERY = 50;

/** Starts the driver on a screen of its own, and the browser with an empty profile. */
export async function launch() {
  const port = await freePort();
  const driver = spawn("xvfb-run", ["-a", "WebKitWebDriver", `--port=${port}`], {
    // A group of its own, so that the screen and the browser end with it.
    detached: true,
    stdio: "ignore",
    // The sandbox needs privileges that containers and root do not have; the pages are the tests' own.
    env: { ...process.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" },
  });
  const stop = () => {
    process.removeListener("exit", stop);
    try {
      process.kill(-driver.pid);
    } catch {
      // It has ended already.
    }
  };
  process.once("exit", stop);
  try {
    const { base, version } = await newSession(`http://127.0.0.1:${port}`, driver);
    const first = await request("GET", `${base}/window`);
    return {
      version: `WebKitGTK ${version}`,
      open: (url) => openPage(base, first, url),
      async close() {
        await request("DELETE", base);
        stop();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}

async function newSession(driverUrl, driver) {
  while (!(await fetch(`${driverUrl}/status`).catch(() => false))) {
    if (driver.exitCode !== null) throw new Error("WebKitWebDriver did not start: is webkit2gtk-driver installed?");
    await setTimeout(LOOK_EVERY);
  }
  const capabilities = {
    "webkitgtk:browserOptions": { binary: miniBrowser(), args: ["--automation"] },
    timeouts: { script: PATIENCE, pageLoad: PATIENCE },
  };
  const session = await request("POST", `${driverUrl}/session`, { capabilities: { alwaysMatch: capabilities } });
  return { base: `${driverUrl}/session/${session.sessionId}`, version: session.capabilities.browserVersion };
}

/** A window for each page: commands go to the one that was switched to last, so they wait for one another. `first` is always there. */
async function openPage(base, first, url) {
  const inWindow = (handle, method, path, body) =>
    inTurn(base, async () => {
      await request("POST", `${base}/window`, { handle });
      return request(method, `${base}${path}`, body);
    });
  const { handle } = await inWindow(first, "POST", "/window/new", { type: "window" });
  const page = {
    async evaluate(work, argument) {
      const answer = await inWindow(handle, "POST", "/execute/async", {
        script: scriptOf(work),
        args: [argument ?? null],
      });
      if (answer.failure) throw new Error(answer.failure);
      return answer.value;
    },
    goto: (address) => inWindow(handle, "POST", "/url", { url: address }),
    close: () => inWindow(handle, "DELETE", "/window"),
  };
  await page.goto(url);
  return page;
}

const turns = new Map();
function inTurn(key, work) {
  const turn = (turns.get(key) ?? Promise.resolve()).then(work, work);
  turns.set(key, turn);
  return turn;
}

/** The body of an "execute async script": the driver hands in the arguments, and last the function that ends the script. */
function scriptOf(work) {
  return `const [argument, done] = arguments;
    Promise.resolve(argument).then(${work}).then(
      (value) => done({ value }),
      (error) => done({ failure: String(error) + "\\n" + (error?.stack ?? "") }),
    );`;
}

/** One command, or the error that the driver reports. */
async function request(method, url, body) {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = await response.json();
  if (response.ok) return value;
  throw new Error(`WebDriver ${method} ${new URL(url).pathname}: ${value.error}: ${value.message}`);
}

/** Debian keeps the browser out of the PATH, in the folder of the machine's libraries. */
function miniBrowser() {
  const found = readdirSync("/usr/lib", { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => ["4.1", "4.0"].map((api) => join("/usr/lib", name, `webkit2gtk-${api}`, "MiniBrowser")))
    .find((path) => existsSync(path));
  if (!found) throw new Error("WebKitGTK's MiniBrowser is missing: install webkit2gtk-driver.");
  return found;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
