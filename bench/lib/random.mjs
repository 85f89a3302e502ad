// Random numbers that are the same every time: a 32-bit linear congruential generator (constants of Numerical Recipes).

/** `below(n)`: a whole number from 0 to n - 1; `pick(list)`: one of a list. */
export function random(seed) {
  let state = seed >>> 0;
  const below = (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  return { below, pick: (list) => list[below(list.length)] };
}
