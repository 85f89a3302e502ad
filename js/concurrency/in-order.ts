import { Changes } from "./changes.js";
import { Queue } from "./queue.js";

/** How much may happen at once. */
export interface Concurrency {
  /** Items being worked on. */
  atOnce: number;
  /** Items begun but not yet handed out, worked on or finished: what bounds the memory. */
  ahead: number;
}

/**
 * Works on items side by side and hands the results out in order. The first failure in that order, not in time, is the one
 * thrown, so that the same input always fails the same way; nothing new is begun after any failure.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  { atOnce, ahead }: Concurrency,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, void> {
  const begun = new Queue<Promise<Result>>();
  const changes = new Changes();
  let active = 0;
  let waiting = 0;
  let stopped = false;

  const begin = (item: Item): void => {
    active++;
    waiting++;
    const result = work(item);
    result.then(
      () => {
        active--;
        changes.changed();
      },
      () => {
        stopped = true;
        changes.changed();
      },
    );
    begun.push(result);
  };

  const readItems = async (): Promise<void> => {
    for await (const item of items) {
      if (stopped) break;
      begin(item);
      await changes.until(() => stopped || (active < atOnce && waiting < ahead));
    }
  };

  readItems().then(
    () => begun.close(),
    (reason) => {
      const failed = Promise.reject(reason);
      // Nobody may be reading any more.
      failed.catch(() => {});
      begun.push(failed);
    },
  );
  try {
    for await (const result of begun) {
      yield await result;
      waiting--;
      changes.changed();
    }
  } finally {
    stopped = true;
    changes.changed();
  }
}
