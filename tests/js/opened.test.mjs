// Which walk the app opens on: of today, else the nearest to come, else the last unfinished.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { PARK, freshDevice, pack, site } from "./field_fixtures.mjs";
import * as drafts from "../../surveys/field_app/js/drafts.js";
import { nearestWalk, packOf, readOpened, setOpened } from "../../surveys/field_app/js/opened.js";
import { openStore } from "../../surveys/field_app/js/store.js";

beforeEach(() => freshDevice());

const TODAY = "2026-11-21";
const walk = (id, on, state = "yet") => ({ id, title: id, on, area: "", count: 1, places: ["s1"], line: null, head: 5, state, came: {} });

test("of today before all, then the next to come, then the last unfinished, then one without a day", () => {
  const cases = [
    [["a 2026-11-20", "b 2026-11-21", "c 2026-11-22"], "b"],
    [["a 2026-12-24", "b 2026-11-22", "c 2026-11-20 begun"], "b"],
    [["a 2026-10-01 begun", "b 2026-11-01 begun", "c 2026-11-19 done"], "b"],
    [["a 2026-11-21 done", "b 2026-11-21 begun"], "b"],
    [["a 2026-11-21 done", "b 2026-11-22"], "a"],
    [["a 2026-11-01 left", "b  yet"], "b"],
    [["a 2026-11-01 done"], null],
    [[], null],
  ];
  for (const [said, wanted] of cases) {
    const walks = said.map((one) => { const [id, on, state] = one.split(" "); return walk(id, on, state); });
    assert.equal(nearestWalk(walks, TODAY)?.id ?? null, wanted, said.join(", "));
  }
});

test("another chosen today stays open today, and tomorrow the day decides again", () => {
  const carried = { ...pack([site("s1")]), walks: [walk("a", TODAY), walk("b", "2026-12-01")] };
  assert.equal(packOf(carried, null, TODAY).walk.id, "a");
  assert.equal(packOf(carried, { day: TODAY, walk: "b", view: "walk" }, TODAY).walk.id, "b");
  assert.equal(packOf(carried, { day: TODAY, walk: null, view: "town" }, TODAY).walk, null);
  assert.equal(packOf(carried, { day: TODAY, walk: null, view: "town" }, "2026-11-22").walk.id, "b");
  assert.equal(packOf(carried, { day: TODAY, walk: "gone", view: "walk" }, TODAY).walk.id, "a");
  assert.equal(packOf(null, null, TODAY), null);
});

test("a pack of before opens as it was made", () => {
  const old = { ...pack([site("s1")]), walk: { id: "w", title: "w", on: "", surveyors: "", area: "", places: ["s1"], line: null }, walks: [{ id: "w", title: "w", on: "", area: "", count: 1 }] };
  assert.equal(packOf(old, null, TODAY).walk.id, "w");
  assert.equal(packOf(old, { day: TODAY, walk: "w", view: "walk" }, TODAY).walk.places[0], "s1");
});

test("what is open is kept on the device and goes with what is carried", async (t) => {
  const store = await openStore();
  t.after(() => store.close());
  await setOpened(store, { day: TODAY, walk: "a", view: "town" });
  assert.deepEqual(await readOpened(store), { day: TODAY, walk: "a", view: "town" });
  await setOpened(store, null);
  assert.equal(await readOpened(store), null);
});

test("answers about the map go with a new record: what was put off is none, nor is a salon's building", async (t) => {
  const store = await openStore();
  t.after(() => store.close());
  await store.setPack(pack([site("s1")]));
  const tied = [{ place_id: "m1", name: "", say: "other" }, { place_id: "m2", name: "", say: "same" }, { place_id: "m3", name: "", say: "later" }];
  const finish = async (type) => {
    const draft = await drafts.startDraft(store, { type, site: null, walk_id: null, answers: { name: "新しい所" } });
    return (await drafts.finishDraft(store, { ...draft, tied }, type)).row.submission;
  };
  assert.deepEqual((await finish(PARK)).claims, [{ place_id: "m1", inside: "", same: false }, { place_id: "m2", inside: "", same: true }]);
  assert.equal("claims" in await finish({ ...PARK, id: "salon" }), false);
});

test("what could not be seen is said of the walk, and shows until the place is seen after all", async (t) => {
  const store = await openStore();
  t.after(() => store.close());
  const carried = { ...pack([site("s1"), site("s2")]), walk: { ...walk("w", TODAY), places: ["s1", "s2"], came: { s2: "closed" } } };
  await store.setPack(carried);
  const { submission } = await drafts.sayUnseen(store, carried.walk, carried.sites[0], "no_way", "工事中");
  const [item] = Object.keys(submission.patch);
  assert.deepEqual([submission.type, submission.site_id, submission.kind, submission.base, submission.walk_id], ["walk", "w", "correct", 5, null]);
  assert.deepEqual(submission.patch, { [item]: 1, [`${item}/place`]: ["s1"], [`${item}/why`]: "no_way", [`${item}/note`]: "工事中" });
  assert.deepEqual([...await drafts.placeStates(store, carried)].filter(([id]) => id !== "w"), [["s1", "unseen"], ["s2", "absent"]]);
  await drafts.confirmSite(store, carried.sites[0], "w");
  assert.equal((await drafts.placeStates(store, carried)).get("s1"), "seen");
});
