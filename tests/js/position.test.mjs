// Averaging, distances and words of position.js, and the pure steps of drawing.js.
import assert from "node:assert/strict";
import { test } from "node:test";
import { beginDrawing, emptyDrawing, measured, tapped, toPlace, walked } from "../../surveys/field_app/js/drawing.js";
import { averageFixes, bearing, distanceM, judgeFix, sayDirection, sayDistance, sayPosition, sayStraight, watchHere } from "../../surveys/field_app/js/position.js";
import { createTracker } from "../../surveys/field_app/js/track.js";
import { setLang } from "../../surveys/field_app/js/words.js";

const HOME = { lon: 139.9012345, lat: 35.6543211 };
const METRE = 1 / 111_195;
const near = (east, north, accuracy_m = 8, at = "2026-11-21T01:00:00.000Z") => ({
  lon: HOME.lon + (east * METRE) / Math.cos((HOME.lat * Math.PI) / 180), lat: HOME.lat + north * METRE, accuracy_m, at,
});
/** Numbers that are the same at every run. */
const numbers = (seed) => () => { seed = (seed * 1664525 + 1013904223) % 2 ** 32; return (seed + 0.5) / 2 ** 32; };
const normal = (next) => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());

test("no usable fix has no average", () => {
  assert.equal(averageFixes([]), null);
  assert.equal(averageFixes([near(0, 0, NaN), near(0, 0, -1), { ...near(0, 0), lat: 91 }]), null);
});

test("one fix keeps its place and its own radius", () => {
  const found = averageFixes([near(3, 4, 12)]);
  assert.deepEqual([found.count, found.accuracy_m, found.by], [1, 12, "gps"]);
  assert.ok(distanceM(found, near(3, 4)) < 0.02);
});

test("a fix of twice the radius weighs a quarter", () => {
  const found = averageFixes([near(0, 0, 5), near(10, 0, 10)]);
  assert.ok(Math.abs(distanceM(found, HOME) - 2) < 0.05, String(distanceM(found, HOME)));
});

test("a fix more than three times worse than the best is left out, one of just three times is not", () => {
  assert.equal(averageFixes([near(0, 0, 4), near(400, 0, 12.01)]).count, 1);
  assert.ok(distanceM(averageFixes([near(0, 0, 4), near(400, 0, 60)]), HOME) < 0.02);
  assert.equal(averageFixes([near(0, 0, 4), near(1, 0, 12)]).count, 2);
});

test("more fixes never promise better than half of the best one", () => {
  for (const n of [1, 2, 5, 20, 500]) {
    const { accuracy_m } = averageFixes(Array.from({ length: n }, () => near(0, 0, 8)));
    assert.ok(accuracy_m >= 4 && accuracy_m <= 8, `${n}: ${accuracy_m}`);
  }
  assert.equal(averageFixes(Array.from({ length: 4 }, () => near(0, 0, 8))).accuracy_m, 5.3);
});

test("fixes that lie farther apart than they claim widen the radius", () => {
  const sure = averageFixes([near(-40, 0, 5), near(40, 0, 5), near(-40, 0, 5), near(40, 0, 5)]);
  assert.ok(sure.accuracy_m > 25, String(sure.accuracy_m));
});

test("a claim of nought metres does not outweigh all others", () => {
  const found = averageFixes([near(0, 0, 0), near(2, 0, 1), near(2, 0, 1)]);
  assert.ok(distanceM(found, HOME) > 1 && found.accuracy_m >= 0.5);
});

test("seven decimals and the newest fix's time are kept", () => {
  const found = averageFixes([near(1, 1, 6, "2026-11-21T01:00:09.000Z"), near(2, 5, 7, "2026-11-21T01:00:03.000Z")]);
  assert.equal(found.at, "2026-11-21T01:00:09.000Z");
  assert.match(String(found.lon), /^\d+\.\d{1,7}$/);
});

// A receiver's errors as recorded traces show them: a slow wander shared by neighbours in time, a
// quarter of the variance; noise of each fix; now and then a fix from the network, far off and known to be.
function trace(seed) {
  const next = numbers(seed);
  const sigma = 5 / 1.51;
  const shared = [normal(next) * sigma * 0.5, normal(next) * sigma * 0.5];
  return Array.from({ length: 12 }, (_, i) => {
    if (i % 6 === 5) { return near(60 * normal(next), 60 * normal(next), 80); }
    const [e, n] = shared.map((common) => common + normal(next) * sigma * Math.sqrt(0.75));
    return near(e, n, 5);
  });
}

test("the radius holds about 68 % of averages of such traces", () => {
  const held = Array.from({ length: 600 }, (_, i) => averageFixes(trace(i * 7919 + 1)))
    .filter((found) => distanceM(found, HOME) <= found.accuracy_m).length / 600;
  assert.ok(held > 0.6 && held < 0.8, String(held));
});

