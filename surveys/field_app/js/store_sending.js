// What the sender writes down before and after each step, so that it may be killed between any two.

import { daysBetween } from "./clock.js";
import { sameJson } from "./paths.js";
import { isTold, photoRange } from "./store_moves.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./store_door.js").Change} Change */
/** @typedef {import("./types").OutboxRow} OutboxRow */
/** @typedef {import("./types").PhotoRow} PhotoRow */
/** @typedef {import("./types").LogRow} LogRow */
/** @typedef {import("./types").SendState} SendState */
/** @typedef {import("./types").FieldReceipt} FieldReceipt */
/** @typedef {import("./types").Words} Words */

const ERASE_AFTER_DAYS = 7;

/** @param {SendState | undefined} state @returns {boolean} Whether the server has it. */
export function isThere(state) { return state === "kept" || state === "held"; }

/**
 * Mark a record as being sent, before its first byte goes out.
 * @param {Store} store @param {string} id
 * @returns {Promise<OutboxRow | null>} null when it was taken back, or has been sent
 */
export function beginSend(store, id) {
  return store.door.write(["settings", "outbox", "log"], async (tx) => {
    const row = /** @type {OutboxRow | undefined} */ (await tx.objectStore("outbox").get(id));
    if (!row || isThere(row.state)) { return null; }
    const code = (await tx.objectStore("settings").get("device"))?.code;
    // A label from before the device had its letter; nobody has seen it elsewhere yet.
    const label = row.state === "waiting" && code && row.label.startsWith("?-") ? code + row.label.slice(1) : row.label;
    const next = /** @type {OutboxRow} */ (
      { ...row, label, submission: { ...row.submission, label }, state: "trying", tries: row.tries + 1 });
    await tx.objectStore("outbox").put(next);
    await relog(tx, next);
    return next;
  });
}

/**
 * Keep what came of a record.
 * @param {Store} store @param {string} id @param {Partial<Pick<OutboxRow, "state" | "answer" | "said">>} part
 * @returns {Promise<void>}
 */
export async function settle(store, id, part) {
  await store.door.write(["outbox", "log"], async (tx) => {
    const row = /** @type {OutboxRow | undefined} */ (await tx.objectStore("outbox").get(id));
    if (!row || isThere(row.state)) { return; }
    const next = { ...row, ...part };
    await tx.objectStore("outbox").put(next);
    await relog(tx, next);
  });
}

/** @param {Change} tx @param {OutboxRow} row */
async function relog(tx, row) {
  const log = tx.objectStore("log");
  const day = /** @type {LogRow | undefined} */ (await log.get(row.day));
  if (!day) { return; }
  const records = day.records.map((one) => (one.id === row.id ? { ...one, label: row.label, state: row.state } : one));
  await log.put({ ...day, records, due: day.due || isThere(row.state) });
}

/**
 * @param {Store} store @param {string} id @param {{state?: SendState, said?: Words | null}} part
 * @returns {Promise<void>}
 */
export async function markPhoto(store, id, part) {
  await store.door.write(["photos", "log"], async (tx) => {
    const photos = tx.objectStore("photos"), log = tx.objectStore("log");
    for (const row of await photos.getAll(photoRange(id))) { await photos.put({ ...row, ...part }); }
    if (!isThere(part.state)) { return; }
    for (const day of /** @type {LogRow[]} */ (await log.getAll())) {
      if (!day.due && day.photos.includes(id)) { await log.put({ ...day, due: true }); }
    }
  });
}

/**
 * Take photos the device cannot give out of the list a record waits for. The server has not
 * taken the record: it answered that they are missing.
 * @param {Store} store @param {string} id @param {string[]} gone @param {Words} said
 * @returns {Promise<void>}
 */
export async function withoutPhotos(store, id, gone, said) {
  await store.door.write(["outbox", "log"], async (tx) => {
    const row = /** @type {OutboxRow | undefined} */ (await tx.objectStore("outbox").get(id));
    if (!row) { return; }
    const photos = row.submission.photos.filter((one) => !gone.includes(one));
    await tx.objectStore("outbox").put({ ...row, said, submission: { ...row.submission, photos } });
    const rows = /** @type {OutboxRow[]} */ (await tx.objectStore("outbox").getAll());
    const used = new Set(rows.flatMap((one) => one.submission.photos));
    const day = /** @type {LogRow | undefined} */ (await tx.objectStore("log").get(row.day));
    if (day) {
      await tx.objectStore("log").put({ ...day, due: true, photos: day.photos.filter((one) => !gone.includes(one) || used.has(one)) });
    }
  });
}

/**
 * Keep a receipt; what the server turns out not to have is sent again.
 * @param {Store} store @param {FieldReceipt} receipt @param {{records: string[], photos: string[]}} listed
 * @returns {Promise<boolean>} whether something has to be sent again
 */
