// A device and a server for the tests of the field app's data: one in memory, one that drops lines.

import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { createHash } from "node:crypto";

export const words = (ja, en = ja) => ({ ja, en });
const field = (id, kind, more = {}) => ({
  id, words: words(id), kind, choices: [], unit: "", low: 0, high: 0, decimals: 0, help: null, first: true, item: null,
  unknown: false, ...more,
});
const type = (id, fields) => ({
  id, words: words(id), sheet: words(id), marker: {}, order: 1, shapes: ["point"], pin_needed: false, fields,
});
export const PARK = type("park", [
  field("name", "text"), field("note", "note"), field("photos", "photos"),
  field("toilet", "choice", { choices: [{ id: "yes", words: words("ある") }, { id: "no", words: words("ない") }] }),
]);
export const CONCERN = type("concern", [
  field("tag", "choices", { choices: [{ id: "rest", words: words("休む所", "rest") }] }), field("note", "note"),
]);

export const site = (id, more = {}) => ({
  id, number: 1, type: "park", title: `公園${id}`, area: "", head: 5, status: "active", seen_on: "", due_on: "",
  flat: { name: `公園${id}`, toilet: "no" }, place: { type: "Point", coordinates: [139, 35] }, lon: 139, lat: 35,
  withheld: [], ...more,
});
export const pack = (sites, more = {}) => ({
  format: 1, made_at: "2026-11-20T00:00:00.000Z", stamp: "s", types_version: "t1", types: [PARK, CONCERN],
  town: { name: "町", west: 0, south: 0, east: 1, north: 1, credit: "" }, walk: null, walks: [], sites,
  total: sites.length, base: { url: "", bytes: 0, stamp: "" }, ...more,
});

/** A device nobody has used. */
export function freshDevice() { globalThis.indexedDB = new IDBFactory(); }

export const numbers = (seed) => () => { seed = (seed * 1664525 + 1013904223) % 2 ** 32; return seed / 2 ** 32; };

/** Have every clock stand at a time until the test moves it. */
export function stopClock(t, iso) {
  const clock = { at: Date.parse(iso) };
  t.mock.method(Date, "now", () => clock.at);
  return clock;
}

export async function addPhoto(store, owner, text, path = "photos") {
  const bytes = new TextEncoder().encode(text).buffer;
  const id = createHash("sha256").update(text).digest("hex");
  await store.putPhoto({
    id, owner, path, media: "image/jpeg", bytes, thumb: null, width: 1, height: 1, taken_at: new Date(Date.now()).toISOString(),
    day: "2026-11-21", state: "waiting", said: null,
  });
  return { id, caption: "" };
}

const json = (status, body) => new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

/** The server of the contract. `plan()` says what becomes of each call. */
export class FakeServer {
  records = new Map(); photos = new Map(); tracks = new Map(); hellos = []; receipts = []; calls = [];
  altered = 0; code = "A"; off_s = 0; seq = 10; poison = new Set(); signed = true; quota = undefined;

  constructor(plan = () => "ok") {
    this.plan = plan;
    this.fetch = (url, o) => this.answer(url, o);
  }

  async answer(url, o) {
    if (o.redirect !== "error") { throw new Error("a redirect would be followed"); }
    const fate = this.plan();
    this.calls.push([o.method ?? "GET", url.replace("/api/v1/field", "")]);
    await null;
    if (fate === "drop-before") { throw new TypeError("network"); }
    if (fate === "html") { return new Response("<h1>Wi-Fi</h1>", { status: 200, headers: { "Content-Type": "text/html" } }); }
    if (fate === "json") { return json(200, { hello: "hotel" }); }
    if (fate === "401" || !this.signed) { return json(401, { error: words("サインイン") }); }
    if (fate === "500") { return json(503, { error: words("あとで") }); }
    const body = typeof o.body === "string" ? JSON.parse(o.body) : o.body;
    const [path, query] = url.replace("/api/v1/field/", "").split("?");
    const answer = this.take(o.method, path.split("/"), body, query !== "wait=no");
    if (fate === "drop-after") { throw new TypeError("network"); }
    return answer;
  }

