// The record as it will be sent, and the row of the outbox that holds it.

import { deviceIso, dayOf, nowIso } from "./clock.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./types").Draft} Draft */
/** @typedef {import("./types").Flat} Flat */
/** @typedef {import("./types").Submission} Submission */
/** @typedef {import("./types").OutboxRow} OutboxRow */
/** @typedef {Omit<Draft, "place"> & {patch: Flat, place?: import("./types").Geometry | null, claim?: import("./types").Claim}} Written */

/**
 * Make the row of a record; its label is given when it is kept.
 * @param {Store} store @param {Written} written `place` undefined where it was not touched
 * @returns {Promise<OutboxRow>}
 */
export async function makeRow(store, written) {
  const submission = await makeSubmission(store, written);
  return { id: submission.id, day: submission.on, label: "", submission, state: "waiting", answer: null, tries: 0, said: null };
}

/** @param {Store} store @param {Written} written @returns {Promise<Submission>} */
export async function makeSubmission(store, written) {
  const [device, settings] = await Promise.all([store.device(), store.settings()]);
  const at = Date.now();
  const made_at = nowIso(device, at);
  const { id, record_id, site_id, type, kind, title, walk_id, source, sure, base, after, patch, position, note } = written;
  return {
    format: 1, id, label: "", record_id, site_id, type, kind, title, walk_id,
    made_at, device_at: deviceIso(at), clock_off_s: device.clock_off_s, on: dayOf(made_at),
    by: settings.by, source, sure, base, after, patch,
    ...(written.place === undefined ? {} : { place: written.place }),
    ...(written.claim === undefined ? {} : { claim: written.claim }),
    ...claimsOf(written),
    position, note, types_version: written.types_version, photos: await ownPhotos(store, patch),
  };
}

/**
 * What was put off is no answer; the building a 通いの場 is held in stays a place of its own.
 * @param {Written} written @returns {{claims?: import("./types").Claim[]}}
 */
function claimsOf({ type, tied = [] }) {
  const claims = (type === "salon" ? [] : tied).filter((one) => one.say !== "later").map((one) => ({ place_id: one.place_id, inside: "", same: one.say === "same" }));
  return claims.length ? { claims } : {};
}

/** @param {Store} store @param {Flat} patch @returns {Promise<string[]>} */
async function ownPhotos(store, patch) {
  const found = [];
  for (const id of photosIn(patch)) {
    // Others' photos are in the patch too when a list they stand in was changed: the server has them.
    if (await store.photo(id)) { found.push(id); }
  }
  return found;
}

/** @param {Flat} patch @returns {Set<string>} Ids of the photos a patch speaks of. */
export function photosIn(patch) {
  /** @type {Set<string>} */
  const ids = new Set();
  for (const [path, value] of Object.entries(patch)) {
    if (!Array.isArray(value) || path.split("/").at(-1) !== "photos") { continue; }
    for (const one of value) {
      const id = one && typeof one === "object" && !Array.isArray(one) ? one.id : null;
      if (typeof id === "string") { ids.add(id); }
    }
  }
  return ids;
}
