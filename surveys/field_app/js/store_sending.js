// What the sender writes down before and after each step, so that it may be killed between any two.

import { daysBetween } from "./clock.js";
import { photoRange } from "./store_moves.js";

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
  await store.door.write(["photos"], async (tx) => {
    const photos = tx.objectStore("photos");
    for (const row of await photos.getAll(photoRange(id))) { await photos.put({ ...row, ...part }); }
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
      await tx.objectStore("log").put({ ...day, photos: day.photos.filter((one) => !gone.includes(one) || used.has(one)) });
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
    const day = await tx.objectStore("log").get(receipt.day);
    if (day) { await tx.objectStore("log").put({ ...day, receipt, listed, due: again }); }
    return again;
  });
}

/**
 * Erase what a receipt that agrees lists, when the settings say it is time.
 * @param {Store} store @param {string} today @returns {Promise<boolean>} whether anything was
 */
export async function eraseSent(store, today) {
  const { erase } = await store.settings();
  let any = false;
  for (const day of await store.log()) {
    const old = daysBetween(day.day, today) >= ERASE_AFTER_DAYS;
    if (day.receipt?.matches && day.listed && (erase === "at_once" || old)) {
      any = await eraseDay(store, day.day) || any;
    }
  }
  return any;
}

/** @param {Store} store @param {string} name @returns {Promise<boolean>} */
async function eraseDay(store, name) {
  const due = (await store.log()).find((one) => one.day === name)?.listed?.records ?? [];
  const there = new Set((await store.outbox()).map((one) => one.id));
  if (!due.some((id) => there.has(id))) { return false; }
  const pack = await store.pack();
  return store.door.write(["outbox", "photos", "log", "past"], async (tx) => {
    const day = /** @type {LogRow | undefined} */ (await tx.objectStore("log").get(name));
    const { receipt, listed } = day ?? {};
    if (!receipt?.matches || !listed) { return false; }
    let any = false;
    for (const id of listed.records) {
      const row = /** @type {OutboxRow | undefined} */ (await tx.objectStore("outbox").get(id));
      if (row && isThere(row.state) && !receipt.missing.records.includes(id)) {
        any = await eraseRow(tx, row, listed.photos, pack?.made_at ?? null) || any;
      }
    }
    return any;
  });
}

/**
 * @param {Change} tx @param {OutboxRow} row @param {string[]} listed photos @param {string | null} packed
 * @returns {Promise<boolean>}
 */
async function eraseRow(tx, row, listed, packed) {
  const { submission, answer } = row;
  const photos = tx.objectStore("photos");
  const own = /** @type {PhotoRow[]} */ (await photos.index("owner").getAll(row.id));
  const spoken = own.filter((one) => submission.photos.includes(one.id));
  if (!spoken.every((one) => isThere(one.state) && listed.includes(one.id))) { return false; }
  for (const one of own) { await photos.delete([one.id, one.owner, one.path]); }
  await tx.objectStore("outbox").delete(row.id);
  const told = packed === null || (answer?.received_at ?? "") < packed;
  if (row.state === "kept" && answer && !told) {
    const { site_id, made_at, patch } = submission;
    await tx.objectStore("past").put({
      id: row.id, site_id, seq: answer.seq, made_at, received_at: answer.received_at, patch,
      ...("place" in submission ? { place: submission.place } : {}),
    });
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
