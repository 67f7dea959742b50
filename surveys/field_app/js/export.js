// Unsent work as one file, for a device that cannot reach the server any more.

import { dayOf, nowIso, sayTime } from "./clock.js";
import { changes, flatten, knownPaths } from "./paths.js";
import { unsent } from "./send_round.js";
import { makeSubmission } from "./submission.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./types").Draft} Draft */
/** @typedef {import("./types").Submission} Submission */
/** @typedef {import("./types").PhotoRow} PhotoRow */

/**
 * @param {Store} store
 * @returns {Promise<{name: string, blob: Blob, records: number, photos: number}>}
 */
export async function saveUnsent(store) {
  const [device, pack, drafts, { records, photos }] = await Promise.all([store.device(), store.pack(), store.drafts(), unsent(store)]);
  const made_at = nowIso(device);
  const submissions = records.map((row) => row.submission);
  for (const draft of drafts) {
    submissions.push(await unfinished(store, draft, pack?.types.find((one) => one.id === draft.type)));
  }
  const head = { format: 1, made_at, device, submissions };
  // In pieces: all photos as one text would not fit into a tablet's memory.
  /** @type {BlobPart[]} */
  const parts = [`${JSON.stringify(head).slice(0, -1)},"photos":[`];
  const written = new Set();
  for (const owner of submissions.map((one) => one.id)) {
    for (const photo of await store.photosOf(owner)) { addPhoto(parts, written, photo); }
  }
  // Also photos the server lost of a record it has.
  for (const id of new Set([...submissions.flatMap((one) => one.photos), ...photos])) {
    const photo = written.has(id) ? undefined : await store.photo(id);
    if (photo) { addPhoto(parts, written, photo); }
  }
  parts.push("]}");
  const name = `kayoi-${device.code || "x"}-${dayOf(made_at)}-${sayTime(made_at).replace(":", "").padStart(4, "0")}.json`;
  return { name, blob: new Blob(parts, { type: "application/json" }), records: submissions.length, photos: written.size };
}

/** @param {BlobPart[]} parts @param {Set<string>} written @param {PhotoRow} photo */
function addPhoto(parts, written, photo) {
  if (written.has(photo.id)) { return; }
  const entry = JSON.stringify({ id: photo.id, media: photo.media, base64: base64(photo.bytes) });
  parts.push(new Blob([written.size > 0 ? "," : "", entry]));
  written.add(photo.id);
}

/**
 * @param {Store} store @param {Draft} draft @param {import("./types").RecordType | undefined} type
 * @returns {Promise<Submission>}
 */
async function unfinished(store, draft, type) {
  // Unchecked: a draft may be half a word, and it is for a person in the office to read.
  const patch = type
    ? changes(knownPaths(type, draft.before), flatten(type, draft.answers))
    : draft.answers;
  const moved = JSON.stringify(draft.before_place) !== JSON.stringify(draft.place);
  const made = await makeSubmission(store, { ...draft, title: String(draft.answers["name"] ?? "") || draft.title, patch, place: moved ? draft.place : undefined });
  // As it was last touched: the same draft saved twice is one.
  return { ...made, made_at: draft.touched_at, device_at: draft.touched_at, on: dayOf(draft.touched_at), unfinished: true };
}

/** @param {ArrayBuffer} bytes @returns {string} */
export function base64(bytes) {
  const all = new Uint8Array(bytes);
  let text = "";
  // A call takes only so many arguments.
  for (let at = 0; at < all.length; at += 0x8000) { text += String.fromCharCode(...all.subarray(at, at + 0x8000)); }
  return btoa(text);
}
