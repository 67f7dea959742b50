// Which walk is open: that of today, else the nearest by date, unless somebody chose another today.

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./types").Opened} Opened */
/** @typedef {import("./types").Pack} Pack */
/** @typedef {import("./types").PackWalk} PackWalk */
/** @typedef {import("./types").WalkChoice} WalkChoice */

const OPENED = "opened";

/**
 * The walk of today, one still to walk before one that is done; else the next to come; else the
 * last unfinished; else one without a day.
 * @param {WalkChoice[]} walks @param {string} today @returns {WalkChoice | null}
 */
export function nearestWalk(walks, today) {
  const whole = walks.filter((one) => one.places);
  const open = whole.filter((one) => one.state !== "done" && one.state !== "left");
  const of = (/** @type {WalkChoice[]} */ all) => all.find((one) => one.on === today);
  const byDay = [...open].filter((one) => one.on).sort((one, other) => one.on.localeCompare(other.on));
  return of(open) ?? of(whole) ?? byDay.find((one) => one.on > today) ?? byDay.filter((one) => one.on < today).at(-1)
    ?? open.find((one) => !one.on) ?? null;
}

/**
 * The pack with the walk that is open on a day.
 * @param {Pack | null} pack @param {Opened | null} opened @param {string} today @returns {Pack | null}
 */
export function packOf(pack, opened, today) {
  if (!pack) { return null; }
  const chosen = opened?.day === today ? opened : null;
  if (chosen && chosen.walk === null) { return { ...pack, walk: null }; }
  const named = chosen && pack.walks.find((one) => one.id === chosen.walk);
  // A pack of before has one walk, whole, and no other.
  const walk = wholeOf(named ?? null) ?? (chosen && pack.walk?.id === chosen.walk ? pack.walk : null)
    ?? wholeOf(nearestWalk(pack.walks, today));
  return { ...pack, walk: walk ?? (pack.walks.some((one) => one.places) ? null : pack.walk) };
}

/** @param {WalkChoice | null} walk @returns {PackWalk | null} */
function wholeOf(walk) {
  return walk?.places ? { surveyors: "", line: null, ...walk, places: walk.places } : null;
}

/** @param {Store} store @returns {Promise<Opened | null>} */
export async function readOpened(store) { return /** @type {Opened | undefined} */ (await store.value(OPENED)) ?? null; }

/** @param {Store} store @param {Opened | null} opened @returns {Promise<void>} */
export function setOpened(store, opened) { return store.setValue(OPENED, opened); }
