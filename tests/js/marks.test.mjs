// The field app shows a text as the server does: tests/vectors/marks.json.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { el, fill } from "../../surveys/field_app/js/dom.js";
import { shown } from "../../surveys/field_app/js/marks.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/marks.json", import.meta.url), "utf8"));

/** What an element is given, without a browser. */
class Element {
  constructor() { this.given = {}; this.parts = []; }
  setAttribute(key, value) { this.given[key] = value; }
  append(...parts) { this.parts.push(...parts); }
  replaceChildren(...parts) { this.parts = parts; }
}
globalThis.document = { createElement: () => new Element(), createTextNode: (text) => text };

test("every text and every name an element is given goes through it, and what is typed does not", () => {
  const turned = "サロン\u202e06:51";
  const made = el("p", { "aria-label": turned, title: turned, id: turned }, turned, [turned]);
  assert.deepEqual(made.parts, [shown(turned), shown(turned)]);
  assert.equal(made.given["aria-label"], shown(turned));
  assert.equal(made.given.title, shown(turned));
  assert.equal(made.given.id, turned);
  fill(made, turned);
  assert.deepEqual(made.parts, [shown(turned)]);
});

for (const { text, shown: expected, why } of vectors) {
  test(why, () => {
    assert.equal(shown(text), expected);
    assert.equal(shown(expected), expected);
  });
}
