// The field app shows a text as the server does: tests/vectors/marks.json.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { shown } from "../../surveys/field_app/js/marks.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/marks.json", import.meta.url), "utf8"));

for (const { text, shown: expected, why } of vectors) {
  test(why, () => {
    assert.equal(shown(text), expected);
    assert.equal(shown(expected), expected);
  });
}
