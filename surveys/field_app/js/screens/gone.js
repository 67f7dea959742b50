// "This one is gone": what was found instead, in one tap and a sentence.

import { button } from "../chrome.js";
import { markGone, undoRow } from "../drafts.js";
import { el, fill } from "../dom.js";
import { nameOf } from "../places.js";
import { t } from "../words.js";

/** @type {import("../context").Screen} */
export function drawGone(context, id) {
  const site = context.site(id);
  if (!site) { context.go("#/"); return; }
  const name = nameOf(site, context);
  context.head({ title: name, sub: t("ない・閉まった", "Gone, closed"), back: `#/site/${encodeURIComponent(id)}` });
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
  fill(context.main,
    el("div", { class: "ask" }, el("label", { for: "reason" }, t("気づいたこと（あれば）", "What you noticed, if anything")), reason),
    el("h2", {}, t("どうなっていましたか", "What did you find")),
    el("p", { class: "small" }, t("押すと、この端末に保存する。すぐなら取り消せる。", "A tap saves it on this device; it can be undone at once.")),
    el("div", { class: "kinds finds" },
      button(t("行ったが、見つからない", "Not found"), choose("absent", "not_found", t("見つからない", "not found"))),
      button(t("なくなった・撤去", "Removed"), choose("retire", "removed", t("撤去", "removed"))),
      button(t("閉まった", "Closed for good"), choose("retire", "closed", t("閉まった", "closed"))),
      button(t("休んでいる", "Paused"), choose("retire", "paused", t("休止", "paused")))));
}
