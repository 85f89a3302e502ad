let nowhere: MessagePort | undefined;

/**
 * Gives a buffer's memory back at once; the buffer is empty from then on. Left alone, it waits for a garbage collector that sees
 * a small object and is in no hurry: with a file for each image, tens of megabytes wait in every worker.
 *
 * A message to a port without an other end is what frees it in all browsers. `ArrayBuffer.prototype.transfer` does not: Chromium
 * has a second handle on the buffers that it made itself, and keeps their memory until that one is collected too.
 */
export function freeBuffer(buffer: ArrayBuffer): void {
  nowhere ??= portToNowhere();
  nowhere.postMessage(null, [buffer]);
}

function portToNowhere(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  return port1;
}
