// Signing out: what was carried goes, what is not yet sent stays.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { PARK, addPhoto, freshDevice, pack, site } from "./field_fixtures.mjs";
import * as drafts from "../../surveys/field_app/js/drafts.js";
import { LEFT, leaveBehind, leaveFromOutside, wasLeft } from "../../surveys/field_app/js/leave.js";
import { openStore } from "../../surveys/field_app/js/store.js";

const dropped = [];
beforeEach(() => {
  freshDevice();
  dropped.length = 0;
  globalThis.document = { cookie: "" };
  globalThis.caches = { delete: async (name) => dropped.push(name) };
});

/** A device with a pack, a draft with a photo, and a finished record. */
async function carrying(t) {
  const store = await openStore();
  t.after(() => store.close());
  await store.setPack(pack([site("s1"), site("s2")]));
  await store.setSettings({ by: "民生委員", who: true });
  const finished = await drafts.startDraft(store, { type: PARK, site: site("s1"), walk_id: null });
  await drafts.finishDraft(store, finished, PARK);
  const draft = await drafts.startDraft(store, { type: PARK, site: site("s2"), walk_id: null });
  await addPhoto(store, draft.id, "a photo");
  return store;
}

const written = async (store) => [(await store.outbox()).length, (await store.drafts()).length, (await store.device()).id];

test("without a mark nothing is touched: a session that merely ended erases nothing outdoors", async (t) => {
  const store = await carrying(t);
  for (const cookie of ["", `${LEFT}=0`, `x${LEFT}=1`, `${LEFT}=11`, "kayoi_session=1"]) {
    document.cookie = cookie;
    assert.equal(await leaveBehind(store), false);
  }
  assert.ok(await store.pack());
  assert.deepEqual(dropped, []);
});

test("with the mark of a sign-out what was carried goes, what was written stays, and the mark goes last", async (t) => {
  const store = await carrying(t);
  const before = await written(store);
  document.cookie = `a=b; ${LEFT}=1; c=d`;
  assert.ok(wasLeft());
  assert.equal(await leaveBehind(store), true);
  assert.equal(await store.pack(), null);
  assert.deepEqual(dropped, ["kayoi-map"]);
  assert.deepEqual(await written(store), before);
  assert.deepEqual(before.slice(0, 2), [1, 1]);
  // The next is asked who writes; what is unsent says who wrote it.
  const { by, who } = await store.settings();
  assert.deepEqual([by, who, (await store.outbox())[0].submission.by], ["", false, "民生委員"]);
  assert.equal(document.cookie, `${LEFT}=; Path=/field/; Max-Age=0; SameSite=Lax`);
});

test("a device that dies while it erases begins again at its next start", async (t) => {
  const store = await carrying(t);
  document.cookie = `${LEFT}=1`;
  caches.delete = async () => { throw new Error("died"); };
  await assert.rejects(leaveBehind(store));
  assert.ok(wasLeft());
});

test("the page that asks whether to sign out erases the same, and opens no store where there was none", async (t) => {
  await leaveFromOutside();
  assert.deepEqual([await indexedDB.databases(), dropped], [[], []]);
  const store = await carrying(t);
  await leaveFromOutside();
  assert.equal(await store.pack(), null);
  assert.deepEqual([dropped, (await store.outbox()).length], [["kayoi-map"], 1]);
});
