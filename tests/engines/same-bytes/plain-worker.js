// The package's worker with the SIMD kernels switched off. Runs in a worker.
const { Instance } = WebAssembly;

WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    super(module, imports);
    this.exports.oh264_enable_kernels(0);
  }
};

await import("/dist/worker.js");
