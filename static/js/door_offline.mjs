/** Keeps the page of the door on this device, so that it can be opened again without a network. */
const SHELF = "wspolpis-door";

/** Whether the page, its style and its scripts are kept; also where a browser cannot: false. */
export async function keepPage(worker, scope) {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return false;
  try {
    await navigator.serviceWorker.register(worker, { scope });
    const parts = performance
      .getEntriesByType("resource")
      .map((entry) => entry.name)
      .filter((name) => name.startsWith(`${location.origin}/static/`));
    const shelf = await caches.open(SHELF);
    await shelf.addAll([...new Set([location.origin + scope, ...parts])]);
    return true;
  } catch {
    return false; // a private window, no network yet, or no room on the device
  }
}

/** Keeps the newest list beside the page. */
export async function keepList(address, html) {
  try {
    await (await caches.open(SHELF)).put(address, new Response(html));
  } catch {
    // nothing is kept: the page still works while it stays open
  }
}

/** The newest list that was kept, or nothing. */
export async function keptList(address) {
  try {
    return await (await caches.match(address))?.text();
  } catch {
    return undefined;
  }
}
