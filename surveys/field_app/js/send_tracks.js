// The walk's own track, sent in parts that never change once they are sent.

import { newId } from "./ids.js";
import { orStop } from "./api.js";

/** @typedef {import("./types").TrackRow} TrackRow */
/** @typedef {import("./send_round.js").Round} Round */

const MOST_POINTS = 5000;
// A track that is being walked grows: it is sent once it has rested, so as not to go in crumbs.
const REST_MS = 10 * 60 * 1000;

/** @param {Round} round */
export async function sendTracks(round) {
  await dropUnwanted(round);
  for (const day of await round.store.trackDays()) {
    for (const rows of parts(await round.store.track(day))) {
      const last = Date.parse(rows[rows.length - 1].at);
      const resting = !(Math.abs(round.now() - last) < REST_MS);
      if (rows[0].batch || resting || rows.length === MOST_POINTS) { await sendPart(round, rows); }
    }
  }
}

/** @param {TrackRow[]} rows @returns {TrackRow[][]} What goes together and is not yet sent. */
function parts(rows) {
  /** @type {Map<string, TrackRow[]>} */
  const found = new Map();
  for (const row of rows.filter((one) => !one.sent)) {
    const key = row.batch ?? `new/${row.walk_id}`;
    found.set(key, [...found.get(key) ?? [], row]);
  }
  return [...found.values()].map((one) => one.slice(0, one[0].batch ? one.length : MOST_POINTS));
}

/** @param {Round} round @param {TrackRow[]} rows */
async function sendPart({ store, api, device }, rows) {
  const batch = rows[0].batch ?? newId();
  if (!rows[0].batch) { await mark(store, rows, { batch }); }
  const points = rows.map((row) => [row.lon, row.lat, row.accuracy_m, row.at]);
  const answer = await api.track(batch, { walk_id: rows[0].walk_id, day: rows[0].day, points }, device);
  if (orStop(answer)) { await mark(store, rows, { batch, sent: true }); }
}

/** @param {import("./store.js").Store} store @param {TrackRow[]} rows @param {Partial<TrackRow>} part */
function mark(store, rows, part) {
  return store.door.write(["track"], async (tx) => {
    for (const row of rows) {
      // A track that was dropped meanwhile stays dropped.
      const there = await tx.objectStore("track").get(/** @type {number} */ (row.id));
      if (there) { await tx.objectStore("track").put({ ...there, ...part }); }
    }
  });
}

/** @param {Round} round */
async function dropUnwanted({ store, api, device }) {
  for (const id of /** @type {string[]} */ (await store.value("unwanted_tracks") ?? [])) {
    // Sent by somebody else on this device: tried again until they are signed in.
    if (!orStop(await api.dropTrack(id, device))) { continue; }
    await store.door.write(["settings"], async (tx) => {
      const all = /** @type {string[]} */ (await tx.objectStore("settings").get("unwanted_tracks") ?? []);
      await tx.objectStore("settings").put(all.filter((one) => one !== id), "unwanted_tracks");
    });
  }
}
