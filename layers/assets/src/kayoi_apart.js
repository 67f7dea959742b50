// Signs that would cover one another: grouped from afar, pushed apart near by. Pure geometry in
// pixels, before kayoi.js knows of any map.
"use strict";
const kayoiApart = (() => {
  const CELL = 96;
  const GAP = 2;
  const PUSHES = 80;
  const SAME = 16; // px: what is nearer than this to a very full place is of one group at once
  const MANY = 1200;
  const TURN = 0.5; // radians
  const RING = 12; // px: how much farther each round of looking for a free place goes,
  const RINGS = 12; // how many there are,
  const ROUND = 16; // and the places of each

  const most = (items) => items.reduce((a, { w, h }) => Math.max(a, w, h), CELL) + GAP;

  // Pairs [i, j] of boxes that touch; the second list's boxes stand still.
  function touching(items) {
    const side = most(items);
    const squares = new Map();
    items.forEach((one, i) => {
      const key = `${Math.floor(one.x / side)}/${Math.floor(one.y / side)}`;
      const found = squares.get(key);
      if (found) { found.push(i); } else { squares.set(key, [i]); }
    });
    const pairs = [];
    const look = (i, others, from) => {
      const a = items[i];
      for (let k = from; k < others.length; k += 1) {
        const b = items[others[k]];
        if (Math.abs(a.x - b.x) < (a.w + b.w) / 2 + GAP && Math.abs(a.y - b.y) < (a.h + b.h) / 2 + GAP && !(a.still && b.still)) {
          pairs.push([i, others[k]]);
        }
      }
    };
    squares.forEach((own, key) => {
      const [column, row] = key.split("/").map(Number);
      own.forEach((i, at) => {
        look(i, own, at + 1);
        [[1, -1], [1, 0], [1, 1], [0, 1]].forEach(([right, down]) => look(i, squares.get(`${column + right}/${row + down}`) || [], 0));
      });
    });
    return pairs;
  }

  function joined(members, points, measure) {
    const x = members.reduce((a, i) => a + points[i].x, 0) / members.length;
    const y = members.reduce((a, i) => a + points[i].y, 0) / members.length;
    const [w, h] = measure(members);
    return { x, y, ax: x, ay: y, w, h, order: Math.max(...members.map((i) => points[i].order)), members };
  }

  // The nearest of those that touch are joined, each with one other.
  function pairUp(items, points, measure) {
    const away = ([i, j]) => (items[i].x - items[j].x) ** 2 + (items[i].y - items[j].y) ** 2;
    const sorted = touching(items).filter(([i, j]) => items[i].members && items[j].members)
      .map((pair) => [away(pair), pair]).sort((a, b) => a[0] - b[0] || a[1][0] - b[1][0] || a[1][1] - b[1][1]);
    const taken = new Set();
    const made = [];
    sorted.forEach(([, [i, j]]) => {
      if (taken.has(i) || taken.has(j)) { return; }
      taken.add(i).add(j);
      made.push(joined([...items[i].members, ...items[j].members].sort((a, b) => a - b), points, measure));
    });
    return made.length ? [...items.filter((_, i) => !taken.has(i)), ...made] : items;
  }

  function group(items, points, measure) {
    for (let left = items; ;) {
      const next = pairUp(left, points, measure);
      if (next === left) { return left; }
      left = next;
    }
  }

  // So many signs that each round over all pairs would be long: those of one small square at once.
  function thinned(loose, points, measure) {
    const squares = new Map();
    loose.forEach((i) => {
      const key = `${Math.floor(points[i].x / SAME)}/${Math.floor(points[i].y / SAME)}`;
      const found = squares.get(key);
      if (found) { found.push(i); } else { squares.set(key, [i]); }
    });
    return [...squares.values()].map((members) => joined(members, points, measure));
  }

  // Moves what touches apart, no farther than `reach` from where it belongs; what is of more
  // weight stays. Says whether anything touches still.
  function push(items, reach) {
    for (let turn = 0; turn < PUSHES; turn += 1) {
      const pairs = touching(items);
      if (!pairs.length) { return true; }
      pairs.forEach(([i, j]) => {
        const a = items[i];
        const b = items[j];
        const over = Math.min((a.w + b.w) / 2 + GAP - Math.abs(a.x - b.x), (a.h + b.h) / 2 + GAP - Math.abs(a.y - b.y));
        if (over <= 0) { return; }
        let dx = b.x - a.x;
        let dy = b.y - a.y;
        if (Math.abs(dx) + Math.abs(dy) < 0.5) { [dx, dy] = [Math.cos(j * 2.4), Math.sin(j * 2.4)]; } // at one place: round it
        const turn = i % 2 ? TURN : -TURN; // those in one line leave it to either side
        [dx, dy] = [dx * Math.cos(turn) - dy * Math.sin(turn), dx * Math.sin(turn) + dy * Math.cos(turn)];
        const long = Math.hypot(dx, dy);
        const share = a.still ? 0 : b.still ? 1 : a.order === b.order ? 0.5 : a.order > b.order ? 0.15 : 0.85;
        const step = over * 0.6 + 0.5;
        shift(a, -dx / long * step * share, -dy / long * step * share, reach);
        shift(b, dx / long * step * (1 - share), dy / long * step * (1 - share), reach);
      });
    }
    return touching(items).length === 0;
  }

  function shift(one, dx, dy, reach) {
    if (one.still) { return; }
    const x = one.x + dx - one.ax;
    const y = one.y + dy - one.ay;
    const far = Math.max(1, Math.hypot(x, y) / reach);
    one.x = one.ax + x / far;
    one.y = one.ay + y / far;
  }

  // What could not be pushed off a number or a chosen sign stands on the free place nearest to
  // where it belongs, with a way home.
  function aside(items, fixed) {
    const all = [...items, ...fixed];
    const on = new Set(touching(all).filter(([i, j]) => all[i].still || all[j].still).flat());
    [...on].map((i) => all[i]).filter((one) => !one.still).forEach((one) => {
      const far = RING * RINGS;
      const others = all.filter((b) => b !== one && Math.abs(b.x - one.ax) < far + (one.w + b.w) / 2 + GAP && Math.abs(b.y - one.ay) < far + (one.h + b.h) / 2 + GAP);
      const free = (x, y) => others.every((b) => Math.abs(x - b.x) >= (one.w + b.w) / 2 + GAP || Math.abs(y - b.y) >= (one.h + b.h) / 2 + GAP);
      for (let step = 0; !free(one.x, one.y) && step < RINGS * ROUND; step += 1) {
        const away = RING * (1 + Math.floor(step / ROUND));
        const x = one.ax + away * Math.cos((step % ROUND) * 2 * Math.PI / ROUND);
        const y = one.ay + away * Math.sin((step % ROUND) * 2 * Math.PI / ROUND);
        if (free(x, y)) { one.x = x; one.y = y; }
      }
    });
  }

  // Labels, {x, y, w, h}, each on the free place nearest to where it belongs that is off `fixed`;
  // those that lie on nothing stay. Returns them with {x, y, ax, ay}, in their order.
  function standOff(labels, fixed) {
    const items = labels.map((one) => ({ ...one, ax: one.x, ay: one.y, still: false }));
    aside(items, fixed.map((one) => ({ ...one, still: true })));
    return items;
  }

  // `points` are {x, y, w, h, order, still}; `measure(members)` is the [width, height] of a group's
  // sign; `near` is whether signs are pushed apart before any are grouped; `blocks` are {x, y, w, h}
  // nothing may lie on. Returns {x, y, ax, ay, w, h, members}: where each sign stands, where it
  // belongs, and which points it is of.
  function lay(points, { measure, near, reach = 60, blocks = [] }) {
    const standing = (one, more) => ({ ...one, ax: one.x, ay: one.y, members: null, ...more });
    const every = points.map((_, i) => i);
    const fixed = [
      ...blocks.map((one) => standing(one, { order: 1e6, still: true })),
      ...every.filter((i) => points[i].still).map((i) => standing(points[i], { own: i })),
    ];
    const loose = every.filter((i) => !points[i].still);
    let items = !near && loose.length > MANY ? thinned(loose, points, measure)
      : loose.map((i) => standing(points[i], { members: [i] }));
    if (!near) { items = group(items, points, measure); }
    while (!push([...items, ...fixed], near ? reach : reach / 2)) {
      // What cannot be moved out of the way is grouped after all, two by two.
      const next = pairUp(items, points, measure);
      if (next === items) { break; }
      items = next.map((one) => ({ ...one, x: one.ax, y: one.ay }));
    }
    aside(items, fixed);
    return [...items, ...fixed.filter(({ own }) => own !== undefined).map(({ own, ...one }) => ({ ...one, members: [own] }))];
  }

  return { lay, standOff, touching };
})();
