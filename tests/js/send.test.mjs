// The sender against a server that drops lines: everything once, nothing lost, nothing early erased.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { FakeServer, addPhoto, freshDevice, mortal, numbers, pack, site, stopClock, PARK, world, words } from "./field_fixtures.mjs";
import { createSender } from "../../surveys/field_app/js/send.js";
import { openStore } from "../../surveys/field_app/js/store.js";
import { eraseSent, keepReceipt, settle } from "../../surveys/field_app/js/store_sending.js";
import * as drafts from "../../surveys/field_app/js/drafts.js";

let open;
const device = async () => { const made = await openStore(); open.push(made); return made; };
beforeEach(() => { freshDevice(); open = []; });
afterEach(() => open.forEach((one) => one.close()));

const write = async (store, id, { photos = [], note = "" } = {}) => {
  const draft = await drafts.startDraft(store, { type: PARK, site: site(id), walk_id: null });
  const taken = [];
  for (const text of photos) { taken.push(await addPhoto(store, draft.id, text)); }
  const came = await drafts.finishDraft(store, { ...draft, answers: { ...draft.answers, note, ...(taken.length ? { photos: taken } : {}) } }, PARK);
  return came.row;
};
const send = async (store, server, more) => { const sender = createSender(store, world(server, more)); await sender.sendNow(); return sender.state(); };
const check = (server, rows, photos) => {
  assert.deepEqual([...server.records.keys()].sort(), rows.map((row) => row.id).sort());
  assert.equal(server.photos.size, photos);
  assert.equal(server.altered, 0, "a record changed after its send had begun");
  for (const row of rows) { assert.deepEqual(server.records.get(row.id).body.patch, row.submission.patch); }
};

test("everything arrives once, photos first, and a receipt proves it", async () => {
  const store = await device(), server = new FakeServer();
  const rows = [await write(store, "a", { photos: ["1", "2"] }), await write(store, "b"), await write(store, "a", { note: "後" })];
  assert.equal((await send(store, server)).phase, "idle");
  check(server, rows, 2);
  assert.deepEqual(server.calls.map(([, url]) => url.split("/")[1]).join(" "), "devices photos photos records records records receipts devices");
  assert.equal((await store.log())[0].receipt.matches, true);
  assert.equal(server.records.get(rows[2].id).body.after, rows[0].id);
  assert.deepEqual([server.hellos[0].holds.records, server.hellos[0].holds.photos], [3, 2]);
  assert.deepEqual([server.hellos[1].holds.records, server.hellos[1].holds.photos], [0, 0]);
});

test("a label from before the device had its letter is given it with the first send", async () => {
  const store = await device(), server = new FakeServer();
  const row = await write(store, "a");
  await send(store, server);
  const label = `A${row.label.slice(1)}`;
  assert.deepEqual([server.records.get(row.id).body.label, (await store.log())[0].records[0].label], [label, label]);
});

test("how much may still be sent is told before it is too much, and why nothing goes when it is", async () => {
  const store = await device(), server = new FakeServer();
  const nearly = words("8割を送りました"), full = words("1日に送れる量をこえました");
  await write(store, "a");
  assert.equal((await send(store, server)).quota, null);
  server.quota = { photos: 0.8, records: 0, words: nearly };
  assert.deepEqual((await send(store, server)).quota, nearly);
  server.quota = { photos: 1, records: 0, words: full };
  await write(store, "b", { photos: ["1"] });
  const photos = server.takePhoto;
  server.takePhoto = () => new Response(JSON.stringify({ error: full }), { status: 429, headers: { "Content-Type": "application/json" } });
  const state = await send(store, server);
  assert.deepEqual([state.phase, state.words, state.records], ["trouble", full, 1]);
  server.takePhoto = photos;
  server.quota = { photos: 0, records: 0, words: null };
  const after = await send(store, server);
  assert.deepEqual([after.phase, after.words, after.quota, after.records], ["idle", null, null, 0]);
});

