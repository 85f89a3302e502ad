/** Files that the build puts into `framereel/inline`: base64 of their raw DEFLATE stream (RFC 1951). */
declare module "embedded:framereel.wasm" {
  const deflated: string;
  export default deflated;
}

declare module "embedded:formats.wasm" {
  const deflated: string;
  export default deflated;
}

declare module "embedded:heic.wasm" {
  const deflated: string;
  export default deflated;
}

declare module "embedded:worker.js" {
  const deflated: string;
  export default deflated;
}
