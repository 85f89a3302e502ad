// What the benchmark's programs call in the page, as `bench`. The page serves one contender, named in its address.

const name = new URL(location.href).searchParams.get("contender");
const contender = await import(`./contenders/${name}.js`);

/** The image files, in memory, in the order of the sequence. */
let files = [];
/** Raw pictures, for encoding alone. */
let raw = { url: null, bytes: null };
let last = new Blob();

globalThis.bench = {
  /** Reads image files into memory; a sequence may name a file several times, and gets as many files. */
  async load(urls) {
    const fetched = new Map();
    for (const url of urls) {
      if (!fetched.has(url)) fetched.set(url, await fetchBytes(url));
    }
    files = urls.map((url) => new File([fetched.get(url)], url.split("/").at(-1)));
  },

  /** Takes the files of the page's file input instead: they stay on disk. */
  useInput() {
    files = [...document.querySelector("input").files];
  },

  /** Image files to an MP4, over the first `frames`; seconds from the call to the finished Blob. */
  async endToEnd({ frames = files.length, ...options }) {
    const chosen = files.slice(0, frames);
    const started = performance.now();
    last = await contender.endToEnd(chosen, options);
    return { seconds: (performance.now() - started) / 1000, bytes: last.size, frames: chosen.length };
  },

  /** Raw I420 pictures to H.264; seconds of the encoder's work. */
  async encodeOnly({ url, ...options }) {
    if (!contender.encodeOnly) return null;
    if (raw.url !== url) raw = { url, bytes: await fetchBytes(url) };
    return contender.encodeOnly(raw.bytes, options);
  },

  /** The last MP4, in base64. */
  async take() {
    const reader = new FileReader();
    await new Promise((resolve, reject) => {
      reader.onload = resolve;
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(last);
    });
    return reader.result.slice(reader.result.indexOf(",") + 1);
  },
};

async function fetchBytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
