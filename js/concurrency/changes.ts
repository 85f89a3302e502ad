/** Something that changes, and those who wait for it to. */
export class Changes {
  #waiting: (() => void)[] = [];

  /** Has everybody who waits look again. */
  changed(): void {
    for (const look of this.#waiting.splice(0)) look();
  }

  /** Resolves once a condition holds, which is looked at now and after every change. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }
}
