// The worker of the field pages. It answers GET only and keeps no data: what people write lives in IndexedDB, so a new
// worker may take over at any moment. The two lines above are written by the server.

const PAGES = "luytre-pages";
const PATIENCE = 4000;

addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const shell = await caches.open(`luytre-shell-${GIVEN.version}`);
    await Promise.all(GIVEN.shell.map((address) => shell.add(new Request(address, { cache: "reload" }))));
    await self.skipWaiting();
  })());
});

addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event, address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, address));
  else if (address.pathname.startsWith(GIVEN.files)) event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept || fetch(request)));
});

// The network comes first; a page that was kept answers when there is none, or when it takes too long.
async function page(request, address) {
  const pages = await caches.open(PAGES), kept = await pages.match(address.pathname);
  try {
    const answer = await (kept ? Promise.race([fetch(request), late()]) : fetch(request));
    return kept && [502, 503, 504].includes(answer.status) ? kept : answer;
  } catch (error) {
    const instead = kept || await pages.match(GIVEN.fallback);
    if (instead) return instead;
    throw error;
  }
}

const late = () => new Promise((_, reject) => { setTimeout(() => reject(new Error("late")), PATIENCE); });

// A failed sync is tried again by the browser; so what could not be sent yet must be told as a failure.
addEventListener("sync", (event) => {
  if (event.tag !== "outbox") return;
  event.waitUntil(flush({ now: true, patient: true }).then(({ outcome }) => { if (outcome === "away") throw new Error(outcome); }));
});
