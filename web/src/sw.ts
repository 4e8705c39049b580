/// <reference lib="webworker" />
// Keeps what the pages are made of for good, as its names say what is in it; and the pages of drafts that are edited live,
// for when there is no line.
declare const self: ServiceWorkerGlobalScope;
export {};

const FILES = "plenary-files";
const PAGES = "plenary-pages";
/** Files kept at most: a few versions of everything. */
const MOST = 150;

self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/assets/")) event.respondWith(file(request));
  else if (request.mode === "navigate" && url.pathname.startsWith("/d/"))
    event.respondWith(page(request));
});

// A page that is edited live asks to be kept; one that is left for good, to be forgotten.
self.addEventListener("message", (event) => {
  const { keep, forget } = event.data as { keep?: string; forget?: boolean };
  if (keep) event.waitUntil(caches.open(PAGES).then((pages) => pages.add(keep)));
  if (forget) event.waitUntil(caches.delete(PAGES));
});

async function file(request: Request): Promise<Response> {
  const files = await caches.open(FILES);
  const found = await files.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) {
    await files.put(request, answer.clone());
    const kept = await files.keys();
    await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST)).map((k) => files.delete(k)));
  }
  return answer;
}

/** The page as it is now; without a line, as it was when it was kept. */
async function page(request: Request): Promise<Response> {
  const pages = await caches.open(PAGES);
  const options = { ignoreSearch: true };
  try {
    const answer = await fetch(request);
    if (answer.ok && (await pages.match(request, options))) {
      await pages.delete(request, options);
      await pages.put(request, answer.clone());
    }
    return answer;
  } catch (thrown) {
    const kept = await pages.match(request, options);
    if (kept) return kept;
    throw thrown;
  }
}
