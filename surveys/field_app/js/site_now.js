// A site as this device knows it: the pack's, with what was written here laid over it.

import { todayInJapan } from "./clock.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./types").Flat} Flat */
/** @typedef {import("./types").Geometry} Geometry */
/** @typedef {import("./types").OutboxRow} OutboxRow */
/** @typedef {"none" | "draft" | "seen" | "absent" | "unseen"} PlaceState */

/**
 * @param {Store} store @param {import("./types").PackSite} site
 * @param {string} [until] a record before which to stop
 * @returns {Promise<{flat: Flat, place: Geometry | null, after: string | null}>}
 */
export async function siteNow(store, site, until = "") {
  const own = (await store.past()).filter((one) => one.site_id === site.id && one.seq > site.head)
    .sort((a, b) => a.seq - b.seq)
    .map((one) => ({ id: one.id, patch: one.patch, place: one.place }));
  for (const row of await store.outbox()) {
    // What followed it is not what its writer saw; to follow that in turn would be a circle.
    if (row.id === until) { break; }
    if (row.submission.site_id === site.id && isAhead(row, site.head)) {
      own.push({ id: row.id, patch: row.submission.patch, place: row.submission.place });
    }
  }
  return own.reduce(layOver, { flat: site.flat, place: site.place, after: /** @type {string | null} */ (null) });
}

/** @param {OutboxRow} row @param {number} head @returns {boolean} Whether the pack does not tell it yet. */
function isAhead(row, head) {
  // What the office holds back is not in the register: the pack's values still stand.
  if (row.state === "held") { return false; }
  return row.state !== "kept" || (row.answer?.seq ?? 0) > head;
}

/**
 * @param {{flat: Flat, place: Geometry | null, after: string | null}} now
 * @param {{id: string, patch: Flat, place?: Geometry | null}} own
 */
export function layOver(now, own) {
  /** @type {Flat} */
  const flat = { ...now.flat };
  for (const [path, value] of Object.entries(own.patch)) {
    if (path.startsWith("@")) { continue; }
    if (value === null) { delete flat[path]; } else { flat[path] = value; }
  }
  return { flat: tidied(flat), place: own.place === undefined ? now.place : own.place, after: own.id };
}

/** @param {Flat} flat @returns {Flat} Without what stands inside an item that is no more. */
function tidied(flat) {
  return Object.fromEntries(Object.entries(flat).filter(([path]) => {
    const parts = path.split("/");
    return parts.length < 3 || `${parts[0]}/${parts[1]}` in flat;
  }));
}

/**
 * What today's walk came to at each site, by site id.
 * @param {Store} store @param {import("./types").Pack} pack @returns {Promise<Map<string, PlaceState>>}
 */
export async function placeStates(store, pack) {
  const [device, log, drafts] = await Promise.all([store.device(), store.log(), store.drafts()]);
  const walk = pack.walk?.id ?? null;
  const today = todayInJapan(device);
  /** @type {Map<string, PlaceState>} */
  const states = new Map([...pack.walk?.places ?? [], ...pack.sites.map((one) => one.id)].map((id) => [id, "none"]));
  for (const [id, came] of Object.entries(pack.walk?.came ?? {})) { states.set(id, came === "closed" ? "absent" : came); }
  // The log outlives what is erased; it is in the order of finishing, newest day first.
  for (const day of log.reverse()) {
    for (const one of day.records) {
      if (one.claim) { continue; } // said of the map, not seen
      if (one.type === "walk") {
        // Of a place that was seen after all nothing is taken back.
        if (one.unseen && one.site_id === walk && (states.get(one.unseen) ?? "none") === "none") { states.set(one.unseen, "unseen"); }
        continue;
      }
      if (day.day === today || (walk !== null && one.walk_id === walk)) {
        states.set(one.site_id, one.kind === "absent" || one.kind === "retire" ? "absent" : "seen");
      }
    }
  }
  drafts.forEach((one) => states.set(one.site_id, "draft"));
  return states;
}

/**
 * The places of the map that may be a site, without those answered on this device; those put off last.
 * @param {Store} store @param {import("./types").Pack} pack @param {string} siteId
 * @returns {Promise<import("./types").PackAsked[]>}
 */
export async function askedOf(store, pack, siteId) {
  const asked = (pack.asked ?? []).filter((one) => one.site_id === siteId);
  if (asked.length === 0) { return []; }
  const records = (await store.log()).flatMap((day) => day.records).filter((one) => one.claim && one.site_id === siteId);
  const said = new Set(records.map((one) => `${one.claim?.place_id}|${one.claim?.inside}`));
  const later = await putOff(store);
  const left = asked.filter((one) => !said.has(`${one.place_id}|${one.inside}`));
  return [...left.filter((one) => !later.has(pairOf(one))), ...left.filter((one) => later.has(pairOf(one)))];
}

const LATER = "asked_later";

/** @param {import("./types").PackAsked} asked */
export const pairOf = ({ place_id, site_id, inside }) => [place_id, site_id, inside].join("|");

/**
 * The pairs put off on this device, until each is answered: no record, so nothing of it is sent.
 * @param {Store} store @returns {Promise<Set<string>>}
 */
export async function putOff(store) {
  return new Set(/** @type {string[] | undefined} */ (await store.value(LATER)) ?? []);
}

/** @param {Store} store @param {import("./types").PackAsked} asked @param {boolean} later */
export async function setLater(store, asked, later) {
  const there = new Set(((await store.pack())?.asked ?? []).map(pairOf));
  const kept = [...await putOff(store)].filter((one) => one !== pairOf(asked) && there.has(one));
  await store.setValue(LATER, later ? [...kept, pairOf(asked)] : kept);
}
