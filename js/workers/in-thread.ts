/**
 * Stands in for a `Worker` whose other side runs in this thread. Messages are copied or moved and arrive in a task of their own, as
 * a worker's do.
 */
export function workerInThread(serve: (page: MessagePort) => void): Worker {
  const { port1, port2 } = new MessageChannel();
  // The first message arrives in a later task: by then the page's side listens.
  serve(port2);
  port1.start();
  port2.start();
  return Object.assign(port1, { terminate: () => port1.close() }) as unknown as Worker;
}
