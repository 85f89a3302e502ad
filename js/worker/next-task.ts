const { port1, port2 } = new MessageChannel();
const resumers: (() => void)[] = [];
port1.onmessage = () => resumers.shift()?.();

/** Resolves in a new task of the event loop, after messages that are already there. Timers would wait 4 ms each. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    resumers.push(resolve);
    port2.postMessage(null);
  });
}
