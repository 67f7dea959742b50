// A place of the walk that could not be seen: why, in one tap. It is said of the walk, not of the place.

import { button } from "../chrome.js";
import { sayUnseen, undoRow } from "../drafts.js";
import { el, fill } from "../dom.js";
import { nameOf } from "../places.js";
import { t } from "../words.js";

// As the register's walk has them (surveys/record/walk.py).
const WHY = /** @type {const} */ ([
  ["shut", "閉まっていて、入れなかった", "It was shut"], ["no_way", "通れなかった", "The way was blocked"],
  ["unsafe", "あぶなかった", "It was not safe"], ["not_wanted", "ことわられた", "They asked not to"], ["other", "そのほか", "Something else"],
]);

/** @type {import("../context").Screen} */
export function drawUnseen(context, id) {
  const site = context.site(id);
  const walk = context.pack?.walk;
  if (!site || !walk?.head) { context.go("#/"); return; }
  const name = nameOf(site, context);
  context.head({ title: name, sub: t("見られなかった", "It could not be seen"), back: `#/site/${encodeURIComponent(id)}` });
  context.foot();
  const reason = el("textarea", { id: "reason", rows: "3", maxlength: "500" });
  /** @param {string} why @param {string} said */
  const tell = (why, said) => async () => {
    const note = reason.value.trim().replace(/\s+/gu, " ");
    const made = await sayUnseen(context.store, walk, site, why, note);
    context.tell(t(`「${name}」見られなかった（${said}）、と保存した`, `Saved: ${name} could not be seen (${said})`), async () => {
      const undone = await undoRow(context.store, made.id);
      context.tell(undone ? t("取り消した", "Undone") : t("もう送り始めたので、事務所で直す", "Already being sent; correct it in the office"));
      context.again();
    });
    context.go("#/");
  };
  fill(context.main,
    el("div", { class: "ask" }, el("label", { for: "reason" }, t("くわしく（あれば）", "Details, if any")), reason),
    el("h2", {}, t("どうしてですか", "Why")),
    el("p", { class: "small" }, t("押すと、踏査にわけが残る。この所の記録はかわらない。時間がなかっただけなら、押さずにおく。", "A tap keeps the reason with the walk; the place's record stays. If there was only no time, leave it.")),
    el("div", { class: "kinds finds" }, WHY.map(([why, ja, en]) => button(t(ja, en), tell(why, t(ja, en))))));
}
