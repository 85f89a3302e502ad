import type { FromWorker } from "../protocol/messages.js";
import { type PageSide, serve } from "./main.js";

// The script of a worker: its global scope is where the page is. TypeScript's DOM and worker libraries cannot be loaded together.
declare const self: PageSide & {
  postMessage(message: FromWorker): void;
  addEventListener(type: "unhandledrejection", listener: (event: PromiseRejectionEvent) => void): void;
};

// What nobody hears of, the page would wait for.
self.addEventListener("unhandledrejection", ({ reason }) => {
  self.postMessage({ type: "broken", message: String(reason) });
});

serve(self);