test("the device's clock is measured halfway between question and answer", async (t) => {
  stopClock(t, "2026-11-21T03:00:00Z");
  const store = await device(), server = new FakeServer();
  server.off_s = -95;
  assert.equal((await send(store, server)).clock_off_s, -95);
});

for (const [fate, phase] of [["drop-before", "offline"], ["drop-after", "offline"], ["html", "trouble"], ["json", "trouble"], ["500", "trouble"], ["401", "signin"]]) {
  test(`an answer of kind ${fate} counts as none and all is kept`, async () => {
    const store = await device();
    const row = await write(store, "a", { photos: ["1"] });
    const first = await send(store, new FakeServer(() => fate));
    assert.deepEqual([first.phase, first.records, first.photos], [phase, 1, 1]);
    assert.ok(first.words.ja);
    const server = new FakeServer();
    let calls = 0;
    server.plan = () => ((calls += 1) === 1 ? "ok" : fate);
    assert.equal((await send(store, server)).phase, phase);
    assert.equal((await store.outboxRow(row.id)).submission.id, row.id);
    server.plan = () => "ok";
    await send(store, server);
    check(server, [row], 1);
  });
}

test("300 random scripts of failures: each record and photo once, none altered, receipts agree", async () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    freshDevice();
    const next = numbers(seed * 7919);
    const fates = ["drop-before", "drop-after", "html", "json", "401", "500"];
    const share = next() * 0.6;
    const server = new FakeServer(() => (next() < share ? fates[Math.floor(next() * fates.length)] : "ok"));
    let store = await device();
    await store.setSettings({ erase: next() < 0.5 ? "at_once" : "after_7_days" });
    const rows = [], photos = new Set();
    for (let turn = 0; turn < 80; turn += 1) {
      if (turn < 6 && next() < 0.6) {
        const taken = next() < 0.5 ? [`${seed}/${Math.floor(next() * 3)}`] : [];
        taken.forEach((one) => photos.add(one));
        rows.push(await write(store, `s${Math.floor(next() * 2)}`, { photos: taken, note: `${turn}` }));
      }
      if (next() < 0.2) { store.close(); store = await device(); }
      const state = await send(store, server);
      if (turn >= 6 && state.phase === "idle" && state.records + state.photos === 0) { break; }
    }
    check(server, rows, photos.size);
    const days = await store.log();
    assert.ok(days.every((day) => day.receipt?.matches), `seed ${seed}`);
    assert.equal(days.flatMap((day) => day.records).length, rows.length);
    open.forEach((one) => one.close());
    open = [];
  }
});

const scene = async () => {
  freshDevice();
  const store = await device();
  await store.setSettings({ erase: "at_once" });
  return { store, rows: [await write(store, "a", { photos: ["1"] }), await write(store, "a", { note: "後", photos: ["2"] })] };
};

test("a send killed between any two steps loses nothing and doubles nothing", async (t) => {
  const clock = stopClock(t, "2026-11-21T03:00:00Z");
  const whole = await scene();
  const count = mortal(whole.store, new FakeServer().fetch, Infinity);
  await createSender(whole.store, { ...world(new FakeServer()), fetch: new FakeServer().fetch }).sendNow();
  assert.ok(count.steps() > 60, `${count.steps()} steps`);
  for (let at = 1; at <= count.steps() + 20; at += 1) {
    const { store, rows } = await scene();
    const server = new FakeServer();
    const life = mortal(store, server.fetch, at);
    await Promise.race([life.died, createSender(store, { ...world(server), fetch: life.fetch }).sendNow()]);
    const lost = rows.filter((row) => !server.records.has(row.id));
    // Whoever sent last may still hold the right to send.
    clock.at += 600_000;
    const reborn = await device();
    const there = new Set((await reborn.outbox()).map((row) => row.id));
    assert.ok(lost.every((row) => there.has(row.id)), `step ${at}: gone from both`);
    await send(reborn, server);
    check(server, rows, 2);
    assert.equal((await reborn.log())[0].receipt.matches, true, `step ${at}`);
    assert.deepEqual(await reborn.outbox(), [], `step ${at}`);
    open.forEach((one) => one.close());
    open = [];
  }
});

