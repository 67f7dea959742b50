// Ways in which a record, a photo or a receipt went astray; each was one.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { FakeServer, addPhoto, freshDevice, pack, site, stopClock, PARK, world, words } from "./field_fixtures.mjs";
import * as drafts from "../../surveys/field_app/js/drafts.js";
import { saveUnsent } from "../../surveys/field_app/js/export.js";
import { takePhoto } from "../../surveys/field_app/js/photos.js";
import { createSender } from "../../surveys/field_app/js/send.js";
import { openStore } from "../../surveys/field_app/js/store.js";
import { beginSend, settle } from "../../surveys/field_app/js/store_sending.js";

let store, open;
beforeEach(async () => { freshDevice(); store = await openStore(); open = [store]; });
afterEach(() => open.forEach((one) => one.close()));

const begin = (where = site("s1"), more = {}) => drafts.startDraft(store, { type: PARK, site: where, walk_id: "w", ...more });
const finish = async (draft, answers = {}) => {
  const came = await drafts.finishDraft(store, { ...draft, answers: { ...draft.answers, ...answers } }, PARK);
  assert.ok("row" in came, JSON.stringify(came));
  return came.row;
};
const write = async (answers, where) => finish(await begin(where), answers);
const withPhoto = async (text, where) => {
  const draft = await begin(where);
  return finish(draft, { photos: [await addPhoto(store, draft.id, text)] });
};
const send = async (server) => { const sender = createSender(store, world(server)); await sender.sendNow(); return sender.state(); };
const becomes = async (row, state, seq = 6) => {
  await beginSend(store, row.id);
  await settle(store, row.id, { state, answer: { state, seq, number: 1, conflicts: [], again: false, faults: [], received_at: "" } });
};
const refusal = () => new Response(JSON.stringify({ error: words("大きすぎます") }), { status: 400, headers: { "Content-Type": "application/json" } });

test("a photo the server lost after it took the record goes again, and the receipt agrees", async () => {
  const server = new FakeServer(), row = await withPhoto("1");
  await send(server);
  server.photos.clear();
  await write({ note: "x" }, site("s2"));
  assert.equal((await send(server)).phase, "trouble");
  const state = await send(server);
  assert.deepEqual([state.phase, state.photos], ["idle", 0]);
  assert.deepEqual([...server.photos.keys()], row.submission.photos);
  assert.equal((await store.log())[0].receipt.matches, true);
});

test("a photo the server lost is in the file of unsent work", async () => {
  const server = new FakeServer();
  await withPhoto("1");
  await send(server);
  server.photos.clear();
  await write({ note: "x" }, site("s2"));
  await send(server);
  assert.deepEqual([(await saveUnsent(store)).records, (await saveUnsent(store)).photos], [0, 1]);
});

test("nothing is erased by an old receipt when the server was put back to an older state since", async (t) => {
  const clock = stopClock(t, "2026-11-21T03:00:00Z");
  const server = new FakeServer(), row = await withPhoto("1");
  await send(server);
  assert.equal((await store.log())[0].receipt.matches, true);
  server.records.clear();
  server.photos.clear();
  clock.at += 8 * 86_400_000;
  await send(server);
  assert.ok(await store.outboxRow(row.id), "erased, though the server has it no more");
  assert.equal((await store.photosOf(row.id)).length, 1);
  await send(server);
  assert.ok(server.records.has(row.id));
  await send(server);
  assert.deepEqual(await store.outbox(), []);
});

test("a record that was taken back does not keep its day's receipt from agreeing", async () => {
  const server = new FakeServer();
  const kept = await write({ note: "a" });
  const gone = await drafts.confirmSite(store, site("s2"), "w");
  const real = server.takeRecord.bind(server);
  const draft = await begin(site("s3"));
  // It follows what is still being written, so it waits while the rest is sent.
  await store.door.write(["outbox"], async (tx) => {
    const row = await tx.objectStore("outbox").get(gone.id);
    await tx.objectStore("outbox").put({ ...row, submission: { ...row.submission, after: draft.id } });
  });
  server.takeRecord = real;
  await send(server);
  assert.equal((await store.log())[0].receipt.matches, false);
  assert.ok(await drafts.undoRow(store, gone.id));
  await send(server);
  const [day] = await store.log();
  assert.deepEqual([day.receipt.matches, day.listed.records], [true, [kept.id]]);
});

test("a record taken back while the receipt is on its way is asked for again", async () => {
  const server = new FakeServer(), draft = await begin(site("s3"));
  await write({ note: "a" });
  const gone = await drafts.confirmSite(store, site("s2"), "w");
  await store.door.write(["outbox"], async (tx) => {
    const row = await tx.objectStore("outbox").get(gone.id);
    await tx.objectStore("outbox").put({ ...row, submission: { ...row.submission, after: draft.id } });
  });
  const real = server.fetch;
  server.fetch = async (url, o) => {
    const answer = await real(url, o);
    if (url.endsWith("/receipts")) { await drafts.undoRow(store, gone.id); }
    return answer;
  };
  await send(server);
  await send(server);
  assert.equal((await store.log())[0].receipt.matches, true);
});

test("opening an unchanged record again does not make it follow what follows it", async () => {
  const server = new FakeServer();
  const one = await drafts.confirmSite(store, site("s1"), "w");
  const two = await write({ note: "後" });
  assert.equal(two.submission.after, one.id);
  const again = await drafts.reopen(store, one.id, pack([site("s1")]));
  assert.deepEqual([again.after, again.before.note], [null, undefined]);
  await finish(again, { toilet: "yes" });
  assert.deepEqual([(await send(server)).records, [...server.records.keys()]], [0, [one.id, two.id]]);
});