test("the average lies nearer than a single fix in most traces", () => {
  const better = Array.from({ length: 600 }, (_, i) => trace(i * 104729 + 3))
    .filter((fixes) => distanceM(averageFixes(fixes), HOME) <= distanceM(fixes[0], HOME)).length / 600;
  assert.ok(better > 0.7, String(better));
});

test("distances and directions are those of the ground", () => {
  assert.ok(Math.abs(distanceM(HOME, near(120, 0)) - 120) < 0.1);
  assert.ok(Math.abs(distanceM({ lon: 139.7671, lat: 35.6812 }, { lon: 135.4959, lat: 34.7025 }) - 403_000) < 2000);
  const said = [[0, 9], [9, 9], [9, 0], [9, -9], [0, -9], [-9, -9], [-9, 0], [-9, 9]].map(([e, n]) => sayDirection(bearing(HOME, near(e, n))).ja);
  assert.deepEqual(said, ["北", "北東", "東", "南東", "南", "南西", "西", "北西"]);
  assert.deepEqual([22, 23, 359, -1, 720].map((d) => sayDirection(d).en), ["north", "north-east", "north", "north", "north"]);
});

test("distances are said no more exactly than they are known", () => {
  const said = [[0, "0m"], [14.6, "15m"], [99.4, "99m"], [99.5, "100m"], [124, "120m"], [994, "990m"], [995, "1.0km"], [1234, "1.2km"], [9949, "9.9km"], [9950, "10km"], [12_400, "12km"]];
  said.forEach(([metres, words]) => assert.equal(sayDistance(metres), words));
});

test("a distance between two places is said to be a straight one", () => {
  assert.equal(sayStraight(124), "直線で120m");
  setLang("en");
  assert.equal(sayStraight(124), "120m in a straight line");
  setLang("ja");
});

test("a bad fix is said to be one: care above 30 m, better not above 100 m", () => {
  assert.deepEqual([30, 30.1, 100, 100.1].map((m) => judgeFix(m).level), ["good", "caution", "caution", "bad"]);
  assert.match(judgeFix(150).words.ja, /使わず/);
  assert.equal(sayPosition({ by: "gps", count: 12, accuracy_m: 4.2 }).ja, "12回・半径4m");
  assert.equal(sayPosition({ by: "hand", count: 0, accuracy_m: 0 }).ja, "手入力");
});

// ---- the receiver ---------------------------------------------------------------------------
function mockReceiver() {
  const state = { watches: new Map(), next: 1 };
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { geolocation: {
    watchPosition: (ok, bad, options) => { state.watches.set(state.next, { ok, bad, options }); return state.next++; },
    clearWatch: (id) => state.watches.delete(id),
  } } });
  state.fix = (east, north, accuracy, ms) => [...state.watches.values()].forEach(({ ok }) => {
    const { lon, lat } = near(east, north);
    ok({ coords: { longitude: lon, latitude: lat, accuracy }, timestamp: ms });
  });
  state.fail = (code) => [...state.watches.values()].forEach(({ bad }) => bad({ code }));
  return state;
}

test("each trouble of the receiver has its own words, and a stopped watch is silent", async () => {
  const state = mockReceiver();
  const heard = [];
  const stop = watchHere((p, trouble) => heard.push(p ? p.accuracy_m : trouble.ja));
  state.fix(0, 0, 7.04, 1_790_000_000_000);
  [1, 2, 3].forEach((code) => state.fail(code));
  assert.equal(heard[0], 7);
  assert.equal(new Set(heard).size, 4);
  const [watch] = state.watches.values();
  assert.deepEqual([watch.options.enableHighAccuracy, watch.options.maximumAge], [true, 0]);
  stop();
  assert.equal(state.watches.size, 0);
  watch.ok({ coords: { longitude: 1, latitude: 1, accuracy: 1 }, timestamp: 0 });
  assert.equal(heard.length, 4);
});

test("an address that is not encrypted is told as such", async () => {
  mockReceiver();
  globalThis.isSecureContext = false;
  const heard = [];
  watchHere((p, trouble) => heard.push(trouble.ja));
  await Promise.resolve();
  delete globalThis.isSecureContext;
  assert.match(heard[0], /https/);
});

// ---- drawing --------------------------------------------------------------------------------
const NOW = "2026-11-21T01:00:00.000Z";

test("a tap is by hand, and a second one moves a point", () => {
  const once = tapped(emptyDrawing("point"), 139.90000004999, 35.6, NOW);
  const twice = tapped(once, 139.91, 35.61, NOW);
  assert.deepEqual(once.corners, [[139.9, 35.6]]);
  assert.deepEqual(toPlace(twice), { type: "Point", coordinates: [139.91, 35.61] });
  assert.deepEqual(twice.position, { by: "hand", lon: 139.91, lat: 35.61, accuracy_m: 0, count: 0, at: NOW });
});

