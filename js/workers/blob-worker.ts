/**
 * A worker that runs a script of the page's own making. A classic one: pages opened from file:// may not start module
 * workers. A Content-Security-Policy must allow `worker-src blob:`.
 */
export function workerFromScript(script: BlobPart): Worker {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  try {
    return new Worker(url, { name: "framereel" });
  } finally {
    // The script is fetched by reference before the address goes.
    URL.revokeObjectURL(url);
  }
}

/** Whether browsers refuse to start a worker from an address, because it is not of the page's own origin. */
export function isElsewhere(url: string): boolean {
  const { protocol, origin } = new URL(url);
  return /^https?:$/.test(protocol) && origin !== globalThis.location?.origin;
}

/**
 * A worker whose script is of another origin: a script of the page's own imports it, which asks that server for CORS
 * headers and nothing else. Imported when the worker already runs, so that `script-src` decides about it, as it did about the script that asks.
 */
export function workerFromElsewhere(url: string): Worker {
  // Thrown outside of the promise, where it becomes the worker's error event.
  return workerFromScript(`import(${JSON.stringify(url)}).catch((e) => setTimeout(() => { throw e; }));`);
}
