// Signs of a map: none hides another, at any zoom, whatever lies where.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const text = readFileSync(new URL("../../layers/assets/src/kayoi_apart.js", import.meta.url), "utf8");
const { lay, standOff, touching } = vm.runInThisContext(`(() => { ${text}; return kayoiApart; })()`);

/** The same numbers each run. */
function random(seed) {
  let state = seed;
  return () => { state = (state * 1664525 + 1013904223) % 4294967296; return state / 4294967296; };
}

const measure = (members) => [20 + 9 * String(members.length).length + 66, 34];
const single = (next, wide, more = {}) => ({ x: next() * wide, y: next() * wide, w: 30, h: 30, order: 500, ...more });

/** How much of the smaller box lies under the larger one. */
function covered(a, b) {
  const x = Math.min(a.x + a.w / 2, b.x + b.w / 2) - Math.max(a.x - a.w / 2, b.x - b.w / 2);
  const y = Math.min(a.y + a.h / 2, b.y + b.h / 2) - Math.max(a.y - a.h / 2, b.y - b.h / 2);
  return x > 0 && y > 0 ? (x * y) / Math.min(a.w * a.h, b.w * b.h) : 0;
}

function hidden(placed) {
  let worst = 0;
  placed.forEach((a, i) => placed.slice(i + 1).forEach((b) => { worst = Math.max(worst, covered(a, b)); }));
  return worst;
}

// 400 signs in a town of 700 px at zoom 14: zoom 17 is eight times as wide.
for (const [zoom, wide] of [[14, 700], [15, 1400], [16, 2800], [17, 5600]]) {
  test(`of 400 signs at zoom ${zoom} none lies on another, and every one is there`, () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const next = random(seed);
      const points = Array.from({ length: 400 }, () => single(next, wide));
      const placed = lay(points, { measure, near: zoom >= 16 });
      assert.equal(hidden(placed), 0);
      if (zoom >= 16) { assert.equal(placed.length, 400, "near by each stands for itself"); }
      assert.deepEqual(placed.flatMap(({ members }) => members).sort((a, b) => a - b), points.map((_, i) => i));
    }
  });
}

test("signs at one place stand round it, each with a way home", () => {
  const placed = lay(Array.from({ length: 5 }, () => ({ x: 100, y: 100, w: 30, h: 30, order: 500 })), { measure, near: true });
  assert.equal(placed.length, 5);
  assert.equal(hidden(placed), 0);
  placed.forEach(({ x, y, ax, ay }) => { assert.deepEqual([ax, ay], [100, 100]); assert.ok(Math.hypot(x - ax, y - ay) <= 60.001); });
});

test("signs of one street stand beside it, each for itself", () => {
  const placed = lay(Array.from({ length: 60 }, (_, i) => ({ x: i * 20, y: 100, w: 30, h: 30, order: 500 })), { measure, near: true });
  assert.equal(placed.length, 60);
  assert.equal(hidden(placed), 0);
});

test("what stands alone stays where it belongs, and what is chosen is never moved nor grouped", () => {
  const next = random(7);
  const points = [single(next, 50, { still: true, order: 1e5 }), ...Array.from({ length: 40 }, () => single(next, 50)), { x: 900, y: 900, w: 30, h: 30, order: 1 }];
  for (const near of [true, false]) {
    const placed = lay(points, { measure, near });
    const chosen = placed.find(({ members }) => members.includes(0));
    assert.deepEqual([chosen.x, chosen.y, chosen.members], [points[0].x, points[0].y, [0]]);
    const alone = placed.find(({ members }) => members.includes(41));
    assert.deepEqual([alone.x, alone.y, alone.members], [900, 900, [41]]);
  }
});

test("numbers of areas stay free of signs", () => {
  const blocks = [{ x: 100, y: 100, w: 28, h: 28 }];
  for (const near of [true, false]) {
    const placed = lay([{ x: 104, y: 98, w: 30, h: 30, order: 500 }], { measure, near, blocks });
    assert.equal(covered(placed[0], blocks[0]), 0);
  }
});

test("a group between two numbers leaves both free, and stands near where it belongs", () => {
  const blocks = [{ x: 130, y: 74, w: 28, h: 28 }, { x: 100, y: 135, w: 28, h: 28 }];
  const points = [[82, 135], [91, 113], [93, 103]].map(([x, y]) => ({ x, y, w: 26, h: 26, order: 500 }));
  const placed = lay(points, { measure: () => [104, 34], near: false, blocks });
  assert.equal(hidden([...placed, ...blocks]), 0);
  placed.forEach(({ x, y, ax, ay }) => assert.ok(Math.hypot(x - ax, y - ay) < 80));
});

test("a figure stands beside a number that stands still, and stays where nothing is in its way", () => {
  const still = [{ x: 100, y: 100, w: 34, h: 34 }, { x: 150, y: 96, w: 34, h: 34 }];
  const labels = [{ x: 103, y: 98, w: 57, h: 28 }, { x: 400, y: 90, w: 57, h: 48 }, { x: 132, y: 104, w: 48, h: 28 }];
  const stood = standOff(labels, still);
  assert.equal(hidden([...stood, ...still]), 0);
  assert.deepEqual([stood[1].x, stood[1].y], [400, 90]);
  stood.forEach(({ x, y, ax, ay }) => assert.ok(Math.hypot(x - ax, y - ay) < 80));
});

test("ten thousand signs of a city are laid at any zoom", () => {
  const next = random(3);
  for (const [near, wide] of [[false, 300], [false, 3000], [true, 20000]]) {
    const placed = lay(Array.from({ length: 10000 }, () => single(next, wide)), { measure, near });
    assert.equal(touching(placed.map((one) => ({ ...one, members: [] }))).length, 0);
    assert.equal(placed.reduce((sum, { members }) => sum + members.length, 0), 10000);
  }
});

test("the same signs in the same order are laid alike", () => {
  const made = () => { const next = random(5); return lay(Array.from({ length: 300 }, () => single(next, 900)), { measure, near: false }); };
  assert.deepEqual(made(), made());
});
