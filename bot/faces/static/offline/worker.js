// Keeps the offline form on the phone: from the network when there is one, else as it was last seen.
// Nothing else is kept: pages with answers never pass through here.

const CACHE = "nuandong-forms";
const PATIENCE = 4000;
const KEPT = /^\/forms\/([a-z_]+\/offline(\.json)?|[a-z_]+\/app\.webmanifest|static\/.+)$|^\/chat\/icon\.svg$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method === "GET" && url.origin === self.location.origin && KEPT.test(url.pathname)) {
    event.respondWith(answer(event.request));
  }
});

async function answer(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
  try {
    const patience = kept ? { signal: AbortSignal.timeout(PATIENCE) } : {};
    const fresh = await fetch(request.url, { credentials: "same-origin", ...patience });
    if (fresh.ok && !fresh.redirected) await cache.put(request.url.split("?")[0], fresh.clone());
    return fresh.ok || !kept ? fresh : kept;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}
