// Who writes, asked once: a role the office knows, kept on this device and in every record.

import { button } from "../chrome.js";
import { el, fill } from "../dom.js";
import { t } from "../words.js";

/** @typedef {import("../context").Context} Context */

/** @type {import("../context").Screen} */
export function drawWho(context) {
  context.head({ title: t("だれが書きますか", "Who writes?"), home: true });
  const by = el("input", { type: "text", id: "who", maxlength: "100", autocomplete: "off", placeholder: t("ほかの役職を書く", "another role") });
  by.value = context.settings.by;
  const keep = async (/** @type {string} */ role) => {
    await context.store.setSettings({ by: role.trim(), who: true });
    await context.reload();
    if (role.trim()) { context.tell(t(`「${role.trim()}」として書く`, `Written as ${role.trim()}`)); }
    context.go("#/");
  };
  by.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) { keep(by.value); } });
  context.foot(button(t("書かないではじめる", "Begin without"), () => keep("")),
    button(t("決める", "Choose"), () => { if (by.value.trim()) { return keep(by.value); } by.focus(); return undefined; }, { class: "full" }));
  fill(context.main,
    el("p", {}, t("記録とその履歴に残る。名前ではなく役職を書く。あとで設定でかえられる。", "It stands in every record and its history. Write a role, not a name; it can be changed in the settings.")),
    el("div", { class: "kinds finds roles" }, roles(context).map((role) => button(role, () => keep(role)))),
    el("div", { class: "ask" }, el("label", { for: "who" }, t("ほかの役職", "Another role")), by));
}

/** What the office declared, with the usual one. @param {Context} context @returns {string[]} */
export function roles(context) {
  const known = context.pack?.roles ?? [];
  return [...new Set([...known, t("生活支援コーディネーター", "community support coordinator")])];
}