test("a draft opened again follows what is left of its chain", async () => {
  const one = await write({ note: "1" });
  await becomes(one, "kept");
  const two = await drafts.confirmSite(store, site("s1"), "w"), three = await write({ note: "3" });
  await drafts.undoRow(store, two.id);
  const again = await drafts.reopen(store, three.id, pack([site("s1")]));
  assert.equal(again.after, one.id);
});

test("a correction begins with what stands now, not with what its record said", async () => {
  const one = await write({ toilet: "yes", note: "a" });
  const two = await write({ toilet: "no" });
  await becomes(one, "kept");
  const first = await drafts.reopen(store, one.id, pack([site("s1")]));
  assert.deepEqual([first.answers.toilet, first.after], ["no", two.id]);
  await store.dropDraft(first.id);
  await becomes(two, "kept", 7);
  const newer = site("s1", { head: 9, flat: { name: "事務所が直した", toilet: "yes", note: "a" } });
  const later = await drafts.reopen(store, one.id, pack([newer]));
  assert.deepEqual((await finish(later, { note: "b" })).submission.patch, { note: "b" });
});

test("a correction of what the office holds says all again and overwrites nobody", async () => {
  const one = await write({ toilet: "yes", note: "a" });
  await becomes(one, "held", 0);
  const newer = site("s1", { head: 9, flat: { name: "新", toilet: "no", note: "b" } });
  const made = (await finish(await drafts.reopen(store, one.id, pack([newer])))).submission;
  assert.deepEqual([made.base, made.after, made.patch], [5, null, { toilet: "yes", note: "a" }]);
});

test("each record of a site has its own correction", async () => {
  const one = await write({ note: "1" }), two = await write({ note: "2" });
  await beginSend(store, one.id);
  await beginSend(store, two.id);
  const [first, second] = [await drafts.reopen(store, one.id, pack([site("s1")])), await drafts.reopen(store, two.id, pack([site("s1")]))];
  assert.deepEqual([first.record_id, second.record_id], [one.submission.record_id, two.submission.record_id]);
  assert.equal((await drafts.reopen(store, two.id, pack([site("s1")]))).id, second.id);
});

test("a photo taken off a correction stays off when the record is opened once more", async () => {
  const row = await withPhoto("1");
  await beginSend(store, row.id);
  const first = await drafts.reopen(store, row.id, pack([site("s1")]));
  await store.dropPhoto(row.submission.photos[0], first.id);
  await drafts.saveDraft(store, { ...first, answers: { ...first.answers, photos: [] } });
  const again = await drafts.reopen(store, row.id, pack([site("s1")]));
  assert.deepEqual([again.id, await store.photosOf(again.id)], [first.id, []]);
  assert.equal((await store.photosOf(row.id)).length, 1);
});

test("a photo of a draft that was thrown away meanwhile is refused in words and leaves nothing", async (t) => {
  globalThis.Image = class { async decode() { throw new DOMException("", "EncodingError"); } };
  t.after(() => { delete globalThis.Image; });
  const draft = await begin();
  const taking = takePhoto(store, new Blob(["....ftypheic"]), draft.id, "photos");
  await store.dropDraft(draft.id);
  await assert.rejects(taking, (error) => /写真は入っていません/.test(error.words.ja));
  assert.deepEqual(await store.photosOf(draft.id), []);
});

test("a photo larger than the server takes is refused before it is kept", async () => {
  const draft = await begin();
  await assert.rejects(takePhoto(store, { size: 40_000_001 }, draft.id, "photos"), (error) => /40MB/.test(error.words.ja));
});

test("a photo the server has not is not erased with its record", async (t) => {
  stopClock(t, "2026-11-21T03:00:00Z");
  await store.setSettings({ erase: "at_once" });
  const server = new FakeServer(), row = await withPhoto("1");
  const photo = await store.photo(row.submission.photos[0]);
  await store.putPhoto({ ...photo, bytes: new ArrayBuffer(3) });
  await send(server);
  assert.deepEqual([(await store.log())[0].receipt.matches, (await store.photosOf(row.id)).length], [true, 1]);
});

test("what follows a refused record goes on its own", async () => {
  const server = new FakeServer(), one = await write({ note: "大" }), two = await write({ toilet: "yes" });
  const take = server.takeRecord.bind(server);
  server.takeRecord = (id, body, wait) => (id === one.id ? refusal() : take(id, body, wait));
  await send(server);
  assert.deepEqual([...server.records.keys()], [two.id]);
  assert.equal((await store.outboxRow(one.id)).state, "refused");
});

test("an erased record lies over a pack that was read before it came in", async (t) => {
  stopClock(t, "2026-11-21T03:00:00Z");
  await store.setSettings({ erase: "at_once" });
  await store.setPack(pack([site("s1")]));
  const row = await write({ note: "本文" });
  await send(new FakeServer());
  assert.deepEqual(await store.outbox(), []);
  await store.setPack(pack([site("s1")], { made_at: "2026-11-21T03:00:02.000Z" }));
  assert.equal((await drafts.siteNow(store, site("s1"))).after, row.id);
  await store.setPack(pack([site("s1", { head: 11 })], { made_at: "2026-11-21T03:00:04.000Z" }));
  assert.deepEqual(await store.past(), []);
});

test("an untouched draft saved to a file twice is the same twice", async (t) => {
  const clock = stopClock(t, "2026-11-21T03:00:00Z");
  await store.setPack(pack([site("s1")]));
  await begin();
  const one = JSON.parse(await (await saveUnsent(store)).blob.text()).submissions;
  clock.at += 3_600_000;
  assert.deepEqual(JSON.parse(await (await saveUnsent(store)).blob.text()).submissions, one);
});
