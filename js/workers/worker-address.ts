/**
 * The address that `create` gives to the `Worker` constructor. Bundlers write it into the code at build time and nowhere
 * else; asking `import.meta.url` instead would give the wrong one after Vite's build, and put the developer's own folders into webpack's.
 */
export function workerAddress(create: () => Worker): string | undefined {
  const real = globalThis.Worker;
  let address: string | undefined;
  class Witness {
    constructor(url: string | URL) {
      address = new URL(url, globalThis.location?.href).href;
    }
  }
  globalThis.Worker = Witness as unknown as typeof Worker;
  try {
    create();
  } finally {
    globalThis.Worker = real;
  }
  return address;
}
