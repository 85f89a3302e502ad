/** The wasm files of the package. The first is needed always, the others when the first file of their formats is met. */
export const WASM_FILES = {
  core: { file: "framereel.wasm", option: "wasmUrl", what: "framereel's wasm file" },
  formats: { file: "formats.wasm", option: "formatsUrl", what: "framereel's decoder of such files, formats.wasm," },
  heic: { file: "heic.wasm", option: "heicUrl", what: "framereel's decoder of HEIC, heic.wasm," },
} as const;

/** Which of them. */
export type WasmName = keyof typeof WASM_FILES;

/** What `configure` calls their addresses. */
export type WasmUrlOption = (typeof WASM_FILES)[WasmName]["option"];
