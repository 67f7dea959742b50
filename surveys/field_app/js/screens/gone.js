// "This one is gone": what was found instead, in one tap and a sentence.

import { button } from "../chrome.js";
import { markGone, sayUnseen, undoRow } from "../drafts.js";
import { el, fill } from "../dom.js";
import { nameOf } from "../places.js";
import { t } from "../words.js";

// As the register's walk has them (surveys/record/walk.py).
const WHY = /** @type {const} */ ([
  ["shut", "閉まっていて、入れなかった", "It was shut"], ["no_way", "通れなかった", "The way was blocked"],
  ["unsafe", "あぶなかった", "It was not safe"], ["not_wanted", "ことわられた", "They asked not to"], ["other", "そのほか", "Something else"],
]);

/** @type {import("../context").Screen} */
export function drawGone(context, id) {
  const site = context.site(id);
  if (!site) { context.go("#/"); return; }
  const name = nameOf(site, context);
  context.head({ title: name, sub: t("ここにない", "Not here"), back: `#/site/${encodeURIComponent(id)}` });
  context.foot();
  const reason = el("textarea", { id: "reason", rows: "3", maxlength: "2000" });
  /** @param {"absent" | "retire"} kind @param {"not_found" | "removed" | "closed" | "paused"} is @param {string} said */
  const choose = (kind, is, said) => async () => {
    const made = await markGone(context.store, site, { kind, is, reason: reason.value.trim() }, context.walkId());
    context.tell(t(`「${name}」${said}、と保存した`, `Saved: ${name}, ${said}`), async () => {
      const undone = await undoRow(context.store, made.id);
      context.tell(undone ? t("取り消した", "Undone") : t("もう送り始めたので、事務所で直す", "Already being sent; correct it in the office"));
      context.again();
    });
    context.go("#/");
  };
  const walk = context.pack?.walk;
  const unseen = walk?.head && walk.places.includes(id) ? walk : null;
  /** @param {string} why @param {string} said */
  const tellWhy = (why, said) => async () => {
    if (!unseen) { return; }
    const made = await sayUnseen(context.store, unseen, site, why, reason.value.trim());
    context.tell(t(`「${name}」見られなかった（${said}）、と保存した`, `Saved: ${name} could not be seen (${said})`), async () => {
      const undone = await undoRow(context.store, made.id);
      context.tell(undone ? t("取り消した", "Undone") : t("もう送り始めたので、事務所で直す", "Already being sent; correct it in the office"));
      context.again();
    });
    context.go("#/");
  };
  fill(context.main,
    el("div", { class: "ask" }, el("label", { for: "reason" }, t("気づいたこと（あれば）", "What you noticed, if anything")), reason),
    el("h2", {}, t("どうなっていましたか", "What did you find")),
    el("p", { class: "small" }, t("おすと、この端末に保存する。すぐなら取り消せる。", "A tap saves it on this device; it can be undone at once.")),
    el("div", { class: "kinds finds" },
      button(t("行ったが、見つからない", "Not found"), choose("absent", "not_found", t("見つからない", "not found"))),
      button(t("なくなった・撤去", "Removed"), choose("retire", "removed", t("撤去", "removed"))),
      button(t("閉まった・終わった", "Closed for good"), choose("retire", "closed", t("閉鎖", "closed"))),
      button(t("休んでいる", "Paused"), choose("retire", "paused", t("休止", "paused")))),
    unseen ? el("section", {}, el("h2", {}, t("見られなかったとき", "If it could not be seen")),
      el("p", { class: "small" }, t("踏査に、わけが残る。この所の記録はかわらない。時間がなかっただけなら、おさずにおく。", "The walk keeps the reason; the place's record stays. If there was only no time, leave it.")),
      el("div", { class: "kinds finds" }, WHY.map(([why, ja, en]) => button(t(ja, en), tellWhy(why, t(ja, en)))))) : null);
}