  take(method, [what, id], body, wait) {
    if (what === "devices") {
      this.hellos.push(body);
      return json(200, { code: this.code, server_time: new Date(Date.now() + this.off_s * 1000).toISOString(), account: null, quota: this.quota });
    }
    if (what === "photos") { return this.takePhoto(id, body); }
    if (what === "records") { return this.takeRecord(id, body, wait); }
    if (what === "tracks") { return this.takeTrack(method, id, body); }
    return this.takeReceipt(body);
  }

  takePhoto(id, bytes) {
    const own = createHash("sha256").update(new Uint8Array(bytes)).digest("hex");
    if (own !== id) { return json(400, { error: words("こわれています"), damaged: true }); }
    const again = this.photos.has(id);
    this.photos.set(id, bytes.byteLength);
    return json(200, { id, state: "kept", again, fault: null });
  }

  takeRecord(id, body, wait = true) {
    if (this.poison.has(id)) { return json(503, { error: words("あとで") }); }
    const known = this.records.get(id);
    const text = JSON.stringify(body);
    if (known && known.text !== text) { this.altered += 1; }
    if (known) { return json(200, { ...known.answer, again: true }); }
    const spoken = Object.values(body.patch).filter(Array.isArray).flat().map((one) => one?.id).filter((one) => /^[0-9a-f]{64}$/.test(one));
    const missing = [...new Set([...body.photos, ...spoken])].filter((one) => !this.photos.has(one));
    if (wait && missing.length > 0) { return json(409, { missing_photos: missing }); }
    if (wait && body.after && !this.records.has(body.after)) { return json(409, { wait_for: body.after }); }
    const answer = {
      state: "kept", seq: (this.seq += 1), number: 1, conflicts: [], again: false, faults: [],
      received_at: new Date(Date.now()).toISOString(),
    };
    this.records.set(id, { text, body, answer });
    return json(200, answer);
  }

  takeTrack(method, id, body) {
    if (method === "DELETE") { this.tracks.delete(id); } else { this.tracks.set(id, body); }
    return json(200, { id, again: false });
  }

  takeReceipt({ device_id, day, records, photos }) {
    const missing = {
      records: records.filter((one) => !this.records.has(one)), photos: photos.filter((one) => !this.photos.has(one)),
    };
    const device = { records: records.length, photos: photos.length };
    const server = { records: device.records - missing.records.length, photos: device.photos - missing.photos.length };
    const receipt = {
      device_id, code: this.code, day, at: new Date(Date.now()).toISOString(), device, server, missing, held: [],
      matches: missing.records.length + missing.photos.length === 0,
    };
    this.receipts.push(receipt);
    return json(200, receipt);
  }
}

/** What a sender has around it; no timer ever rings by itself. */
export const world = (server, more = {}) => ({
  fetch: server.fetch, setTimeout: () => 0, clearTimeout: () => undefined, now: () => Date.now(), online: () => true,
  locks: undefined, listen: () => undefined, ...more,
});

/**
 * Have a device die at its nth step: a call of the store or of the server, before it or once done.
 * @returns {{died: Promise<void>, steps: () => number, fetch: Function}}
 */
export function mortal(store, fetch, at) {
  let steps = 0, over;
  const died = new Promise((resolve) => { over = resolve; });
  const never = new Promise(() => undefined);
  const step = () => {
    steps += 1;
    if (steps < at) { return false; }
    over();
    return true;
  };
  const guard = (call) => async (...given) => {
    if (step()) { return never; }
    const out = await call(...given);
    return step() ? never : out;
  };
  const { door } = store;
  door.write = guard(door.write.bind(door));
  door.read = guard(door.read.bind(door));
  return { died, steps: () => steps, fetch: guard(fetch) };
}