test("a line begins to be one at two corners, an area closes itself at three", () => {
  const [a, b, c] = [[139.9, 35.6], [139.91, 35.6], [139.91, 35.61]];
  const draw = (shape, corners) => toPlace(corners.reduce((so, [lon, lat]) => tapped(so, lon, lat, NOW), emptyDrawing(shape)));
  assert.equal(draw("line", [a]), null);
  assert.deepEqual(draw("line", [a, b]), { type: "LineString", coordinates: [a, b] });
  assert.equal(draw("area", [a, b]), null);
  assert.deepEqual(draw("area", [a, b, c]), { type: "Polygon", coordinates: [[a, b, c, a]] });
  assert.equal(draw("line", [a, a]), null);
});

test("a walked line takes sure fixes at least three metres apart", () => {
  const fixes = [near(0, 0, 8), near(0, 2, 8), near(0, 4, 31), near(0, 5, 30), near(0, 9, 12), near(0, 11, 4)];
  const line = fixes.reduce(walked, emptyDrawing("line"));
  assert.equal(line.corners.length, 3);
  assert.deepEqual([line.position.by, line.position.count, line.position.accuracy_m], ["gps", 3, 30]);
  assert.equal(tapped(line, 139.9, 35.6, NOW).position.by, "hand");
  assert.equal(walked(tapped(line, 139.9, 35.6, NOW), near(50, 50, 5)).position.by, "hand");
});

test("a place of several parts is shown whole and no stray touch changes it", () => {
  const place = { type: "MultiLineString", coordinates: [[[139.9, 35.6], [139.91, 35.6]], [[139.92, 35.6], [139.93, 35.6]]] };
  const holed = { type: "Polygon", coordinates: [[[0, 0], [9, 0], [9, 9], [0, 0]], [[1, 1], [2, 1], [2, 2], [1, 1]]] };
  for (const one of [place, holed]) {
    const drawing = beginDrawing(one, null, ["line", "area"]);
    assert.equal(tapped(drawing, 1, 1, NOW), drawing);
    assert.deepEqual(toPlace(drawing), one);
  }
  const plain = { type: "Polygon", coordinates: [[[0, 0], [9, 0], [9, 9], [0, 0]]] };
  assert.deepEqual(toPlace(beginDrawing(plain, null, ["area"])), plain);
  assert.deepEqual(toPlace(measured({ by: "gps", ...HOME, accuracy_m: 4, count: 9, at: NOW })), { type: "Point", coordinates: [HOME.lon, HOME.lat] });
});

// ---- the track ------------------------------------------------------------------------------
function mockStore() {
  const state = { rows: [], calls: [], full: false };
  return { state, device: async () => ({ clock_off_s: 60 }), addTrack: async (rows) => {
    if (state.full) { throw new Error("full"); }
    state.calls.push(rows.length);
    state.rows.push(...rows);
  } };
}
const settled = () => new Promise((resolve) => { setImmediate(resolve); });

test("a track is off until it is started, and keeps what moved five metres or waited twenty seconds", async () => {
  const receiver = mockReceiver();
  const store = mockStore();
  const tracker = createTracker(store);
  assert.deepEqual([tracker.running(), receiver.watches.size], [false, 0]);
  tracker.start("w1");
  await settled();
  const start = Date.parse("2026-11-20T14:59:30.000Z");
  [[0, 0, 5], [3, 2, 5], [6, 3, 5], [6, 8, 101], [6, 23, 5], [30, 24, 5]].forEach(([east, s, accuracy]) => receiver.fix(east, 0, accuracy, start + s * 1000));
  await settled();
  assert.equal(store.state.rows.length, 4, "written at the fourth point, with nobody asking");
  assert.deepEqual(store.state.rows.map(({ day }) => day), Array(4).fill("2026-11-21"), "the day in Japan by the server's clock");
  assert.deepEqual([store.state.rows[0].at, store.state.rows[0].walk_id], ["2026-11-20T15:00:30.000Z", "w1"]);
  receiver.fix(60, 0, 5, start + 30_000);
  await tracker.stop();
  assert.deepEqual([store.state.rows.length, receiver.watches.size, tracker.running()], [5, 0, false]);
});

test("points that could not be written are kept and written later, once", async () => {
  const receiver = mockReceiver();
  const store = mockStore();
  const tracker = createTracker(store);
  let told = 0;
  tracker.onChange(() => { told += 1; });
  tracker.start(null);
  await settled();
  store.state.full = true;
  for (let i = 0; i < 4; i += 1) { receiver.fix(i * 10, 0, 5, 1_790_000_000_000 + i); }
  await settled();
  assert.match(tracker.state().trouble.ja, /空き/);
  store.state.full = false;
  await tracker.stop();
  assert.equal(new Set(store.state.rows.map(({ lon }) => lon)).size, 4);
  assert.equal(store.state.rows.length, 4);
  assert.ok(told >= 5);
});
