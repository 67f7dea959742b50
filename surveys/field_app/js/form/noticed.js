// Under a text that is written: what of it would tell who somebody is, and what to write instead.

import { el, fill } from "../dom.js";
import { insteadOf, notice } from "../noticing.js";
import { say, t } from "../words.js";

/** @typedef {import("../noticing.js").Notice} Notice */

const WAIT_MS = 500;
// Of one kind as many are named; the rest is counted.
const MOST = 5;

/**
 * The place under a box; it forbids nothing.
 * @returns {{ node: HTMLElement, look: (text: string, at?: "soon" | "now") => void }}
 */
export function noticedPlace() {
  const node = el("div", { class: "q-noticed", role: "status" });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  let seen = "";
  /** @param {string} text */
  const now = (text) => {
    if (text === seen) { return; }
    seen = text;
    const lines = sayNoticed(notice(text));
    fill(node, lines.map((one) => el("p", {}, one)), lines.length > 0 ? el("p", { class: "q-note" }, t(
      "このままでも保存できる。そのときは、残すわけを事務所で聞く。", "It can be saved as it is; the office will then ask why it stays.")) : null);
  };
  return {
    node,
    look: (text, at = "soon") => {
      clearTimeout(later);
      if (at === "now") { now(text); } else { later = setTimeout(() => now(text), WAIT_MS); }
    },
  };
}

/** A line for each thing to write instead. @param {Notice[]} found @returns {string[]} */
export function sayNoticed(found) {
  /** @type {Map<string, Set<string>>} */
  const said = new Map();
  for (const one of found) {
    const instead = say(insteadOf(one.kind));
    said.set(instead, (said.get(instead) ?? new Set()).add(one.text));
  }
  return [...said].map(([instead, texts]) => t(`${nameThem(texts)}：${instead}。`, `${nameThem(texts)}: ${instead}.`));
}

/** What is noticed, by its own words alone. @param {Notice[]} found @returns {string} */
export function nameNoticed(found) { return nameThem(new Set(found.map((one) => one.text))); }

/** @param {Set<string>} texts @returns {string} */
function nameThem(texts) {
  const all = [...texts];
  const named = all.slice(0, MOST).map((one) => `「${one}」`).join("");
  return all.length > MOST ? t(`${named}ほか${all.length - MOST}`, `${named} and ${all.length - MOST} more`) : named;
}
