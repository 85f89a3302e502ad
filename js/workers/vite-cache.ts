/**
 * Vite up to version 7 serves packages during development from copies in node_modules/.vite/deps, without the files that lay
 * beside them. (Version 8 rewrites the addresses in its copies.)
 */
const IN_CACHE = /^(.*\/node_modules\/)\.vite\/deps\/([^/?]+)/;

/** The same file in the package itself, which Vite serves as well; any other address as it is. */
export function outsideViteCache(url: string): string {
  const [, modules, name] = IN_CACHE.exec(url) ?? [];
  return modules === undefined ? url : `${modules}framereel/dist/${name}`;
}

/** A sentence for errors about an address below node_modules, where Vite may have installed the package elsewhere. */
export function viteAdvice(url: string): string {
  return url.includes("/node_modules/")
    ? ' If this is Vite\'s dev server, add optimizeDeps: { exclude: ["framereel"] } to its configuration.'
    : "";
}
