// What the device keeps: on the disk, once, and back again when the system closed the way in.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { FakeServer, addPhoto, freshDevice, pack, site, stopClock, PARK, CONCERN, world } from "./field_fixtures.mjs";
import { openStore } from "../../surveys/field_app/js/store.js";
import * as drafts from "../../surveys/field_app/js/drafts.js";
import { beginSend, settle } from "../../surveys/field_app/js/store_sending.js";
import { saveUnsent } from "../../surveys/field_app/js/export.js";
import { createSender } from "../../surveys/field_app/js/send.js";

let store, open;
const reopened = async () => { const made = await openStore(); open.push(made); return made; };
beforeEach(async () => { freshDevice(); open = []; store = await reopened(); });
afterEach(() => open.forEach((one) => one.close()));

const begin = (where = site("s1"), more = {}) => drafts.startDraft(store, { type: PARK, site: where, walk_id: "w", ...more });
const finish = async (draft, answers = {}) => {
  const came = await drafts.finishDraft(store, { ...draft, answers: { ...draft.answers, ...answers } }, PARK);
  assert.ok("row" in came, JSON.stringify(came));
  return came.row;
};

test("a write asks for strict durability and is there for another tab", async () => {
  const asked = [];
  const real = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function transaction(names, mode, o) { asked.push([mode, o?.durability]); return real.call(this, names, mode, o); };
  try { await store.setSettings({ by: "職員" }); } finally { IDBDatabase.prototype.transaction = real; }
  assert.deepEqual(asked, [["readwrite", "strict"]]);
  assert.equal((await (await reopened()).settings()).by, "職員");
});

test("two tabs agree on the device's id", async () => {
  const other = await reopened();
  const [one, two] = await Promise.all([store.device(), other.device()]);
  assert.equal(one.id, two.id);
  assert.match(one.id, /^[0-9a-f]{32}$/);
});

test("another tab hears of a write", async () => {
  const other = await reopened();
  const heard = new Promise((resolve) => { other.onChange(() => resolve(true)); });
  await store.setSettings({ by: "x" });
  assert.ok(await heard);
});

test("a connection the system closed is opened again and the write is kept", async () => {
  (await store.door.open()).close();
  await store.setSettings({ by: "後" });
  assert.equal((await store.settings()).by, "後");
});

test("a newer version in another tab makes this one let go and say so", async () => {
  await new Promise((resolve, reject) => {
    const asked = indexedDB.open("kayoi-field", 2);
    Object.assign(asked, { onsuccess: () => { asked.result.close(); resolve(); }, onerror: reject });
  });
  assert.match(store.trouble().ja, /開き直して/);
  await assert.rejects(store.setSettings({ by: "x" }), { name: "StoreRefusedError" });
});

test("a full disk keeps what was and says so in words", async (t) => {
  const draft = await begin();
  const saved = await drafts.saveDraft(store, { ...draft, note: "前" });
  const put = IDBObjectStore.prototype.put;
  t.mock.method(IDBObjectStore.prototype, "put", function full(...given) {
    if (this.name === "drafts") { throw new DOMException("full", "QuotaExceededError"); }
    return put.apply(this, given);
  });
  await assert.rejects(drafts.saveDraft(store, { ...saved, note: "後" }), (error) => error.name === "StoreFullError" && /空き/.test(error.words.ja));
  await assert.rejects(begin(site("s2")), { name: "StoreFullError" });
  t.mock.restoreAll();
  assert.equal((await store.draft(draft.id)).note, "前");
  assert.equal((await store.drafts()).length, 1);
});

test("a full disk while finishing leaves the draft and no half of a record", async (t) => {
  const draft = await begin();
  const put = IDBObjectStore.prototype.put;
  t.mock.method(IDBObjectStore.prototype, "put", function full(...given) {
    if (this.name === "log") { throw new DOMException("full", "QuotaExceededError"); }
    return put.apply(this, given);
  });
  await assert.rejects(finish(draft, { note: "x" }), { name: "StoreFullError" });
  t.mock.restoreAll();
  assert.ok(await store.draft(draft.id));
  assert.deepEqual([await store.outbox(), await store.log()], [[], []]);
});

test("an unfinished draft of the same site and kind is given again", async () => {
  const [one, two] = await Promise.all([begin(), begin()]);
  assert.equal(one.id, two.id);
  assert.notEqual((await begin(site("s1"), { kind: "correct" })).id, one.id);
  assert.notEqual((await begin(null)).id, (await begin(null)).id);
});

test("only what was changed is in the record, the place only when it was touched", async () => {
  const row = await finish(await begin(), { toilet: "yes" });
  assert.deepEqual(row.submission.patch, { toilet: "yes" });
  assert.ok(!("place" in row.submission));
  const second = await begin(site("s2"));
  const moved = await finish({ ...second, place: { type: "Point", coordinates: [139.5, 35.5] } });
  assert.deepEqual(moved.submission.place.coordinates, [139.5, 35.5]);
  assert.equal(moved.submission.base, 5);
});

