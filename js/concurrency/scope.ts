/**
 * One encode's life: its signal is aborted by the user's, and by the encode itself when anything fails, so that no task
 * of it goes on for nothing.
 */
export class Scope {
  readonly #controller = new AbortController();
  readonly #user: AbortSignal | undefined;
  readonly #follow = (): void => this.#controller.abort(this.#user?.reason);

  constructor(user: AbortSignal | undefined) {
    this.#user = user;
    if (user?.aborted) this.#follow();
    else user?.addEventListener("abort", this.#follow);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends what still runs, and lets go of the user's signal. */
  close(reason: unknown): void {
    this.#user?.removeEventListener("abort", this.#follow);
    this.#controller.abort(reason);
  }
}
