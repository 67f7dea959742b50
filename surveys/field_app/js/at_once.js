// Records that need no form: unchanged, not there, a thing noticed on the way.

import { checkAnswers } from "./check.js";
import { nowIso, todayInJapan } from "./clock.js";
import { newId } from "./ids.js";
import { flatten } from "./paths.js";
import { siteNow } from "./site_now.js";
import { makeRow } from "./submission.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./types").OutboxRow} OutboxRow */
/** @typedef {import("./types").PackSite} PackSite */
/** @typedef {import("./types").Kind} Kind */
/** @typedef {import("./types").Flat} Flat */

/**
 * 変わりなし.
 * @param {Store} store @param {PackSite} site @param {string | null} walk_id @param {string} [note]
 * @returns {Promise<OutboxRow>}
 */
export function confirmSite(store, site, walk_id, note = "") {
  return aboutSite(store, site, { kind: "confirm", patch: {}, walk_id, note });
}

/**
 * 見つからない・休止・閉まった.
 * @param {Store} store @param {PackSite} site
 * @param {{kind: "absent" | "retire", is: "not_found" | "removed" | "closed" | "paused", reason: string}} gone
 * @param {string | null} walk_id
 * @returns {Promise<OutboxRow>}
 */
export async function markGone(store, site, { kind, is, reason }, walk_id) {
  const on = todayInJapan(await store.device());
  return aboutSite(store, site, { kind, patch: { "@status": { is, on, reason } }, walk_id, note: "" });
}

/**
 * 同じ所か: what the map has is this site, or is not. No visit, so it belongs to no walk.
 * @param {Store} store @param {PackSite} site @param {import("./types").PackAsked} asked @param {boolean} same
 * @returns {Promise<OutboxRow>}
 */
export function saySame(store, site, { place_id, inside }, same) {
  const note = same ? `地図の所（${place_id}）と同じ所` : `地図の所（${place_id}）とはちがう所`;
  return aboutSite(store, site, { kind: "correct", patch: {}, walk_id: null, note, claim: { place_id, inside, same } });
}

/**
 * 見られなかった: of a place on a walk's list, with why. It is said of the walk, not of the place.
 * @param {Store} store @param {import("./types").PackWalk} walk @param {PackSite} site @param {string} why @param {string} note
 * @returns {Promise<OutboxRow>}
 */
export async function sayUnseen(store, walk, site, why, note) {
  const item = `unseen/${newId().slice(0, 12)}`;
  const before = (await store.log()).flatMap((day) => day.records).filter((one) => one.unseen).length;
  /** @type {Flat} */
  const patch = { [item]: before + 1, [`${item}/place`]: [site.id], [`${item}/why`]: why, ...(note ? { [`${item}/note`]: note } : {}) };
  const row = await makeRow(store, {
    ...await nothingYet(store), type: "walk", site_id: walk.id, kind: "correct", title: walk.title, base: walk.head ?? 0, patch,
  });
  return store.finish("", row);
}

/**
 * @param {Store} store @param {PackSite} site
 * @param {{kind: Kind, patch: Flat, walk_id: string | null, note: string, claim?: import("./types").Claim}} said
 * @returns {Promise<OutboxRow>}
 */
async function aboutSite(store, site, { kind, patch, walk_id, note, claim }) {
  const { after } = await siteNow(store, site);
  const row = await makeRow(store, {
    ...await nothingYet(store), type: site.type, site_id: site.id, kind, title: site.title, walk_id,
    base: site.head, after, patch, note, ...(claim ? { claim } : {}),
  });
  return store.finish("", row);
}

/**
 * 気づき: one tap on what it is about.
 * @param {Store} store @param {import("./types").RecordType} type
 * @param {{tag: string, position: import("./types").Position | null, place: import("./types").Geometry | null, note?: string}} seen
 * @param {string | null} walk_id
 * @returns {Promise<OutboxRow>}
 */
export async function noteConcern(store, type, { tag, position, place, note = "" }, walk_id) {
  const tags = type.fields.find((one) => one.id === "tag");
  const raised = type.fields.find((one) => one.id === "source")?.choices.some((one) => one.id === "walk");
  // What is faulty is left out: the office can put the rest right, an unsent concern is lost.
  const { answers } = checkAnswers(type, { tag: [tag], note, ...(raised ? { source: "walk" } : {}) });
  const title = tags?.choices.find((one) => one.id === tag)?.words.ja ?? "";
  const row = await makeRow(store, {
    ...await nothingYet(store), type: type.id, site_id: newId(), kind: "visit", fresh: true, title, walk_id,
    patch: flatten(type, answers), position, ...(place ? { place } : {}),
  });
  return store.finish("", row);
}

/** @param {Store} store @returns {Promise<import("./submission.js").Written>} */
async function nothingYet(store) {
  const [device, pack] = await Promise.all([store.device(), store.pack()]);
  const at = nowIso(device);
  return {
    id: newId(), record_id: newId(), site_id: "", type: "", kind: "visit", fresh: false, title: "", walk_id: null,
    base: 0, after: null, before: {}, before_place: null, withheld: [], answers: {}, patch: {},
    position: null, source: "surveyed", sure: "sure", note: "", types_version: pack?.types_version ?? "",
    begun_at: at, touched_at: at, open: "",
  };
}