test("faulty answers are told and the draft stays", async () => {
  const draft = await begin();
  const came = await drafts.finishDraft(store, { ...draft, answers: { toilet: "maybe" } }, PARK);
  assert.equal(came.faults[0].path, "toilet");
  assert.ok(await store.draft(draft.id));
  assert.equal((await store.outbox()).length, 0);
});

test("two tabs finishing one draft make one record", async () => {
  const draft = await begin();
  const other = await reopened();
  const both = await Promise.all([drafts.finishDraft(store, draft, PARK), drafts.finishDraft(other, draft, PARK)]);
  assert.equal(both[0].row.id, both[1].row.id);
  assert.equal((await store.outbox()).length, 1);
  assert.equal((await store.log())[0].records.length, 1);
});

test("a tab left open cannot bring back a draft that was finished elsewhere", async () => {
  const draft = await begin();
  await finish(draft);
  await assert.rejects(drafts.saveDraft(await reopened(), draft), (error) => /ほかの画面/.test(error.words.ja));
  assert.equal((await store.drafts()).length, 0);
});

test("labels count the device's records of a day in Japan, and begin anew at its midnight", async (t) => {
  const clock = stopClock(t, "2026-11-21T14:59:00Z");
  await store.setDevice({ code: "B" });
  const labels = [];
  for (const [n, minutes] of [[1, 0], [2, 0], [3, 1], [4, 0]]) {
    clock.at += minutes * 60_000;
    labels.push((await finish(await begin(site(`s${n}`)))).label);
  }
  assert.deepEqual(labels, ["B-1121-01", "B-1121-02", "B-1122-01", "B-1122-02"]);
});

test("a label is not given twice after one was taken back", async () => {
  const rows = [];
  for (const n of [1, 2, 3]) { rows.push(await finish(await begin(site(`s${n}`)))); }
  await drafts.undoRow(store, rows[1].id);
  assert.match((await finish(await begin(site("s4")))).label, /^\?-\d{4}-04$/);
});

test("times are put right by the server's clock and kept raw beside", async (t) => {
  stopClock(t, "2026-11-21T14:30:00Z");
  await store.setDevice({ clock_off_s: 3600 });
  const { submission } = await finish(await begin());
  assert.equal(submission.made_at, "2026-11-21T15:30:00.000Z");
  assert.equal(submission.device_at, "2026-11-21T14:30:00.000Z");
  assert.equal(submission.on, "2026-11-22");
});

test("only the device's own photos are waited for", async () => {
  const draft = await begin();
  const own = await addPhoto(store, draft.id, "own");
  const row = await finish(draft, { photos: [{ id: "f".repeat(64), caption: "" }, own] });
  assert.deepEqual(row.submission.photos, [own.id]);
  assert.equal(row.submission.patch.photos.length, 2);
  assert.deepEqual((await store.log())[0].photos, [own.id]);
});

test("a photo goes from one question and stays at another", async () => {
  const { id } = await addPhoto(store, "o", "same", "photos");
  await addPhoto(store, "o", "same", "benches/a/photos");
  await store.dropPhoto(id, "o", "photos");
  assert.deepEqual((await store.photosOf("o")).map((one) => one.path), ["benches/a/photos"]);
  await store.dropPhoto(id, "o");
  assert.equal(await store.photo(id), undefined);
});

test("what was written lies over the pack, in order, and the next record follows it", async () => {
  const one = await finish(await begin(), { toilet: "yes" });
  const two = await begin();
  assert.equal(two.answers.toilet, "yes");
  assert.equal(two.after, one.id);
  const row = await finish(two, { note: "きれい" });
  assert.deepEqual(row.submission.patch, { note: "きれい" });
  const now = await drafts.siteNow(store, site("s1"));
  assert.deepEqual([now.flat.toilet, now.flat.note, now.after], ["yes", "きれい", row.id]);
});

test("a clock put back does not turn the order of two records round", async (t) => {
  const clock = stopClock(t, "2026-11-21T03:00:00Z");
  const one = await finish(await begin(), { toilet: "yes" });
  clock.at -= 3600_000;
  const two = await finish(await begin(), { toilet: "no" });
  assert.deepEqual((await store.outbox()).map((row) => row.id), [one.id, two.id]);
  const now = await drafts.siteNow(store, site("s1"));
  assert.deepEqual([now.flat.toilet, now.after], ["no", two.id]);
});

