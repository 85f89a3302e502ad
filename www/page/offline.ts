import { element } from "./dom.ts";

/**
 * Registers the service worker, which keeps the page for use without a network, and says when that is so. A new version
 * waits until the user takes it or the page's last tab closes, so that one tab never runs files of two versions.
 */
export async function keepForOffline(): Promise<void> {
  // Absent outside secure contexts, for example on a plain http address of the local network. The page works as well.
  if (SINGLE_FILE || !("serviceWorker" in navigator)) return;
  offerOneFile();
  const container = navigator.serviceWorker;
  const registration = await container.register("./service-worker.js");

  const offerUpdate = () => {
    if (registration.waiting !== null && container.controller !== null) element("update", HTMLElement).hidden = false;
  };
  registration.addEventListener("updatefound", () =>
    registration.installing?.addEventListener("statechange", offerUpdate),
  );
  offerUpdate();

  element("update-now", HTMLButtonElement).addEventListener("click", () => {
    container.addEventListener("controllerchange", () => location.reload(), { once: true });
    registration.waiting?.postMessage("take over");
  });

  await container.ready;
  element("offline", HTMLElement).hidden = false;
}

/** The single-file page is as large as all the others together, so it is not kept: without a network it is not offered. */
function offerOneFile(): void {
  const show = () => {
    element("one-file", HTMLAnchorElement).hidden = !navigator.onLine;
  };
  addEventListener("online", show);
  addEventListener("offline", show);
  show();
}
