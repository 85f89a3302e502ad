// Counts what an encode leaves behind, and gives it workers that can be killed. Runs in the page, as `faulty`.

const workers = new Set();
const addresses = new Set();
const { createObjectURL, revokeObjectURL } = URL;

URL.createObjectURL = (object) => {
  const address = createObjectURL.call(URL, object);
  addresses.add(address);
  return address;
};
URL.revokeObjectURL = (address) => {
  addresses.delete(address);
  revokeObjectURL.call(URL, address);
};

globalThis.faulty = {
  /** Workers that were made and not ended, and object URLs that were not given back. */
  left: () => ({ workers: workers.size, addresses: addresses.size }),

  /** The same once no more workers are left than `most`, or seconds later: those that still end a cancelled task take a moment. */
  async leftAtLast(most) {
    for (let waited = 0; waited < 5000 && workers.size > most; waited += 20)
      await new Promise((go) => setTimeout(go, 20));
    return faulty.left();
  },

  /** Has the package's workers counted; `onMade` hears of each, in order. */
  countWorkers(onMade = () => {}) {
    let made = 0;
    kit.configure({
      createWorker() {
        const worker = new Worker("/dist/worker.js", { type: "module" });
        const { terminate } = worker;
        worker.terminate = () => {
          workers.delete(worker);
          terminate.call(worker);
        };
        workers.add(worker);
        onMade(worker, made++);
        return worker;
      },
    });
  },

  /** A clip of three groups. */
  async clip() {
    const images = await kit.files("jpg", 12);
    return new kit.ImageSequenceClip(images, { fps: 12, size: { width: 320, height: 180 } });
  },

  /** How a promise ends: "fulfilled", the reason it was aborted with, or the error's code; "hangs" after `seconds`. */
  outcome(promise, seconds = 60) {
    const hangs = new Promise((resolve) => setTimeout(resolve, seconds * 1000, "hangs"));
    const ends = promise.then(
      () => "fulfilled",
      (error) => (typeof error === "string" ? error : (error?.code ?? String(error))),
    );
    return Promise.race([ends, hangs]);
  },
};
