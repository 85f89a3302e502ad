/** Seconds between two looks at whether anything came. */
const STEP_SECONDS = 1;

/**
 * Looks without an answer after which nothing is expected any more. No browser takes so long for a picture: it is far more than
 * 134 million pixels take on a phone.
 */
const MOST_STEPS = 180;

/**
 * What a promise of the browser's gives, or undefined where it never settles. Only looks that come on time count: a machine that
 * is busy, asleep or stopped by a debugger makes them late, and is given the time that it takes.
 */
export async function orNothing<T>(promise: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setInterval> | undefined;
  const silence = new Promise<undefined>((resolve) => {
    let steps = 0;
    timer = setInterval(() => {
      steps++;
      if (steps >= MOST_STEPS) resolve(undefined);
    }, STEP_SECONDS * 1000);
  });
  try {
    return await Promise.race([promise, silence]);
  } finally {
    clearInterval(timer);
  }
}
