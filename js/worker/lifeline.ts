/**
 * Holds a lock as long as the worker lives (js/workers/lifeline.ts); calls back once it is held. Resolves then, or where there are no
 * locks: a worker that began its work before could end unheard.
 */
export function holdForLife(name: string, held: () => void): Promise<void> {
  return new Promise((resolve) => {
    const forLife = (): Promise<never> => {
      held();
      resolve();
      return new Promise(() => {});
    };
    // A frame without an origin may have none.
    if (navigator.locks) navigator.locks.request(name, forLife).catch(() => resolve());
    else resolve();
  });
}