export function keepReceipt(store, receipt, listed) {
  return store.door.write(["outbox", "photos", "log"], async (tx) => {
    let again = false;
    for (const id of receipt.missing.records) {
      const row = /** @type {OutboxRow | undefined} */ (await tx.objectStore("outbox").get(id));
      if (!row || !isThere(row.state)) { continue; }
      await tx.objectStore("outbox").put({ ...row, state: "trying" });
      await relog(tx, { ...row, state: "trying" });
      again = true;
    }
    for (const id of receipt.missing.photos) {
      for (const row of /** @type {PhotoRow[]} */ (await tx.objectStore("photos").getAll(photoRange(id)))) {
        if (isThere(row.state)) {
          await tx.objectStore("photos").put({ ...row, state: "trying" });
          again = true;
        }
      }
    }
    const day = /** @type {LogRow | undefined} */ (await tx.objectStore("log").get(receipt.day));
    // Finished or taken back while the receipt was on its way: it counts another day than this.
    const due = again || (day && !sameJson(listsOf(day), listed));
    if (day) { await tx.objectStore("log").put({ ...day, receipt, listed, due }); }
    return again;
  });
}

/** @param {LogRow} day @returns {{records: string[], photos: string[]}} */
export function listsOf(day) { return { records: day.records.map((one) => one.id), photos: day.photos }; }

/**
 * The days the settings say it is time to erase, as far as something of them is here.
 * @param {Store} store @param {string} today @returns {Promise<Set<string>>}
 */
export async function daysToErase(store, today) {
  const { erase } = await store.settings();
  const there = new Set((await store.outbox()).map((one) => one.id));
  const days = (await store.log()).filter((day) => (
    (erase === "at_once" || daysBetween(day.day, today) >= ERASE_AFTER_DAYS)
      && day.receipt?.matches && day.listed?.records.some((id) => there.has(id))));
  return new Set(days.map((day) => day.day));
}

/**
 * Erase what a receipt that agrees lists, when the settings say it is time.
 * @param {Store} store @param {string} today
 * @param {Set<string>} asked the days whose receipt was given just now: the server may have been
 *   put back to an older state since an earlier one
 * @returns {Promise<boolean>} whether anything was
 */
export async function eraseSent(store, today, asked) {
  let any = false;
  for (const day of await daysToErase(store, today)) {
    if (asked.has(day)) { any = await eraseDay(store, day) || any; }
  }
  return any;
}

/** @param {Store} store @param {string} name @returns {Promise<boolean>} */
async function eraseDay(store, name) {
  const pack = await store.pack();
  return store.door.write(["outbox", "photos", "log", "past"], async (tx) => {
    const day = /** @type {LogRow | undefined} */ (await tx.objectStore("log").get(name));
    const { receipt, listed } = day ?? {};
    if (!receipt?.matches || !listed) { return false; }
    let any = false;
    for (const id of listed.records) {
      const row = /** @type {OutboxRow | undefined} */ (await tx.objectStore("outbox").get(id));
      if (row && isThere(row.state) && !receipt.missing.records.includes(id)) {
        any = await eraseRow(tx, row, listed.photos, pack) || any;
      }
    }
    return any;
  });
}

/**
 * @param {Change} tx @param {OutboxRow} row @param {string[]} listed photos @param {import("./types").Pack | null} pack
 * @returns {Promise<boolean>}
 */
async function eraseRow(tx, row, listed, pack) {
  const { submission, answer } = row;
  const photos = tx.objectStore("photos");
  const own = /** @type {PhotoRow[]} */ (await photos.index("owner").getAll(row.id));
  const isSafe = (/** @type {PhotoRow} */ one) => isThere(one.state)
    && (listed.includes(one.id) || !submission.photos.includes(one.id));
  if (!own.every(isSafe)) { return false; }
  for (const one of own) { await photos.delete([one.id, one.owner, one.path]); }
  await tx.objectStore("outbox").delete(row.id);
  if (row.state === "kept" && answer && pack) {
    const { site_id, made_at, patch } = submission;
    const past = {
      id: row.id, site_id, seq: answer.seq, made_at, received_at: answer.received_at, patch,
      ...("place" in submission ? { place: submission.place } : {}),
    };
    if (!isTold(pack, past)) { await tx.objectStore("past").put(past); }
  }
  return true;
}

/**
 * Take, or renew, the right to send, for browsers without `navigator.locks`.
 * @param {Store} store @param {string} holder @param {number} now @param {number} ms
 * @returns {Promise<boolean>}
 */
export function takeLease(store, holder, now, ms) {
  return store.door.write(["settings"], async (tx) => {
    const lease = await tx.objectStore("settings").get("lease");
    // A clock put back would else leave the lease taken for years.
    if (lease && lease.holder !== holder && lease.until > now && lease.until < now + 2 * ms) { return false; }
    await tx.objectStore("settings").put({ holder, until: now + ms }, "lease");
    return true;
  });
}
