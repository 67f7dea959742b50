// Leaving: what is carried of the office's register goes from the device when somebody signs out.
// What was written here and is not yet sent stays, and so do the app's own files.

import { setOpened } from "./opened.js";
import { MAP_CACHE } from "./pack.js";
import { Store } from "./store.js";
import { NAME } from "./store_door.js";

// Set by the server with a sign-out, so that one whose page was closed at once is made up for.
export const LEFT = "kayoi_left";
const MARK = new RegExp(`(?:^|;\\s*)${LEFT}=1(?:;|$)`);

/** @returns {boolean} Whether somebody signed out here and what was carried may still be here. */
export function wasLeft() { return MARK.test(document.cookie); }

/** @param {Store} store @returns {Promise<void>} Places, walk and map go; drafts and records stay. */
export async function dropCarried(store) {
  await store.dropPack();
  await setOpened(store, null);
  if (typeof caches !== "undefined") { await caches.delete(MAP_CACHE); }
}

/** Who wrote is forgotten, too: the next is asked. @param {Store} store @returns {Promise<void>} */
async function dropAll(store) {
  await dropCarried(store);
  await store.setSettings({ by: "", who: false });
}

/** @param {Store} store @returns {Promise<boolean>} Whether there was something to make up for. */
export async function leaveBehind(store) {
  if (!wasLeft()) { return false; }
  await dropAll(store);
  // Last: a device that dies meanwhile begins again.
  document.cookie = `${LEFT}=; Path=/field/; Max-Age=0; SameSite=Lax`;
  return true;
}

/** Drop what is carried from a page that is not the app's. @returns {Promise<void>} */
export async function leaveFromOutside() {
  const known = await indexedDB.databases?.();
  if (known && !known.some((one) => one.name === NAME)) { return; }
  const store = new Store();
  try { await dropAll(store); } finally { store.close(); }
}
