/* Keeps the product's static files on the device. Pages and answers are never kept. */
const SHELL = {{ shell|safe }};
const OFFLINE = {{ offline|safe }};
const STATIC_ROOT = new URL({{ static_root|safe }}, self.location.href).href;
const KEPT = "nennep-static";

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(KEPT).then((kept) => kept.addAll([...SHELL, OFFLINE])).then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.open(KEPT)
      .then(async (kept) => {
        const current = [...SHELL, OFFLINE].map((path) => new URL(path, self.location.href).href);
        const requests = await kept.keys();
        await Promise.all(requests.filter((r) => !current.includes(r.url)).map((r) => kept.delete(r)));
      })
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" && request.mode !== "navigate") return;
  if (request.url.startsWith(STATIC_ROOT)) event.respondWith(staticFile(request));
  else if (request.mode === "navigate") event.respondWith(page(request));
});

// The server's copy first, so that a new version is never missed; the kept one without a network.
// A name that carries a hash never changes: the kept one is enough.
async function staticFile(request) {
  const kept = await caches.open(KEPT);
  const known = await kept.match(request);
  if (known && /\.[0-9a-f]{12}\./.test(request.url)) return known;
  try {
    const answer = await fetch(request);
    if (answer.ok) await kept.put(request, answer.clone());
    return answer;
  } catch (error) {
    if (known) return known;
    throw error;
  }
}

async function page(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(OFFLINE)) ?? Response.error();
  }
}
