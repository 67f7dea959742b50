// From an open form to a finished record: begun, saved at every answer, finished, taken back.

import { checkAnswers, checkPlace } from "./check.js";
import { nowIso } from "./clock.js";
import { newId } from "./ids.js";
import { assemble, changes, flatten, knownPaths, sameJson } from "./paths.js";
import { layOver, siteNow } from "./site_now.js";
import { makeRow } from "./submission.js";

export { askedOf, pairOf, placeStates, putOff, setLater, siteNow } from "./site_now.js";
export { confirmSite, markGone, noteConcern, saySame, sayUnseen } from "./at_once.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./types").Draft} Draft */
/** @typedef {import("./types").OutboxRow} OutboxRow */
/** @typedef {import("./types").Pack} Pack */
/** @typedef {import("./types").PackSite} PackSite */
/** @typedef {import("./types").RecordType} RecordType */
/** @typedef {import("./types").Fault} Fault */
/** @typedef {import("./types").Geometry} Geometry */

/**
 * @typedef {object} Start
 * @property {RecordType} type
 * @property {PackSite | null} site
 * @property {import("./types").Kind} [kind]
 * @property {Geometry | null} [place]
 * @property {import("./types").Position | null} [position]
 * @property {import("./types").Answers} [answers]
 * @property {string | null} [walk_id]
 */

/**
 * Begin a draft; an unfinished one of the same site and kind is returned instead.
 * @param {Store} store @param {Start} start @returns {Promise<Draft>}
 */
export async function startDraft(store, start) { return store.addDraft(await makeDraft(store, start)); }

/** @param {Store} store @param {Start} start @returns {Promise<Draft>} */
async function makeDraft(store, { type, site, kind = "visit", place, position = null, answers = {}, walk_id = null }) {
  const [device, pack] = await Promise.all([store.device(), store.pack()]);
  const seen = site ? await siteNow(store, site) : { flat: {}, place: null, after: null };
  const at = nowIso(device);
  return {
    id: newId(), type: type.id, site_id: site?.id ?? newId(), record_id: newId(), kind, fresh: !site,
    title: site?.title ?? "", walk_id, base: site?.head ?? 0, after: seen.after,
    before: seen.flat, before_place: seen.place, withheld: site?.withheld ?? [],
    answers: { ...assemble(type, seen.flat), ...answers },
    place: place === undefined ? seen.place : place, position,
    source: "surveyed", sure: "sure", note: "", types_version: pack?.types_version ?? "",
    begun_at: at, touched_at: at, open: "",
  };
}

/**
 * Keep a draft as it stands.
 * @param {Store} store @param {Draft} draft @returns {Promise<Draft>}
 * @throws {import("./store.js").StoreFullError} with `.words`, when it could not be kept
 */
export async function saveDraft(store, draft) {
  const saved = { ...draft, touched_at: nowIso(await store.device()) };
  await store.putDraft(saved, { known: true });
  return saved;
}

/**
 * Make the record out of a draft, or say what is wrong with it.
 * @param {Store} store @param {Draft} draft @param {RecordType} type
 * @returns {Promise<{row: OutboxRow} | {faults: Fault[]}>}
 */
export async function finishDraft(store, draft, type) {
  const { answers, faults } = checkAnswers(type, draft.answers);
  const moved = !sameJson(draft.before_place, draft.place);
  const all = moved && draft.place ? [...faults, ...checkPlace(type, draft.place)] : faults;
  if (all.length > 0) { return { faults: all }; }
  const row = await makeRow(store, {
    ...draft, title: titleOf(draft, answers), answers,
    patch: changes(knownPaths(type, draft.before), flatten(type, answers)),
    ...(moved ? { place: draft.place } : { place: undefined }),
  });
  return { row: await store.finish(draft.id, { ...row, draft }) };
}

/** @param {Draft} draft @param {import("./types").Answers} answers @returns {string} */
function titleOf(draft, answers) {
  return typeof answers.name === "string" && answers.name ? answers.name : draft.title;
}

/**
 * Open a record again (直す): one that no send has begun becomes the draft it was; else a
 * correction of it is begun.
 * @param {Store} store @param {string} rowId @param {Pack} pack @returns {Promise<Draft>}
 */
export async function reopen(store, rowId, pack) {
  const row = await store.outboxRow(rowId);
  if (!row) {
    const draft = await store.draft(rowId);
    if (draft) { return draft; }
    throw new TypeError(`no such record: ${rowId}`);
  }
  const draft = row.draft ?? { ...await redraft(store, row, pack, "visit"), id: row.id };
  if (row.state === "waiting" && await store.takeBack(rowId, draft)) { return await store.draft(draft.id) ?? draft; }
  const correction = await store.addDraft(await redraft(store, row, pack, "correct"));
  await copyPhotos(store, rowId, correction);
  return correction;
}

/**
 * @param {Store} store @param {OutboxRow} row @param {Pack} pack @param {"visit" | "correct"} kind
 * @returns {Promise<Draft>}
 */
async function redraft(store, row, pack, kind) {
  const { submission } = row;
  const type = pack.types.find((one) => one.id === submission.type);
  if (!type) { throw new TypeError(`no such type: ${submission.type}`); }
  const site = pack.sites.find((one) => one.id === submission.site_id) ?? newSite(submission);
  const draft = await makeDraft(store, { type, site, kind, walk_id: submission.walk_id, position: submission.position });
  const seen = await siteNow(store, site, kind === "visit" ? row.id : "");
  const held = row.state === "held";
  // What stands nowhere yet must come out as a change again. A correction of what does begins with
  // what stands now: the record's own answers may have been changed since.
  const { flat, place } = kind === "visit" || held ? layOver(seen, { ...submission, id: row.id }) : seen;
  return {
    ...draft, before: seen.flat, before_place: seen.place, answers: assemble(type, flat), place,
    // Said again as it was seen then, so that what others wrote since is met and not overwritten.
    ...(held ? { base: submission.base, after: submission.after } : { after: seen.after }),
    record_id: submission.record_id, fresh: site.head === 0, note: submission.note,
    source: submission.source, sure: submission.sure,
  };
}

/** @param {import("./types").Submission} submission @returns {PackSite} A site the pack does not know. */
function newSite({ site_id, type, title }) {
  return {
    id: site_id, number: 0, type, title, area: "", head: 0, status: "active", seen_on: "", due_on: "",
    flat: {}, place: null, lon: null, lat: null, withheld: [],
  };
}

/** @param {Store} store @param {string} from @param {Draft} to */
async function copyPhotos(store, from, to) {
  // One that was taken off the correction stays off when the record is opened once more.
  const spoken = JSON.stringify(to.answers);
  const there = new Set((await store.photosOf(to.id)).map((one) => `${one.id}/${one.path}`));
  for (const row of await store.photosOf(from)) {
    if (spoken.includes(row.id) && !there.has(`${row.id}/${row.path}`)) { await store.putPhoto({ ...row, owner: to.id }); }
  }
}

/**
 * Take a record back altogether (取り消す).
 * @param {Store} store @param {string} rowId
 * @returns {Promise<boolean>} false once a send has begun
 */
export function undoRow(store, rowId) { return store.takeBack(rowId, null); }