test("two tabs do not send at the same time", async () => {
  for (const locks of [undefined, navigator.locks]) {
    freshDevice();
    const [one, two] = [await device(), await device()], server = new FakeServer();
    const row = await write(one, "a", { photos: ["1"] });
    await Promise.all([send(one, server, { locks }), send(two, server, { locks })]);
    check(server, [row], 1);
    assert.equal(server.calls.filter(([, url]) => url.startsWith("/records")).length, 1);
  }
});

test("only what a receipt that agrees lists is erased, and what it said still lies over the pack", async (t) => {
  stopClock(t, "2026-11-21T03:00:00Z");
  const store = await device(), server = new FakeServer();
  await store.setSettings({ erase: "at_once" });
  await store.setPack(pack([site("a")]));
  const sent = await write(store, "a", { photos: ["1"], note: "本文" });
  const take = server.takeReceipt.bind(server);
  let late;
  server.takeReceipt = (asked) => take({ ...asked });
  const real = server.fetch;
  // A record finished while the receipt is on its way is not in it.
  server.fetch = async (url, o) => { if (url.endsWith("/receipts")) { late ??= await write(store, "b", { photos: ["2"] }); } return real(url, o); };
  await send(store, server);
  assert.deepEqual((await store.outbox()).map((row) => row.id), [late.id]);
  assert.deepEqual((await store.photosOf(late.id)).length, 1);
  assert.equal((await store.photosOf(sent.id)).length, 0);
  assert.deepEqual((await store.log())[0].records.map((one) => one.id), [sent.id, late.id]);
  const now = await drafts.siteNow(store, site("a"));
  assert.deepEqual([now.flat.note, now.after], ["本文", sent.id]);
  await store.setPack(pack([site("a")], { made_at: "2026-11-22T00:00:00.000Z" }));
  assert.equal((await drafts.siteNow(store, site("a"))).after, null);
});

test("a record the server has is not erased before a receipt lists it, nor by one that does not agree", async (t) => {
  stopClock(t, "2026-11-21T03:00:00Z");
  const store = await device(), server = new FakeServer();
  await write(store, "a");
  await send(store, server);
  const late = await write(store, "b");
  await settle(store, late.id, { state: "kept" });
  await store.setSettings({ erase: "at_once" });
  await eraseSent(store, "2026-11-21", new Set(["2026-11-21"]));
  assert.deepEqual((await store.outbox()).map((row) => row.id), [late.id]);
  const [day] = await store.log();
  const listed = { records: day.records.map((one) => one.id), photos: [] };
  await keepReceipt(store, { ...day.receipt, matches: false }, listed);
  assert.equal(await eraseSent(store, "2026-11-21", new Set(["2026-11-21"])), false);
  await keepReceipt(store, day.receipt, listed);
  await eraseSent(store, "2026-11-21", new Set(["2026-11-21"]));
  assert.deepEqual(await store.outbox(), []);
});

test("a receipt that does not agree erases nothing, and what is missing is sent again", async () => {
  const store = await device(), server = new FakeServer();
  await store.setSettings({ erase: "at_once" });
  const row = await write(store, "a", { photos: ["1"] });
  const take = server.takeReceipt.bind(server);
  server.takeReceipt = (asked) => { server.records.clear(); server.photos.clear(); server.takeReceipt = take; return take(asked); };
  assert.equal((await send(store, server)).phase, "trouble");
  assert.deepEqual([(await store.outbox()).length, (await store.photosOf(row.id)).length], [1, 1]);
  assert.equal((await send(store, server)).phase, "idle");
  check(server, [row], 1);
  assert.deepEqual(await store.outbox(), []);
});

test("after seven days means the seventh day in Japan", async (t) => {
  const clock = stopClock(t, "2026-11-21T03:00:00Z");
  const store = await device(), server = new FakeServer();
  await store.setSettings({ erase: "after_7_days" });
  await write(store, "a");
  for (const [iso, left] of [["2026-11-21T03:00:00Z", 1], ["2026-11-27T14:59:00Z", 1], ["2026-11-27T15:01:00Z", 0]]) {
    clock.at = Date.parse(iso);
    await send(store, server);
    assert.equal((await store.outbox()).length, left, iso);
  }
});