test("a record opened again and saved stays before what was written after it", async (t) => {
  const clock = stopClock(t, "2026-11-21T03:00:00Z");
  const one = await finish(await begin(), { toilet: "yes" });
  const two = await finish(await begin(), { note: "後" });
  clock.at += 60_000;
  await finish(await drafts.reopen(store, one.id, pack([site("s1")])), { toilet: "no" });
  assert.deepEqual((await store.outbox()).map((row) => row.id), [one.id, two.id]);
  assert.equal((await begin()).after, two.id);
});

test("a pack that already tells of a record needs no overlay", async () => {
  const row = await finish(await begin(), { toilet: "yes" });
  await settle(store, row.id, { state: "kept", answer: { state: "kept", seq: 9, number: 1, conflicts: [], again: false, faults: [], received_at: "" } });
  assert.equal((await drafts.siteNow(store, site("s1"))).after, row.id);
  assert.equal((await drafts.siteNow(store, site("s1", { head: 9 }))).after, null);
});

test("opening a waiting record again gives the very draft back, photos too", async () => {
  const draft = await begin();
  const photo = await addPhoto(store, draft.id, "p");
  const row = await finish(draft, { photos: [photo], toilet: "yes" });
  const again = await drafts.reopen(store, row.id, pack([site("s1")]));
  assert.deepEqual([again.id, again.answers.toilet], [draft.id, "yes"]);
  assert.equal((await store.photosOf(again.id)).length, 1);
  assert.deepEqual([await store.outbox(), (await store.log())[0].records], [[], []]);
  const second = await finish(again, { toilet: "no" });
  assert.equal(second.id, row.id);
  assert.deepEqual(Object.keys(second.submission.patch), ["photos"]);
});

test("opening a record whose send has begun makes a correction that follows it", async () => {
  const draft = await begin();
  const photo = await addPhoto(store, draft.id, "p");
  const row = await finish(draft, { toilet: "yes", photos: [photo] });
  await beginSend(store, row.id);
  const again = await drafts.reopen(store, row.id, pack([site("s1")]));
  assert.deepEqual([again.kind, again.record_id, again.after, again.answers.toilet], ["correct", row.submission.record_id, row.id, "yes"]);
  assert.equal((await store.photosOf(again.id)).length, 1);
  assert.deepEqual((await finish(again, { toilet: "no" })).submission.patch, { toilet: "no" });
  assert.equal((await store.outboxRow(row.id)).submission.patch.toilet, "yes");
});

test("a thing noticed on the way can be opened again and loses nothing", async () => {
  const row = await drafts.noteConcern(store, CONCERN, { tag: "rest", position: null, place: { type: "Point", coordinates: [139, 35] }, note: "座る所がない" }, "w");
  assert.deepEqual(row.submission.patch, { tag: ["rest"], note: "座る所がない" });
  const again = await drafts.reopen(store, row.id, pack([]));
  const came = await drafts.finishDraft(store, again, CONCERN);
  assert.deepEqual(came.row.submission.patch, row.submission.patch);
  assert.deepEqual(came.row.submission.place, row.submission.place);
});

test("taking back a record and beginning to send it: one of the two wins", async () => {
  for (const turn of [0, 1, 2, 3]) {
    const row = await finish(await begin(site(`r${turn}`)));
    const other = await reopened();
    const asked = [() => drafts.undoRow(store, row.id), () => beginSend(other, row.id)];
    const came = turn % 2 ? (await Promise.all([asked[1](), asked[0]()])).reverse() : await Promise.all([asked[0](), asked[1]()]);
    assert.notEqual(came[0], Boolean(came[1]));
    assert.equal(Boolean(await store.outboxRow(row.id)), Boolean(came[1]));
  }
});

test("what followed a record that was taken back follows the one before it", async () => {
  const one = await finish(await begin(), { toilet: "yes" });
  const two = await finish(await begin(), { note: "a" });
  assert.ok(await drafts.undoRow(store, one.id));
  assert.equal((await store.outboxRow(two.id)).submission.after, null);
});

test("a place shows what today's walk came to there", async (t) => {
  stopClock(t, "2026-11-21T03:00:00Z");
  const sites = ["a", "b", "c", "d"].map((one) => site(one));
  await drafts.confirmSite(store, sites[0], "w");
  const gone = await drafts.markGone(store, sites[1], { kind: "absent", is: "not_found", reason: "更地" }, "w");
  await begin(sites[2]);
  assert.deepEqual(gone.submission.patch, { "@status": { is: "not_found", on: "2026-11-21", reason: "更地" } });
  assert.deepEqual(Object.fromEntries(await drafts.placeStates(store, pack(sites))), { a: "seen", b: "absent", c: "draft", d: "none" });
});

