/** Opens the page of the door again while the network is down, as it was when it was last seen.
 *  It serves that page alone (its scope) and the style and scripts it needs; what people did at the
 *  door is kept and sent by the page itself. */
const SHELF = "wspolpis-door";
const PATIENCE = 6000;
const LONGEST = 24 * 60 * 60 * 1000;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event.request, origin + pathname));
  else if (pathname.startsWith("/static/")) event.respondWith(part(event.request));
});

async function page(request, address) {
  let fresh;
  try {
    fresh = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    const kept = await caches.match(address);
    const age = kept && Date.now() - new Date(kept.headers.get("Date") ?? 0);
    if (age < LONGEST) return kept;
    await caches.delete(SHELF);
    return Response.error();
  }
  // Signed out, or no longer one who may see these names: nothing of them stays on this device.
  if (fresh.type === "opaqueredirect" || [401, 403, 404].includes(fresh.status)) await caches.delete(SHELF);
  else if (fresh.ok && address === request.url) await (await caches.open(SHELF)).put(address, fresh.clone());
  return fresh;
}

async function part(request) {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return (await caches.match(request)) ?? Response.error();
  }
}