test("a photo the server lost goes again, one the device lost does not hold its record back", async () => {
  const store = await device(), server = new FakeServer();
  const row = await write(store, "a", { photos: ["1", "2"] });
  const [one, two] = row.submission.photos;
  await store.dropPhoto(two, row.id);
  server.takePhoto = ((take) => (id, bytes) => { const made = take(id, bytes); server.photos.delete(id); server.takePhoto = take; return made; })(server.takePhoto.bind(server));
  await send(store, server);
  assert.deepEqual([[...server.photos.keys()], server.records.get(row.id).body.photos], [[one], [one]]);
  assert.match((await store.outboxRow(row.id)).said.ja, /写真/);
  assert.equal((await store.log())[0].receipt.matches, true);
});

test("a photo whose bytes went bad here stays here and its record goes", async () => {
  const store = await device(), server = new FakeServer();
  const row = await write(store, "a", { photos: ["1"] });
  const photo = await store.photo(row.submission.photos[0]);
  await store.putPhoto({ ...photo, bytes: new ArrayBuffer(3) });
  await send(store, server);
  assert.deepEqual(server.records.get(row.id).body.photos, []);
  assert.equal((await store.photo(photo.id)).state, "refused");
});

test("a refused record is kept with its words and tried again only when asked", async () => {
  const store = await device(), server = new FakeServer();
  const row = await write(store, "a"), other = await write(store, "b");
  const take = server.takeRecord.bind(server);
  server.takeRecord = (id, body) => (id === row.id ? new Response(JSON.stringify({ error: words("大きすぎます") }), { status: 400, headers: { "Content-Type": "application/json" } }) : take(id, body));
  await send(store, server);
  const kept = await store.outboxRow(row.id);
  assert.deepEqual([kept.state, kept.said.ja], ["refused", "大きすぎます"]);
  assert.ok(server.records.has(other.id));
  server.takeRecord = take;
  await send(store, server);
  check(server, [row, other], 0);
});

test("one record the server stumbles over does not hold up the others, what follows it waits", async () => {
  const store = await device(), server = new FakeServer();
  const bad = await write(store, "a"), next = await write(store, "a", { note: "後" }), other = await write(store, "b");
  server.poison.add(bad.id);
  assert.equal((await send(store, server)).phase, "trouble");
  check(server, [other], 0);
  server.poison.clear();
  await send(store, server);
  check(server, [bad, next, other], 0);
});

test("it asks again after 5 seconds, then ever more seldom, and every 30 while something waits", async () => {
  const store = await device(), waits = [];
  let ring = () => undefined;
  const server = new FakeServer(() => "drop-before");
  const around = world(server, { setTimeout: (work, ms) => { if (ms !== 120_000 && waits.length < 9 && isRetry(work)) { waits.push(ms); ring = work; } return 0; } });
  const isRetry = (work) => !String(work).includes("abort");
  await write(store, "a");
  const sender = createSender(store, around);
  const asked = async (times) => {
    for (let turn = 0; turn < 1000 && waits.length < times; turn += 1) { await new Promise((resolve) => { setTimeout(resolve, 10); }); }
  };
  sender.start();
  for (let turn = 1; turn < 9; turn += 1) { await asked(turn); ring(); }
  await asked(9);
  assert.deepEqual(waits, [5, 10, 20, 40, 80, 160, 300, 300, 300].map((one) => one * 1000));
});

test("a server that says nothing is given up after its time", async () => {
  const store = await device();
  await write(store, "a");
  const limits = [];
  const state = await send(store, new FakeServer(), {
    setTimeout: (work, ms) => { if (String(work).includes("abort")) { limits.push(ms); queueMicrotask(work); } return 0; },
    fetch: (_, o) => new Promise((_resolve, reject) => { o.signal.addEventListener("abort", () => reject(new DOMException("", "AbortError"))); }),
  });
  assert.deepEqual([state.phase, state.records, limits], ["trouble", 1, [30_000]]);
});
