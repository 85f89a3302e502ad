/// <reference lib="webworker" />
export type {}; // makes this file a module for TypeScript, so that `self` below is its own

declare const self: ServiceWorkerGlobalScope;

/** Written in by scripts/build-www.mjs: every file of the page with its Subresource Integrity value, and a hash over all of them. */
declare const PRECACHE: readonly { readonly url: string; readonly integrity: string; readonly optional: boolean }[];
declare const VERSION: string;

const PREFIX = "framereel-page:";

/** Cache Storage is shared by a whole origin: the scope keeps two copies of the page on one host apart. */
const OURS = `${PREFIX}${self.registration.scope}:`;
const CACHE = OURS + VERSION;

/** The address of the page itself. "index.html" is the same file, but some hosts redirect one to the other. */
const HOME = "./";

self.addEventListener("install", (event) => event.waitUntil(store()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("message", (event) => event.data === "take over" && event.waitUntil(self.skipWaiting()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && new URL(request.url).origin === self.location.origin)
    event.respondWith(answer(request));
});

/**
 * Stores all files of this version or none: the integrity values make the installation fail, and the old version stay,
 * where a server is between two versions. A decoder that a deployment left out is not waited for.
 */
async function store(): Promise<void> {
  const cache = await caches.open(CACHE);
  const files = await Promise.all(PRECACHE.map(load));
  for (const file of files) if (file) await cache.put(file.request, file.response);
}

async function load({ url, integrity, optional }: (typeof PRECACHE)[number]) {
  if (optional && (await isLeftOut(url))) return undefined;
  const request = new Request(url, { integrity, cache: PAST_HTTP_CACHE });
  const response = await fetch(request);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return { request, response };
}

/** The HTTP cache may hold the last version's files. */
const PAST_HTTP_CACHE: RequestCache = "reload";

/** Asked apart: with an integrity value, the server's word that there is no such file would be a network error as well. */
async function isLeftOut(url: string): Promise<boolean> {
  const { status } = await fetch(url, { method: "HEAD", cache: PAST_HTTP_CACHE });
  return status === 404;
}

/** Removes the caches of older versions and answers for the open page at once, so that its first visit is enough. */
async function takeOver(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith(OURS) && name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

/** Cache first; the network is for what is not of the page. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const wanted = new URL(request.url);
  const home = new URL(HOME, self.registration.scope);
  const isHome = wanted.pathname === home.pathname || wanted.pathname === `${home.pathname}index.html`;
  const found = await cache.match(isHome ? home : wanted, { ignoreSearch: true });
  return found ?? fetch(request);
}
