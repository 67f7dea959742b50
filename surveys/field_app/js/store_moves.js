// What has to happen in one transaction when a record changes hands: finished, taken back.

import { noticeIn } from "./noticing.js";

/** @typedef {import("./store_door.js").Change} Change */
/** @typedef {import("./types").Draft} Draft */
/** @typedef {import("./types").OutboxRow} OutboxRow */
/** @typedef {import("./types").LogRow} LogRow */
/** @typedef {import("./types").LogRecord} LogRecord */

/** @param {string} day @returns {LogRow} */
export function emptyDay(day) { return { day, records: [], photos: [], receipt: null }; }

/**
 * @param {Change} tx @param {string} draftId @param {OutboxRow} row
 * @returns {Promise<OutboxRow>}
 */
export async function putFinished(tx, draftId, row) {
  const outbox = tx.objectStore("outbox");
  const drafts = tx.objectStore("drafts");
  const draft = draftId ? await drafts.get(draftId) : undefined;
  const there = await outbox.get(row.id);
  const logged = draft ? undefined : await findLogged(tx, row.id);
  // Another tab finished it first, or it has even been sent and erased: once is enough.
  if (there || logged) { return there ?? { ...row, label: logged?.label ?? "", state: logged?.state ?? row.state }; }
  const log = tx.objectStore("log");
  const day = /** @type {LogRow} */ (await log.get(row.day) ?? emptyDay(row.day));
  const label = row.label || await nextLabel(tx, day);
  const kept = { ...row, label, submission: { ...row.submission, label } };
  if (draftId) {
    await drafts.delete(draftId);
    await movePhotos(tx, draftId, row.id);
  }
  await outbox.put(kept);
  await log.put({
    ...day, due: true, records: [...day.records, toLog(kept)],
    photos: [...new Set([...day.photos, ...row.submission.photos])],
  });
  return kept;
}

/** @param {OutboxRow} row @returns {LogRecord} */
function toLog(row) {
  const { site_id, kind, walk_id, title, type, claim, patch } = row.submission;
  const unseen = type === "walk" ? Object.entries(patch).find(([path]) => path.endsWith("/place"))?.[1] : undefined;
  return {
    id: row.id, label: row.label, title, type, state: row.state, site_id, kind, walk_id, ...(claim ? { claim } : {}),
    ...(Array.isArray(unseen) ? { unseen: String(unseen[0]) } : {}), ...(noticeIn(type, patch).size > 0 ? { noticed: /** @type {const} */ (true) } : {}),
  };
}

/** @param {Change} tx @param {string} id @returns {Promise<LogRecord | undefined>} */
async function findLogged(tx, id) {
  const days = /** @type {LogRow[]} */ (await tx.objectStore("log").getAll());
  return days.flatMap((day) => day.records).find((one) => one.id === id);
}

/** @param {Change} tx @param {LogRow} day @returns {Promise<string>} */
async function nextLabel(tx, day) {
  const device = await tx.objectStore("settings").get("device");
  const taken = day.records.map((one) => countOf(one.label));
  const next = String(Math.max(0, ...taken) + 1).padStart(2, "0");
  return `${device?.code || "?"}-${day.day.slice(5).replace("-", "")}-${next}`;
}

/** @param {Change} tx @param {string} from @param {string} to */
async function movePhotos(tx, from, to) {
  if (from === to) { return; }
  const photos = tx.objectStore("photos");
  for (const row of await photos.index("owner").getAll(from)) {
    await photos.delete([row.id, row.owner, row.path]);
    await photos.put({ ...row, owner: to });
  }
}

/** @param {Change} tx @param {string} owner */
export async function dropPhotosOf(tx, owner) {
  const photos = tx.objectStore("photos");
  for (const key of await photos.index("owner").getAllKeys(owner)) { await photos.delete(key); }
}

/**
 * @param {Change} tx @param {string} id @param {Draft | null} draft
 * @returns {Promise<boolean>}
 */
