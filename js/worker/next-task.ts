const resumers: (() => void)[] = [];
/** Made with the first wait: importing this does nothing. */
let away: MessagePort | undefined;

/** Resolves in a new task of the event loop, after messages that are already there. Timers would wait 4 ms each. */
export function nextTask(): Promise<void> {
  away ??= portToResumers();
  const port = away;
  return new Promise((resolve) => {
    resumers.push(resolve);
    port.postMessage(null);
  });
}

function portToResumers(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => resumers.shift()?.();
  return port2;
}
