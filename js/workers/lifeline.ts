/**
 * How a page hears that a worker is gone. Browsers send no event where they end one, for memory or at a debugger's word; but
 * a lock that the worker held comes free then (Web Locks API). Where there are no locks, on pages without TLS and in sandboxed frames, the
 * page hears nothing.
 */

let lines = 0;

/** A name for a worker's lock that no other page of the origin uses; nothing where there are no locks. */
export function lifelineName(): string | undefined {
  if (!globalThis.isSecureContext || !("locks" in navigator)) return undefined;
  return `framereel ${performance.timeOrigin} ${Math.random()} ${lines++}`;
}

/** Calls back when the worker that holds the lock is gone, unless the signal comes first. */
export function whenReleased(name: string, signal: AbortSignal, gone: () => void): void {
  // Rejects with the signal's reason, or where the page may have no locks: then nobody listens.
  navigator.locks.request(name, { signal }, () => gone()).catch(() => {});
}