export async function takeBack(tx, id, draft) {
  const row = /** @type {OutboxRow | undefined} */ (await tx.objectStore("outbox").get(id));
  if (row?.state !== "waiting") { return false; }
  await tx.objectStore("outbox").delete(id);
  await unlog(tx, row);
  if (draft) {
    // What it followed may have gone since it was finished.
    await tx.objectStore("drafts").put({ ...draft, after: row.submission.after });
    await movePhotos(tx, id, draft.id);
  } else {
    await rewire(tx, id, row.submission.after);
    await dropPhotosOf(tx, id);
  }
  return true;
}

/** @param {Change} tx @param {OutboxRow} row */
async function unlog(tx, row) {
  const log = tx.objectStore("log");
  const day = /** @type {LogRow | undefined} */ (await log.get(row.day));
  if (!day) { return; }
  const others = /** @type {OutboxRow[]} */ (await tx.objectStore("outbox").getAll());
  const used = new Set(others.flatMap((one) => one.submission.photos));
  const own = new Set(row.submission.photos.filter((one) => !used.has(one)));
  const records = day.records.filter((one) => one.id !== row.id);
  // A receipt that listed it would else never agree again.
  await log.put({ ...day, due: true, records, photos: day.photos.filter((one) => !own.has(one)) });
}

/**
 * Have what was to follow a record that is no more follow the one before it, else it would wait
 * for ever.
 * @param {Change} tx @param {string} gone @param {string | null} after
 */
export async function rewire(tx, gone, after) {
  const drafts = tx.objectStore("drafts"), outbox = tx.objectStore("outbox");
  for (const draft of /** @type {Draft[]} */ (await drafts.getAll())) {
    if (draft.after === gone) { await drafts.put({ ...draft, after }); }
  }
  for (const row of /** @type {OutboxRow[]} */ (await outbox.getAll())) {
    if (row.submission.after === gone && row.state === "waiting") {
      await outbox.put({ ...row, submission: { ...row.submission, after } });
    }
  }
}

/**
 * Drop a day's track; what was sent of it is noted, to be dropped at the server too.
 * @param {Change} tx @param {string} day
 */
export async function dropTrack(tx, day) {
  const settings = tx.objectStore("settings"), track = tx.objectStore("track");
  const unwanted = new Set(await settings.get("unwanted_tracks"));
  for (const row of /** @type {import("./types").TrackRow[]} */ (await track.index("day").getAll(day))) {
    if (row.batch) { unwanted.add(row.batch); }
    await track.delete(/** @type {number} */ (row.id));
  }
  await settings.put([...unwanted], "unwanted_tracks");
}

// A pack is dated when it is read, a record when it arrives; either may take a while from there.
const PACKING_MS = 10 * 60 * 1000;

/**
 * @param {import("./types").Pack} pack
 * @param {Pick<import("./types").PastRow, "site_id" | "seq" | "received_at">} row
 * @returns {boolean} Whether a pack tells what a record said.
 */
export function isTold(pack, row) {
  const site = pack.sites.find((one) => one.id === row.site_id);
  return (site?.head ?? -1) >= row.seq || Date.parse(row.received_at) + PACKING_MS < Date.parse(pack.made_at);
}

/** @param {string} id @returns {IDBKeyRange} Every row of one photo. */
export function photoRange(id) { return IDBKeyRange.bound([id], [id, []]); }

/**
 * Oldest first, and nothing before what it follows: a clock put back, or a record opened again,
 * must not turn a chain round.
 * @param {OutboxRow[]} rows @returns {OutboxRow[]}
 */
export function inOrder(rows) {
  const left = new Map([...rows].sort(byAge).map((row) => [row.id, row]));
  /** @type {OutboxRow[]} */
  const out = [];
  /** @param {OutboxRow} row */
  const place = (row) => {
    left.delete(row.id);
    const before = left.get(row.submission.after ?? "");
    if (before) { place(before); }
    out.push(row);
  };
  for (const row of [...left.values()]) { if (left.has(row.id)) { place(row); } }
  return out;
}

/** @param {OutboxRow} a @param {OutboxRow} b @returns {number} */
function byAge(a, b) {
  const one = a.submission.made_at, other = b.submission.made_at;
  if (one !== other) { return one < other ? -1 : 1; }
  return countOf(a.label) - countOf(b.label);
}

/** @param {string} label @returns {number} Which of its day's records it is. */
function countOf(label) { return Number(label.split("-").at(-1)) || 0; }
