/** Written by scripts/build-www.mjs: the page's worker, from its file or from inside the single-file page. */
declare module "page:worker" {
  export function startWorker(): Worker;
}

/** Whether this is the single-file page, which has no files beside it. */
declare const SINGLE_FILE: boolean;
