// A screen with a real window on it, for what the system itself shows: its dialogs belong to no page, so keys and clicks go to the screen.
import { execFileSync, spawn } from "node:child_process";
import { chromium } from "playwright-core";
import { CHROMIUM, FLAGS } from "../../support/chromium.mjs";

/** The middle of a GTK dialog's default button, in pixels from the lower right corner. */
const DEFAULT_BUTTON = { right: 49, bottom: 24 };
/** Milliseconds between two looks at the screen. */
const LOOK = 300;
/** Looks until something counts as not coming. */
const MOST_LOOKS = 60;

/** Starts an X server without a monitor and Chromium on it. */
export async function launchOnScreen() {
  const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x900x24"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const number = await new Promise((resolve, reject) => {
    server.stdio[3].once("data", (data) => resolve(String(data).trim()));
    server.once("error", reject);
    server.once("exit", () => reject(new Error("Xvfb did not start")));
  });
  const env = { ...process.env, DISPLAY: `:${number}` };
  const args = [...FLAGS, "--disable-gpu"];
  const browser = await chromium.launch({ headless: false, executablePath: CHROMIUM, args, env });
  const close = async () => {
    await browser.close();
    server.kill();
  };
  return { browser, dialog: new Dialog(env), close };
}

/** The dialog in front of the browser's one window. */
class Dialog {
  #env;

  constructor(env) {
    this.#env = env;
  }

  comes() {
    return this.#until((count) => count > 1, "no dialog came");
  }

  /** Writes a path into its first field. */
  type(text) {
    this.#xdotool("key", "ctrl+a");
    this.#xdotool("type", "--delay", "20", text);
  }

  cancel() {
    return this.#until(
      (count) => count === 1,
      "Escape does not end the dialog",
      () => this.#xdotool("key", "Escape"),
    );
  }

  /** Clicks "Save" until the dialog is gone: the first click may only close what the dialog proposes. */
  accept() {
    return this.#until(
      (count) => count === 1,
      "the dialog stays open",
      () => this.#clickDefault(),
    );
  }

  #clickDefault() {
    const geometry = this.#xdotool("getwindowgeometry", "--shell", this.#windows().at(-1));
    const part = (name) => Number(new RegExp(`^${name}=(\\d+)$`, "m").exec(geometry)[1]);
    const x = part("X") + part("WIDTH") - DEFAULT_BUTTON.right;
    const y = part("Y") + part("HEIGHT") - DEFAULT_BUTTON.bottom;
    this.#xdotool("mousemove", String(x), String(y), "click", "1");
  }

  #windows() {
    return this.#xdotool("search", "--onlyvisible", "--name", ".").split("\n");
  }

  async #until(wanted, what, between = () => {}) {
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      if (wanted(this.#windows().length)) return;
      between();
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
    throw new Error(what);
  }

  #xdotool(...args) {
    return execFileSync("xdotool", args, { env: this.#env, encoding: "utf8" }).trim();
  }
}