test("the file of unsent work holds every record, draft and photo, and nothing that is sent", async () => {
  await store.setPack(pack([site("s1"), site("s2"), site("s3")]));
  const one = await begin();
  const sent = await finish(one);
  await beginSend(store, sent.id);
  await settle(store, sent.id, { state: "kept" });
  const two = await begin(site("s2"));
  const row = await finish(two, { photos: [await addPhoto(store, two.id, "二")] });
  await beginSend(store, row.id);
  await settle(store, row.id, { state: "refused" });
  const three = await begin(site("s3"));
  const photo = await addPhoto(store, three.id, "三");
  await drafts.saveDraft(store, { ...three, answers: { ...three.answers, note: "途中", photos: [photo] } });
  const file = await saveUnsent(store);
  const made = JSON.parse(await file.blob.text());
  assert.deepEqual([file.records, file.photos, made.format, made.device.id], [2, 2, 1, (await store.device()).id]);
  assert.deepEqual(made.submissions.map((each) => [each.id, each.unfinished]), [[row.id, undefined], [three.id, true]]);
  assert.equal(made.submissions[1].patch.note, "途中");
  assert.deepEqual(made.photos.map((each) => Buffer.from(each.base64, "base64").toString()), ["二", "三"]);
});

test("a track that was sent and erased here is erased at the server too", async (t) => {
  const clock = stopClock(t, "2026-11-21T03:00:00Z");
  const server = new FakeServer();
  await store.addTrack([{ day: "2026-11-21", walk_id: "w", at: new Date(clock.at).toISOString(), lon: 139, lat: 35, accuracy_m: 5 }]);
  const sender = createSender(store, world(server));
  await sender.sendNow();
  assert.equal(server.tracks.size, 0, "a track still being walked waits");
  clock.at += 3600_000;
  await sender.sendNow();
  await sender.sendNow();
  assert.equal(server.tracks.size, 1);
  await sender.eraseTrack("2026-11-21");
  await sender.sendNow();
  assert.deepEqual([server.tracks.size, await store.trackDays()], [0, []]);
});

test("a place of the map that is put off stands last, on this device, and nothing of it is sent", async () => {
  const one = { place_id: "osm-n1", site_id: "s1", inside: "", kind: "park", name: "公園", metres: 12, lon: 139, lat: 35 };
  const taken = pack([site("s1")], { asked: [one, { ...one, place_id: "osm-n2" }] });
  await store.setPack(taken);
  const order = async () => (await drafts.askedOf(store, taken, "s1")).map((asked) => asked.place_id);
  await drafts.setLater(store, one, true);
  await drafts.setLater(store, one, true);
  assert.deepEqual(await order(), ["osm-n2", "osm-n1"]);
  assert.deepEqual([...await drafts.putOff(store)], ["osm-n1|s1|"]);
  assert.deepEqual([await store.outbox(), await store.log()], [[], []]);
  await drafts.setLater(store, one, false);
  assert.deepEqual(await order(), ["osm-n1", "osm-n2"]);
  await drafts.setLater(store, one, true);
  await store.setPack(pack([site("s1")], { asked: [{ ...one, place_id: "osm-n2" }] }));
  await drafts.setLater(store, { ...one, place_id: "osm-n2" }, true);
  assert.deepEqual([...await drafts.putOff(store)], ["osm-n2|s1|"], "what is asked no more is forgotten");
});

test("an answer about a place of the map is queued once, undone, and is no visit", async () => {
  const asked = { place_id: "osm-n1", site_id: "s1", inside: "", kind: "park", name: "公園", metres: 12, lon: 139, lat: 35 };
  const taken = pack([site("s1")], { asked: [asked, { ...asked, place_id: "osm-n2", inside: "benches/b1" }] });
  await store.setPack(taken);
  const left = async () => (await drafts.askedOf(store, taken, "s1")).map((one) => one.place_id);
  assert.deepEqual(await left(), ["osm-n1", "osm-n2"]);
  assert.deepEqual(await drafts.askedOf(store, taken, "s2"), []);
  assert.deepEqual(await drafts.askedOf(store, pack([site("s1")]), "s1"), []);
  const row = await drafts.saySame(store, site("s1"), asked, true);
  assert.deepEqual(row.submission.claim, { place_id: "osm-n1", inside: "", same: true });
  assert.deepEqual([row.submission.kind, row.submission.patch, row.submission.walk_id], ["correct", {}, null]);
  assert.deepEqual(await left(), ["osm-n2"]);
  assert.equal((await drafts.placeStates(store, taken)).get("s1"), "none");
  assert.ok(await drafts.undoRow(store, row.id));
  assert.deepEqual(await left(), ["osm-n1", "osm-n2"]);
  await drafts.saySame(store, site("s1"), asked, false);
  const server = new FakeServer(), sender = createSender(store, world(server));
  await sender.sendNow();
  assert.equal([...server.records.values()].length, 1);
  assert.deepEqual(await left(), ["osm-n2"], "sent and erased, it is not asked again");
});
