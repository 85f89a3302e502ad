// A page that can fetch the sounds, and the clip that they are laid under.
import { harness as browserHarness } from "../../browser/support/harness.mjs";

/** As the browser tests' harness; `lend` has the page find a sound as `/sound/NAME`. */
export function harness() {
  const browser = browserHarness();
  return {
    ...browser,
    /** Not there before the tests begin. */
    get server() {
      return browser.server;
    },
    lend(name, bytes) {
      browser.server.answers.set(`/sound/${name}`, (_, response) => {
        response.writeHead(200, { "Content-Type": "application/octet-stream", "Cache-Control": "no-store" });
        response.end(bytes);
      });
    },
    /**
     * Makes a video of `seconds` seconds with a sound and has it sent here as `file`. Gives the stats, or how it failed.
     *
     * @param {{ name: string, bytes: Uint8Array, file: string, seconds: number, audio?: object, options?: object }} order
     */
    async make({ name, bytes, file, seconds, audio, options }) {
      this.lend(name, bytes);
      const page = await browser.shared();
      return page.evaluate(
        async ({ name, file, seconds, audio, options }) => {
          const response = await fetch(`/sound/${name}`);
          const source = new File([await response.blob()], name);
          const images = [await kit.file("flat/red.png"), await kit.file("flat/blue.png")];
          const durations = [seconds / 2, seconds / 2];
          let stats;
          const failure = await kit.failureOf(async () => {
            const clip = new kit.ImageSequenceClip(images, { durations }).repeated(1);
            const result = await clip.encode({ audio: { source, ...audio }, ...options });
            stats = result.stats;
            await kit.upload(result.blob, file);
          });
          return { stats, failure };
        },
        { name, file, seconds, audio, options },
      );
    },
  };
}
