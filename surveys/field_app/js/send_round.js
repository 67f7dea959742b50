// One round of sending: hello, photos, records, tracks, receipts, erasing.

import { Stopped, orStop } from "./api.js";
import { deviceIso, nowIso, todayInJapan } from "./clock.js";
import { sha256 } from "./photos.js";
import {
  beginSend, daysToErase, eraseSent, isThere, keepReceipt, listsOf, markPhoto, settle, withoutPhotos,
} from "./store_sending.js";
import { sendTracks } from "./send_tracks.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./api.js").Api} Api */
/** @typedef {import("./types").OutboxRow} OutboxRow */
/** @typedef {import("./types").Words} Words */
/** @typedef {import("./api.js").Ending} Ending */
/**
 * @typedef {object} Round
 * @property {Store} store
 * @property {Api} api
 * @property {string} device
 * @property {() => number} now milliseconds by the device's clock
 * @property {boolean} refused whether what was refused is tried again
 * @property {() => void} step called when a record was taken
 * @property {(words: Words | null) => void} told called with what the server says of how much may still be sent
 */

// A server that fails this often in a row will not take the next one either.
const MOST_TROUBLES = 3;
const MOST_TURNS = 3;
/** @type {Words} */
const PHOTO_GONE = {
  ja: "写真の一部がこの端末で開けなくなっていたので、記録だけを送りました。",
  en: "Some photos could no longer be read on this device, so the record was sent without them.",
};

/** @param {Round} round @returns {Promise<Ending>} */
export async function sendRound(round) {
  const { store } = round;
  try {
    await hello(round);
    const sent = await sendRecords(round);
    const lost = await sendLostPhotos(round);
    await sendTracks(round);
    const today = todayInJapan(await store.device(), round.now());
    const { again, asked } = await askReceipts(round, today);
    const erased = await eraseSent(store, today, asked);
    if (erased) { await store.setValue("erased_at", nowIso(await store.device(), round.now())); }
    // The office sees what the device still holds, not what it held before.
    if (sent.done > 0 || erased) { await hello(round); }
    return sent.troubles > 0 || lost > 0 || again ? "trouble" : "idle";
  } catch (error) {
    if (error instanceof Stopped) { return error.ending; }
    throw error;
  }
}

/** @param {Round} round */
async function hello({ store, api, device, now, told }) {
  const from = now();
  const answer = orStop(await api.hello(device, await holding(store), deviceIso(from)));
  if (!answer) { throw new Stopped("trouble"); }
  const to = now();
  told(wordsIn(answer.body.quota));
  // Halfway there and back is when the server read its clock.
  const off = Math.round((Date.parse(answer.body.server_time) - (from + to) / 2) / 1000);
  await store.setDevice({ code: answer.body.code, clock_off_s: off, seen_at: answer.body.server_time });
}

/** @param {any} quota @returns {Words | null} null while there is plenty, and of a server that says nothing */
function wordsIn(quota) {
  const words = quota?.words;
  return typeof words?.ja === "string" && typeof words?.en === "string" ? { ja: words.ja, en: words.en } : null;
}

/** @param {Store} store @returns {Promise<object>} What the device has now. */
async function holding(store) {
  const [pack, drafts, erased_at] = await Promise.all([store.pack(), store.drafts(), store.value("erased_at")]);
  const { records, photos } = await unsent(store);
  return {
    walk_id: pack?.walk?.id ?? null, walk_title: pack?.walk?.title ?? "", sites: pack?.sites.length ?? 0,
    drafts: drafts.length, records: records.length, photos: photos.size, erased_at: erased_at ?? null,
  };
}

/** @param {Store} store @returns {Promise<{records: OutboxRow[], photos: Set<string>}>} */
export async function unsent(store) {
  const rows = await store.outbox();
  const spoken = new Set(rows.flatMap((row) => row.submission.photos));
  const keys = await store.door.read(["photos"], async (tx) => {
    const states = tx.objectStore("photos").index("state");
    const found = await Promise.all(["waiting", "trying", "refused"].map((one) => states.getAllKeys(one)));
    return /** @type {string[][]} */ (found.flat());
  });
  const photos = new Set(keys.map((key) => key[0]).filter((id) => spoken.has(id)));
  return { records: rows.filter((row) => !isThere(row.state)), photos };
}

/** @param {Round} round @returns {Promise<{done: number, troubles: number}>} */
async function sendRecords(round) {
  const { store } = round;
  let done = 0, troubles = 0, inARow = 0;
  for (const { id } of await store.outbox()) {
    const row = await store.outboxRow(id);
    if (!row || isThere(row.state) || (row.state === "refused" && !round.refused) || await mustWait(store, row)) { continue; }
    const came = await sendRecord(round, id);
    if (came === "kept") {
      done += 1;
      inARow = 0;
      round.step();
    } else if (came === "trouble") {
      troubles += 1;
      inARow += 1;
      // One record the server stumbles over must not hold up the rest.
      if (inARow >= MOST_TROUBLES) { throw new Stopped("trouble"); }
    }
  }
  return { done, troubles };
}

