/** How much may happen at once. */
export interface Concurrency {
  /** Items being worked on. */
  atOnce: number;
  /** Items begun but not yet handed out, worked on or finished: what bounds the memory. */
  ahead: number;
}

/**
 * Works on items 0 to `count - 1` side by side and hands the results out in order. The first failure in that order, not
 * in time, is the one thrown, so that the same input always fails the same way; nothing new is begun after any failure.
 */
export async function* inOrder<Result>(
  count: number,
  { atOnce, ahead }: Concurrency,
  work: (index: number) => Promise<Result>,
): AsyncGenerator<Result, void, void> {
  const begun = new Map<number, Promise<Result>>();
  let next = 0;
  let handedOut = 0;
  let active = 0;
  let stopped = false;

  const fill = (): void => {
    while (!stopped && next < count && active < atOnce && next < handedOut + ahead) {
      active++;
      const result = work(next);
      begun.set(next++, result);
      result.then(
        () => {
          active--;
          fill();
        },
        () => {
          stopped = true;
        },
      );
    }
  };

  try {
    for (; handedOut < count; handedOut++) {
      fill();
      const result = await (begun.get(handedOut) as Promise<Result>);
      begun.delete(handedOut);
      yield result;
    }
  } finally {
    stopped = true;
  }
}
