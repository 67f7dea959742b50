// The questions of a site or a thing: those asked first, and the rest behind 「詳しく」.

import { el, fill } from "../dom.js";
import { t } from "../words.js";
import { thingsOf } from "./desk.js";
import { drawQuestion } from "./question.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../types").Field} Field */

// Questions nobody need answer.
const FREE = new Set(["note", "photos", "point", "sites"]);
const TYPED = new Set(["text", "note", "areas", "sites"]);

/**
 * Draw the questions that stand under a path: "" for the site's own, "benches/a1/" for a thing's.
 * @param {Desk} desk @param {Field[]} fields @param {string} at
 * @returns {{ node: HTMLElement, openRest: () => void }}
 */
export function drawQuestions(desk, fields, at) {
  const asked = desk.asked(fields);
  // One stands before the thing with the camera in hand: its photos are not behind a fold.
  const isFirst = (/** @type {Field} */ one) => one.first || (at !== "" && one.kind === "photos");
  const first = asked.filter(isFirst);
  const rest = asked.filter((one) => !isFirst(one));
  const node = el("div", { class: "questions" }, el("div", { class: "grid" }, first.map((one) => drawQuestion(desk, one, at + one.id))));
  if (rest.length === 0) { return { node, openRest: () => undefined }; }
  const memory = at.replace(/[^/]*\/$/, "") || "site";
  const fold = el("div", { class: "rest", id: `rest-${at.replaceAll("/", "-")}`, hidden: true });
  const button = el("button", { type: "button", class: "fold", "aria-expanded": "false", "aria-controls": fold.id });
  const tell = () => {
    const told = rest.filter((one) => desk.value(at + one.id) !== undefined).length;
    const left = rest.length - told;
    fill(button, el("span", { class: "fold-words" }, t(`詳しく（あと ${left} 問）`, `Details (${left} more)`)),
      el("span", { class: "fold-count" }, t(`答えた ${told}／${rest.length}`, `${told} of ${rest.length} answered`)),
      el("span", { class: "fold-arrow", "aria-hidden": "true" }, fold.hidden ? "▼" : "▲"));
    button.setAttribute("aria-expanded", String(!fold.hidden));
  };
  /** @param {boolean} open */
  const turn = (open) => {
    if (open && fold.childElementCount === 0) { fill(fold, drawGroups(desk, rest, at)); }
    fold.hidden = !open;
    desk.memory.setOpened(memory, open);
    tell();
  };
  button.addEventListener("click", () => turn(fold.hidden));
  if (desk.memory.opened(memory)) { turn(true); }
  tell();
  rest.forEach((one) => desk.watch(at + one.id, tell));
  node.append(button, fold);
  return { node, openRest: () => { if (fold.hidden) { turn(true); } } };
}

/** @param {Desk} desk @param {Field[]} rest @param {string} at @returns {HTMLElement[]} */
function drawGroups(desk, rest, at) {
  /** @type {[string, Field[]][]} */
  const groups = [
    [t("ひとつずつ書く物", "Things one by one"), rest.filter((one) => one.kind === "items")],
    [t("選ぶ・はかる", "Choose or measure"), rest.filter((one) => one.kind !== "items" && !TYPED.has(one.kind))],
    [t("文字で書く", "In words"), rest.filter((one) => TYPED.has(one.kind))],
  ];
  return groups.filter(([, fields]) => fields.length > 0).map(([words, fields]) => el("div", { class: "group" },
    el("h3", {}, words), el("div", { class: "grid" }, fields.map((one) => drawQuestion(desk, one, at + one.id)))));
}

/**
 * How many questions asked first have no answer yet, the things' own among them.
 * @param {Desk} desk @param {Field[]} fields @returns {number}
 */
export function countMissing(desk, fields) {
  const asked = desk.asked(fields).filter((one) => one.first && !FREE.has(one.kind));
  const own = asked.filter((one) => isEmpty(desk.value(one.id))).length;
  const inner = desk.asked(fields).flatMap((field) => thingsOf(field.item ? desk.value(field.id) : undefined).map((thing) =>
    (field.item?.fields ?? []).filter((one) => one.first && !FREE.has(one.kind) && isEmpty(thing[one.id])).length));
  return inner.reduce((sum, one) => sum + one, own);
}

/** @param {unknown} value */
function isEmpty(value) { return value === undefined || value === null || value === ""; }
