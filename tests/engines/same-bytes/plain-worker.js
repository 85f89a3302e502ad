// The package's worker with the SIMD kernels switched off. Runs in a worker.
const { Instance, Module } = WebAssembly;
const encodes = (module) => Module.exports(module).some(({ name }) => name === "groupencoder_new");

WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    super(module, imports);
    // The modules of decoders have no kernels.
    if (encodes(module)) this.exports.oh264_enable_kernels(0);
  }
};

await import("/dist/worker.js");
