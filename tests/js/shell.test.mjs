// Ids, days, the pack, photos no canvas opens, and the service worker's own rules.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import vm from "node:vm";
import { freshDevice, pack } from "./field_fixtures.mjs";
import { nowIso, sayDay, sayTime, todayInJapan } from "../../surveys/field_app/js/clock.js";
import { newId } from "../../surveys/field_app/js/ids.js";
import { downloadPack, packAge } from "../../surveys/field_app/js/pack.js";
import { fitWithin, sha256, sniffMedia, takePhoto } from "../../surveys/field_app/js/photos.js";
import { openStore } from "../../surveys/field_app/js/store.js";

const bytes = (...parts) => new Uint8Array(parts.flatMap((one) => (typeof one === "string" ? [...Buffer.from(one, "latin1")] : [one]))).buffer;

test("ids are 32 hex digits, over plain http too", (t) => {
  assert.match(newId(), /^[0-9a-f]{32}$/);
  t.mock.getter(globalThis, "crypto", () => ({ getRandomValues: (one) => one.fill(255) }));
  assert.equal(newId(), "ffffffffffff4fffbfffffffffffffff");
});

test("days and times are Japan's", () => {
  const at = Date.parse("2026-11-21T15:00:00Z");
  assert.equal(todayInJapan({ clock_off_s: 0 }, at), "2026-11-22");
  assert.equal(todayInJapan({ clock_off_s: -1 }, at), "2026-11-21");
  assert.equal(nowIso({ clock_off_s: 60 }, at), "2026-11-21T15:01:00.000Z");
  assert.deepEqual([sayTime("2026-11-21T15:05:00Z"), sayDay("2026-11-21")], ["0:05", "11月21日（土）"]);
});

test("a pack's age counts days of Japan", () => {
  const made = pack([], { made_at: "2026-11-20T14:00:00Z" });
  const say = (now) => packAge(made, now).words.ja;
  assert.deepEqual([say("2026-11-20T14:59:00Z"), say("2026-11-20T15:01:00Z"), say(Date.parse("2026-11-22T15:01:00Z")), say("2026-11-01T00:00:00Z")], ["今日", "きのう", "3日前", "今日"]);
});

test("a hotel's page is no pack, and the one before stays", async (t) => {
  freshDevice();
  const store = await openStore();
  t.after(() => store.close());
  await store.setPack(pack([], { stamp: "old" }));
  t.mock.method(globalThis, "fetch", async () => new Response("<h1>Wi-Fi</h1>", { headers: { "Content-Type": "text/html" } }));
  await assert.rejects(downloadPack(store, null), (error) => Boolean(error.words.ja));
  t.mock.method(globalThis, "fetch", async () => new Response('{"error":{"ja":"x","en":"x"}}', { status: 401, headers: { "Content-Type": "application/json" } }));
  await assert.rejects(downloadPack(store, null), { status: 401 });
  assert.equal((await store.pack()).stamp, "old");
  t.mock.method(globalThis, "fetch", async (url) => Response.json(pack([], { stamp: url })));
  assert.equal((await downloadPack(store, "w 1")).stamp, "/api/v1/field/pack?walk=w%201");
});

test("a photo is scaled to its longest side and never made larger", () => {
  assert.deepEqual([fitWithin(4000, 3000, 1600), fitWithin(300, 4000, 1600), fitWithin(800, 600, 1600), fitWithin(9000, 1, 320)],
    [{ width: 1600, height: 1200 }, { width: 120, height: 1600 }, { width: 800, height: 600 }, { width: 320, height: 1 }]);
});

test("the first bytes tell what a photo is", () => {
  const table = [[bytes(0xff, 0xd8, 0xff), "image/jpeg"], [bytes("\x89PNG\r\n"), "image/png"], [bytes("RIFF....WEBP"), "image/webp"],
    [bytes("....ftypheic"), "image/heic"], [bytes("....ftypavif"), "image/avif"], [bytes("%PDF-1.7"), ""], [bytes(), ""]];
  table.forEach(([data, media]) => assert.equal(sniffMedia(data), media));
});

test("what no canvas opens is kept as it is, what is no photo is refused in words", async (t) => {
  freshDevice();
  const store = await openStore();
  t.after(() => store.close());
  globalThis.Image = class { async decode() { throw new DOMException("", "EncodingError"); } };
  t.after(() => { delete globalThis.Image; });
  await store.putDraft({ id: "o" });
  const row = await takePhoto(store, new Blob([bytes("....ftypheic")]), "o", "photos");
  assert.deepEqual([row.media, row.id, row.thumb], ["image/heic", await sha256(bytes("....ftypheic")), null]);
  assert.match(row.said.ja, /元のまま/);
  assert.equal((await store.photosOf("o")).length, 1);
  for (const file of [new Blob([]), new Blob(["%PDF-1.7"]), { size: 41 * 1024 * 1024 }]) {
    await assert.rejects(takePhoto(store, file, "o", "photos"), (error) => Boolean(error.words.ja && error.words.en));
  }
});

