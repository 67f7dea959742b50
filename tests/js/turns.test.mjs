// Screens that read while things change: never two readings at once, and the last one is the newest.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inTurn } from "../../surveys/field_app/js/turns.js";

test("a call while one reads asks for one more, and what stays on the screen is the newest", async () => {
  let now = 0, shown = -1, open = 0, runs = 0;
  const gates = [];
  const read = inTurn(async () => {
    assert.equal(open, 0, "two readings at once");
    open += 1; runs += 1;
    const seen = now;
    await new Promise((go) => { gates.push(go); });
    shown = seen;
    open -= 1;
  });
  const first = read();
  now = 1; read();
  now = 2; const last = read();
  gates.shift()();
  await new Promise((go) => { setTimeout(go); });
  gates.shift()();
  await Promise.all([first, last]);
  assert.deepEqual([shown, runs], [2, 2]);
});

test("a reading that fails does not stop the next", async () => {
  let runs = 0;
  const read = inTurn(async () => { runs += 1; if (runs === 1) { throw new Error("closed"); } });
  await assert.rejects(read());
  await read();
  assert.equal(runs, 2);
});
