// A concern in two taps: 気づいた, then its subject. The rest can be added after.

import { button } from "../chrome.js";
import { noteConcern, undoRow } from "../drafts.js";
import { el, fill } from "../dom.js";
import { capital } from "../form/choice.js";
import { sayDistance } from "../position.js";
import { say, t } from "../words.js";

const TYPE = "concern";
// A fix worse than this says nothing of where on a street one stands.
const BAD_M = 100;

/** @type {import("../context").Screen} */
export function drawConcern(context) {
  const type = context.type(TYPE);
  const tags = type?.fields.find((one) => one.id === "tag");
  context.head({ title: t("何に気づきましたか", "What did you notice"), sub: t("押すと、今いる所で保存する。すぐなら取り消せる", "A tap saves it where you are; it can be undone"), back: "#/" });
  context.foot();
  if (!type || !tags || !context.pack) { context.go("#/"); return; }
  const where = el("p", { class: "small", role: "status" });
  /** @param {string} tag @param {string} said */
  const save = async (tag, said) => {
    const at = context.here();
    const good = at !== null && at.accuracy_m <= BAD_M ? at : null;
    const made = await noteConcern(context.store, type, {
      tag, position: good, place: good ? { type: "Point", coordinates: [good.lon, good.lat] } : null,
    }, context.walkId());
    context.go(`#/saved/${encodeURIComponent(made.id)}`);
    context.tell(t(`「${said}」を保存した`, `Saved: ${said}`), async () => {
      const undone = await undoRow(context.store, made.id);
      context.tell(undone ? t("取り消した", "Undone") : t("もう送り始めたので、事務所で直す", "Already being sent; correct it in the office"));
      context.go("#/");
    });
  };
  fill(context.main, where,
    el("div", { class: "tags" }, tags.choices.filter((one) => !one.hidden).map((one) => button(capital(say(one.words)), () => save(one.id, say(one.words))))),
    el("p", { class: "small" }, t("ことばや写真は、保存した後の「直す」でたせる。", "Words and photos can be added afterwards.")));
  context.onHere((at, trouble) => {
    if (at && at.accuracy_m <= BAD_M) { fill(where, t(`今いる所：半径${sayDistance(at.accuracy_m)}`, `Your position: within ${sayDistance(at.accuracy_m)}`)); }
    else { fill(where, trouble ? say(trouble) : t("今いる所をさがしている。分からないままでも保存できる（場所なし）。", "Looking for your position; it can be saved without a place.")); }
  });
}
