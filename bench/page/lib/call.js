// A worker as a function: one message out, one answer back.

/** Starts a worker beside `base` and gives `call(message, transfer)`, which resolves with its answer. */
export function workerCaller(path, base, type) {
  const worker = new Worker(new URL(path, base), { type });
  return (message, transfer = []) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) =>
        data.error === undefined ? resolve(data.result) : reject(new Error(data.error));
      worker.onerror = ({ message: text }) => reject(new Error(text ?? `${path} did not load`));
      worker.postMessage(message, transfer);
    });
}

/** The worker's side: answers each message with what `handle` gives. */
export function answer(handle) {
  addEventListener("message", async ({ data }) => {
    try {
      const result = await handle(data);
      postMessage({ result }, result?.transfer ?? []);
    } catch (error) {
      postMessage({ error: String(error?.stack ?? error) });
    }
  });
}
