// The walk's own track: where one went, for oneself. Off until it is started, never part of a record.
import { distanceM, watchHere } from "./position.js";

/** @typedef {import("./types").TrackRow} TrackRow */
/** @typedef {import("./types").Words} Words */
/** @typedef {{addTrack(rows: TrackRow[]): Promise<void>, device(): Promise<{clock_off_s: number}>}} TrackStore */

const MOVED_M = 5;
const STILL_MS = 20_000;
const WORST_M = 100;
// What a kill may cost: at most this many points, or this long.
const BATCH = 4;
const BATCH_MS = 15_000;
const JAPAN_MS = 9 * 3_600_000;

/**
 * Make the tracker of this device. A browser stops its receiver when the screen sleeps, so the
 * screen is kept awake meanwhile where the browser lets us.
 * @param {TrackStore} store
 */
export function createTracker(store) {
  const waiting = /** @type {TrackRow[]} */ ([]);
  const listeners = new Set(/** @type {(() => void)[]} */ ([]));
  /** @type {{stop(): void} | null} */
  let run = null;
  let count = 0;
  /** @type {Words | null} */
  let trouble = null;
  let writing = Promise.resolve();
  const tell = () => listeners.forEach((listener) => listener());

  const flush = () => {
    writing = writing.then(async () => {
      const rows = waiting.slice();
      if (!rows.length) { return; }
      // Rows that could not be written wait for the next turn.
      try { await store.addTrack(rows); waiting.splice(0, rows.length); } catch { trouble = FULL; tell(); }
    });
    return writing;
  };

  return {
    /** @param {string | null} walkId */
    start(walkId) {
      if (run) { return; }
      count = 0;
      trouble = null;
      run = follow(store, walkId, {
        take: (row) => { waiting.push(row); count += 1; trouble = null; if (waiting.length >= BATCH) { flush(); } tell(); },
        fail: (words) => { trouble = words; tell(); }, flush,
      });
      tell();
    },
    /** @returns {Promise<void>} when the last points are kept */
    stop() {
      run?.stop();
      run = null;
      tell();
      return flush();
    },
    running: () => run !== null,
    state: () => ({ running: run !== null, points: count, trouble }),
    /** @param {() => void} listener */
    onChange(listener) { listeners.add(listener); return () => { listeners.delete(listener); }; },
  };
}

const FULL = {
  ja: "歩いた跡を端末に書けませんでした。端末の空きを確かめてください。調査記録はそのままです。",
  en: "The track could not be written. Check the room on this device. Records are as they were.",
};

/**
 * @param {TrackStore} store @param {string | null} walkId
 * @param {{take(row: TrackRow): void, fail(words: Words): void, flush(): void}} o
 * @returns {{stop(): void}}
 */
function follow(store, walkId, o) {
  let off = 0;
  store.device().then((device) => { off = device.clock_off_s * 1000; }, () => {});
  /** @type {{lon: number, lat: number, ms: number} | null} */
  let last = null;
  const stopWatch = watchHere((fix, trouble) => {
    if (trouble) { o.fail(trouble); }
    if (!fix || fix.accuracy_m > WORST_M) { return; }
    const ms = Date.parse(fix.at);
    if (last && distanceM(last, fix) < MOVED_M && ms - last.ms < STILL_MS) { return; }
    last = { lon: fix.lon, lat: fix.lat, ms };
    o.take({
      day: new Date(ms + off + JAPAN_MS).toISOString().slice(0, 10), walk_id: walkId,
      at: new Date(ms + off).toISOString(), lon: fix.lon, lat: fix.lat, accuracy_m: fix.accuracy_m,
    });
  });
  const clock = setInterval(o.flush, BATCH_MS);
  const sleep = stayAwake();
  const hidden = () => { if (globalThis.document?.visibilityState === "hidden") { o.flush(); } };
  globalThis.document?.addEventListener("visibilitychange", hidden);
  return {
    stop() {
      stopWatch();
      clearInterval(clock);
      sleep();
      globalThis.document?.removeEventListener("visibilitychange", hidden);
    },
  };
}

/** Keep the screen on; a lock is lost whenever the page is hidden, so it is asked for again. @returns {() => void} */
function stayAwake() {
  /** @type {{release(): Promise<void>} | null} */
  let lock = null;
  let over = false;
  const ask = async () => {
    if (globalThis.document?.visibilityState !== "visible") { return; }
    try {
      const got = await globalThis.navigator?.wakeLock?.request("screen");
      if (over) { await got?.release(); } else { lock = got ?? null; }
    } catch { lock = null; }
  };
  ask();
  globalThis.document?.addEventListener("visibilitychange", ask);
  return () => {
    over = true;
    globalThis.document?.removeEventListener("visibilitychange", ask);
    lock?.release().catch(() => {});
  };
}