/** @param {Store} store @param {OutboxRow} row @returns {Promise<boolean>} Whether what it follows is still here. */
async function mustWait(store, row) {
  const { after } = row.submission;
  if (!after) { return false; }
  const before = await store.outboxRow(after);
  // What was refused may never be taken: what follows it goes on its own.
  if (before) { return !isThere(before.state) && before.state !== "refused"; }
  return await store.draft(after) !== undefined;
}

/** @param {Round} round @param {string} id @returns {Promise<"kept" | "later" | "refused" | "trouble">} */
async function sendRecord(round, id) {
  const { store, api, device } = round;
  if (!await beginSend(store, id)) { return "later"; }
  let wait = true;
  // More than once: the server may turn out to lack photos it had said it kept.
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const photos = await sendPhotos(round, id);
    if (photos !== "ok") { return photos; }
    const row = await store.outboxRow(id);
    if (!row) { return "later"; }
    const answer = await api.record(row.submission, device, wait);
    if (answer.is === "ok") {
      const body = /** @type {import("./types").SendAnswer} */ (answer.body);
      await settle(store, id, { state: body.state, answer: body });
      return "kept";
    }
    if (answer.is === "trouble") { return "trouble"; }
    if (answer.is === "refused") {
      await settle(store, id, { state: "refused", said: answer.words });
      return "refused";
    }
    if (answer.is !== "conflict") { throw new Stopped(answer.is); }
    const came = await lookForMissing(store, id, answer.body);
    if (came === "later") { return "later"; }
    wait = came === "here";
  }
  return "trouble";
}

/**
 * Look on the device for what the server waits for. What is nowhere any more is not waited for.
 * @param {Store} store @param {string} id @param {{missing_photos?: string[], wait_for?: string}} body
 * @returns {Promise<"here" | "gone" | "later">}
 */
async function lookForMissing(store, id, body) {
  if (!Array.isArray(body.missing_photos)) {
    const before = body.wait_for ?? "";
    const row = await store.outboxRow(before);
    return (row && row.state !== "refused") || await store.draft(before) ? "later" : "gone";
  }
  const gone = [];
  for (const photo of body.missing_photos) {
    const row = await store.photo(photo);
    if (row && row.state !== "refused") { await markPhoto(store, photo, { state: "trying" }); } else { gone.push(photo); }
  }
  if (gone.length > 0) { await withoutPhotos(store, id, gone, PHOTO_GONE); }
  return gone.length > 0 ? "gone" : "here";
}

/** @param {Round} round @param {string} id @returns {Promise<"ok" | "refused" | "trouble">} */
async function sendPhotos({ store, api, device }, id) {
  for (const one of (await store.outboxRow(id))?.submission.photos ?? []) {
    const row = await store.photo(one);
    if (!row || isThere(row.state)) { continue; }
    await markPhoto(store, one, { state: "trying" });
    const answer = await api.photo(row, device);
    if (answer.is === "ok") {
      await markPhoto(store, one, { state: answer.body.state, said: answer.body.fault ?? null });
    } else if (answer.is === "refused" && answer.body.damaged && await sha256(row.bytes) !== one) {
      // The device's own copy went bad: the record goes without it, the copy stays here.
      await markPhoto(store, one, { state: "refused", said: PHOTO_GONE });
      await withoutPhotos(store, id, [one], PHOTO_GONE);
    } else if (answer.is === "trouble" || (answer.is === "refused" && answer.body.damaged)) {
      return "trouble";
    } else if (answer.is === "refused") {
      await markPhoto(store, one, { state: "waiting", said: answer.words });
      await settle(store, id, { state: "refused", said: answer.words });
      return "refused";
    } else {
      throw new Stopped(answer.is === "conflict" ? "trouble" : answer.is);
    }
  }
  return "ok";
}

/**
 * Send photos again that the server no longer has though it took their record.
 * @param {Round} round @returns {Promise<number>} how many it did not take
 */
async function sendLostPhotos(round) {
  const { photos } = await unsent(round.store);
  let troubles = 0;
  for (const row of photos.size > 0 ? await round.store.outbox() : []) {
    if (isThere(row.state) && row.submission.photos.some((one) => photos.has(one))) {
      troubles += await sendPhotos(round, row.id) === "ok" ? 0 : 1;
    }
  }
  return troubles;
}

/**
 * @param {Round} round @param {string} today
 * @returns {Promise<{again: boolean, asked: Set<string>}>} whether something has to be sent again,
 *   and the days that were counted
 */
async function askReceipts({ store, api, device }, today) {
  const erasing = await daysToErase(store, today), asked = new Set();
  let again = false;
  for (const day of await store.log()) {
    if (!day.due && !erasing.has(day.day)) { continue; }
    const listed = listsOf(day);
    const answer = orStop(await api.receipt({ device_id: device, day: day.day, ...listed }));
    const receipt = /** @type {import("./types").FieldReceipt | undefined} */ (answer?.body);
    if (!receipt) { continue; }
    asked.add(day.day);
    again = await keepReceipt(store, receipt, listed) || again;
  }
  return { again, asked };
}
