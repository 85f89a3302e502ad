/** Holds a lock as long as the worker lives (js/workers/lifeline.ts); calls back once it is held. */
export function holdForLife(name: string, held: () => void): void {
  const forLife = (): Promise<never> => {
    held();
    return new Promise(() => {});
  };
  // A frame without an origin may have none.
  navigator.locks?.request(name, forLife).catch(() => {});
}