/** Run sw.js with the server's two values put in, in a browser of tables. */
async function worker(files, { fetch, windows = 1, caches = new Map() }) {
  const source = await readFile(new URL("../../surveys/field_app/sw.js", import.meta.url), "utf8");
  const text = source.replace('/*SHELL_VERSION*/""', '"new"').replace("/*SHELL_FILES*/[]", JSON.stringify(files));
  const listeners = {}, asked = [];
  let skipped = 0;
  const cacheOf = (name) => { if (!caches.has(name)) { caches.set(name, new Map()); } return caches.get(name); };
  const self = {
    location: { origin: "https://k.test" }, skipWaiting: async () => { skipped += 1; },
    addEventListener: (name, listener) => { listeners[name] = listener; },
    clients: { claim: async () => undefined, matchAll: async () => Array.from({ length: windows }, () => ({ url: "https://k.test/field/" })) },
  };
  class Asked { constructor(url, o) { Object.assign(this, { url, ...o }); asked.push(this); } }
  vm.runInNewContext(text, {
    self, Request: Asked, URL, TypeError, fetch,
    caches: {
      open: async (name) => ({ put: async (key, value) => { cacheOf(name).set(key, value); }, match: async (key) => cacheOf(name).get(key) }),
      keys: async () => [...caches.keys()], delete: async (name) => caches.delete(name),
    },
  });
  const fire = async (name, more = {}) => { let work; listeners[name]({ ...more, waitUntil: (one) => { work = one; } }); await work; };
  const ask = (path, more = {}) => {
    let answer = null;
    listeners.fetch({ request: { url: `https://k.test${path}`, method: "GET", mode: "cors", ...more }, respondWith: (one) => { answer = one; } });
    return answer;
  };
  return { fire, ask, asked, caches, skipped: () => skipped };
}
const answer = (more = {}) => async (request) => ({ ok: true, type: "basic", redirected: false, url: request.url, ...more });

test("the shell is taken whole, past every cache and redirect", async () => {
  const made = await worker(["/field/", "/field/app/js/app.js"], { fetch: answer() });
  await made.fire("install");
  assert.deepEqual(made.asked.map((one) => [one.url, one.cache, one.redirect]),
    [["/field/", "no-store", "error"], ["/field/app/js/app.js", "no-store", "error"]]);
  assert.deepEqual([...made.caches.get("kayoi-shell-new").keys()], ["/field/", "/field/app/js/app.js"]);
});

test("one file missing leaves no shell at all", async () => {
  for (const bad of [{ ok: false }, { redirected: true }, { type: "opaque" }]) {
    const made = await worker(["/field/a.js"], { fetch: async (request) => (await answer(request.url.endsWith("a.js") ? bad : {})(request)) });
    await assert.rejects(made.fire("install"));
    assert.equal(made.caches.has("kayoi-shell-new"), false);
  }
});

test("only the shell's own files and the start page come from the device", async () => {
  const made = await worker(["/field/", "/field/app/js/app.js"], { fetch: answer() });
  await made.fire("install");
  assert.ok(await made.ask("/field/app/js/app.js"));
  assert.equal((await made.ask("/field/?x=1", { mode: "navigate" })).url, "/field/");
  for (const [path, more] of [["/api/v1/field/pack"], ["/auth/me"], ["/field/base.pmtiles?v=1"], ["/auth/login", { mode: "navigate" }], ["/field/app/js/app.js", { method: "POST" }], ["/field/sw.js"]]) {
    assert.equal(made.ask(path, more), null, path);
  }
});

test("a new version takes over alone, and leaves the old files while another screen is open", async () => {
  for (const windows of [1, 2]) {
    const caches = new Map([["kayoi-shell-old", new Map()], ["kayoi-map", new Map()]]);
    const made = await worker(["/field/"], { fetch: answer(), windows, caches });
    await made.fire("install");
    assert.equal(made.skipped(), 0);
    await made.fire("message", { data: "take-over" });
    assert.equal(made.skipped(), windows === 1 ? 1 : 0);
    await made.fire("activate");
    assert.deepEqual([caches.has("kayoi-shell-old"), caches.has("kayoi-map")], [windows === 2, true]);
  }
});
