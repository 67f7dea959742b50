// The pack (この端末に入れるもの): sites and declarations into IndexedDB, the base map into Cache Storage.

import { LIMIT_MS, createApi } from "./api.js";
import { dayOf, daysBetween } from "./clock.js";

/** @typedef {import("./types").Pack} Pack */
/** @typedef {import("./types").Words} Words */

export const MAP_CACHE = "kayoi-map";

/** @type {Record<"offline" | "trouble" | "signin", Words>} */
const SAID = {
  offline: { ja: "電波がないので、この端末に入れられませんでした。前に入れた分はそのまま使えます。", en: "No signal, so nothing was put on this device. What was put on it before can still be used." },
  trouble: { ja: "サーバーから返事がないので、この端末に入れられませんでした。しばらくして、もう一度押してください。", en: "The server gave no answer, so nothing was put on this device. Please press again a little later." },
  signin: { ja: "この端末に入れるには、サインインしてください。", en: "Sign in to put the town on this device." },
};
/** @type {Words} */
const NO_MAP = {
  ja: "地点は入れました。地図はまだです。電波のよい所で、もう一度押してください。",
  en: "The sites are on this device, the map not yet. Please press again where the signal is good.",
};

export class PackError extends Error {
  /** @param {Words} words @param {{cause?: unknown, status?: number}} [o] status: 401 where a sign-in is needed */
  constructor(words, { cause, status = 0 } = {}) {
    super(words.ja, { cause });
    this.name = "PackError";
    this.words = words;
    this.status = status;
  }
}

/**
 * Take a walk's sites and the town's map along. The sites are kept also when the map fails.
 * @param {import("./store.js").Store} store @param {string | null} walkId null: the whole town's
 * @param {(part: "sites" | "map", share: number) => void} [onProgress]
 * @returns {Promise<Pack>}
 * @throws {PackError} with `.words`
 */
export async function downloadPack(store, walkId, onProgress = () => undefined) {
  onProgress("sites", 0);
  const answer = await createApi().pack(walkId);
  if (answer.is === "refused") { throw new PackError(answer.words); }
  if (answer.is !== "ok") { throw notTaken(answer.is); }
  const pack = /** @type {Pack} */ (/** @type {unknown} */ (answer.body));
  await store.setPack(pack);
  onProgress("sites", 1);
  if (typeof caches !== "undefined" && pack.base.url) {
    await takeMap(pack.base, (share) => onProgress("map", share)).catch((error) => { throw new PackError(NO_MAP, { cause: error }); });
  }
  onProgress("map", 1);
  return pack;
}

/** @param {"offline" | "trouble" | "signin" | "conflict"} is @returns {PackError} */
function notTaken(is) {
  return new PackError(SAID[is === "conflict" ? "trouble" : is], { status: is === "signin" ? 401 : 0 });
}

/** @param {Pack["base"]} base @param {(share: number) => void} onShare */
async function takeMap(base, onShare) {
  const cache = await caches.open(MAP_CACHE);
  if (!await cache.match(base.url)) {
    const file = await download(base, onShare);
    await cache.put(base.url, new Response(file, { headers: { "Content-Type": "application/vnd.pmtiles" } }));
  }
  for (const request of await cache.keys()) {
    if (request.url !== new URL(base.url, location.href).href) { await cache.delete(request); }
  }
}

/** @param {Pack["base"]} base @param {(share: number) => void} onShare @returns {Promise<Blob>} */
async function download(base, onShare) {
  const stop = new AbortController();
  let timer = setTimeout(() => stop.abort(), LIMIT_MS);
  try {
    const response = await fetch(base.url, { credentials: "same-origin", redirect: "error", signal: stop.signal });
    if (!response.ok || !response.body) { throw new TypeError(`no map: ${response.status}`); }
    /** @type {Uint8Array<ArrayBuffer>[]} */
    const pieces = [];
    let came = 0;
    const reader = response.body.getReader();
    for (let one = await reader.read(); !one.done; one = await reader.read()) {
      // The limit is for silence: a large map over a thin line may take its time.
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(), LIMIT_MS);
      pieces.push(one.value);
      came += one.value.length;
      onShare(base.bytes ? Math.min(1, came / base.bytes) : 0);
    }
    if (came !== base.bytes) { throw new TypeError(`map of ${came} bytes, not ${base.bytes}`); }
    return new Blob(pieces);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The base map of a pack, or an older one, which is better than none.
 * @param {Pack} pack @returns {Promise<Blob | null>}
 */
export async function baseMapFile(pack) {
  if (typeof caches === "undefined") { return null; }
  const cache = await caches.open(MAP_CACHE);
  const found = await cache.match(pack.base.url || "none") ?? await firstOf(cache);
  return found ? found.blob() : null;
}

/** @param {Cache} cache @returns {Promise<Response | undefined>} */
async function firstOf(cache) {
  const [request] = await cache.keys();
  return request && cache.match(request);
}

/**
 * @param {Pack} pack @param {string | number | Date} now
 * @returns {{days: number, words: Words}} How old the pack is, in days of Japan.
 */
export function packAge(pack, now) {
  const days = Math.max(0, daysBetween(dayOf(pack.made_at), dayOf(new Date(now).toISOString())));
  if (days === 0) { return { days, words: { ja: "今日", en: "today" } }; }
  if (days === 1) { return { days, words: { ja: "きのう", en: "yesterday" } }; }
  return { days, words: { ja: `${days}日前`, en: `${days} days ago` } };
}
