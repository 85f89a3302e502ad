// A wasm module whose memory may grow no further than a few pages more than it starts with.

/** Sections and flags of the binary format (WebAssembly Core Specification 5.5.2, 5.3.7). */
const MEMORY_SECTION = 5;
const HAS_MAXIMUM = 1;
const PREAMBLE = 8;

/** The module with a maximum of `pages` of 64 KiB. It has one memory of its own, without a maximum, as rustc writes it. */
export function withMaximum(module, pages) {
  for (let at = PREAMBLE; at < module.length; ) {
    const id = module[at];
    const size = readNumber(module, at + 1);
    const end = size.end + size.value;
    if (id === MEMORY_SECTION) {
      const [count, flags] = module.subarray(size.end);
      if (count !== 1 || flags !== 0) throw new Error("the module's memory is not as expected");
      const { value: initial } = readNumber(module, size.end + 2);
      const section = [1, HAS_MAXIMUM, ...number(initial), ...number(Math.max(initial, pages))];
      return Buffer.concat([
        module.subarray(0, at),
        Buffer.from([MEMORY_SECTION, ...number(section.length), ...section]),
        module.subarray(end),
      ]);
    }
    at = end;
  }
  throw new Error("the module has no memory of its own");
}

/** LEB128 (5.2.2). */
function readNumber(bytes, at) {
  let value = 0;
  let shift = 0;
  let end = at;
  do {
    value |= (bytes[end] & 0x7f) << shift;
    shift += 7;
  } while (bytes[end++] & 0x80);
  return { value, end };
}

function number(value) {
  const bytes = [];
  let rest = value;
  do {
    const more = rest >> 7 ? 0x80 : 0;
    bytes.push((rest & 0x7f) | more);
    rest >>= 7;
  } while (rest);
  return bytes;
}
