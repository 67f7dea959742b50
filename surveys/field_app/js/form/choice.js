// One answer of a few, or several: buttons as wide as the row, and a second tap takes it back.

import { el, fill } from "../dom.js";
import { lang, say, t } from "../words.js";
import { columnsOf } from "./layout.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../types").Field} Field */
/** @typedef {import("../types").Json} Json */
/** @typedef {{ id: string, words: string, hidden?: boolean }} Option */
/**
 * What a kind of question draws: its nodes, how it is drawn anew, and the control its label is
 * for ("" where a group has the label).
 * @typedef {{ nodes: Node[], refresh: () => void, control: string }} Body
 */

export const UNKNOWN = "unknown";

/** @returns {string} */
export function sayUnknown() { return t("不明", "Not known"); }

/** @param {string} text @returns {string} */
export function capital(text) {
  return lang() === "en" ? text.slice(0, 1).toUpperCase() + text.slice(1) : text;
}

/** @param {Field} field @returns {Option[]} */
function optionsOf(field) {
  const own = field.choices.map((one) => ({
    id: one.id, words: capital(say(one.words)), hidden: Boolean(one.hidden),
  }));
  return field.unknown ? [...own, { id: UNKNOWN, words: sayUnknown() }] : own;
}

/** @param {Desk} desk @param {Field} field @param {string} path @returns {Body} */
export function askChoice(desk, field, path) {
  const now = () => desk.value(path);
  return pickers(optionsOf(field), {
    chosen: () => { const value = now(); return typeof value === "string" ? [value] : []; },
    tap: (id) => desk.set(path, now() === id ? undefined : id),
  });
}

/** @param {Desk} desk @param {Field} field @param {string} path @returns {Body} */
export function askChoices(desk, field, path) {
  const chosen = () => {
    const value = desk.value(path);
    return value === UNKNOWN ? [UNKNOWN] : Array.isArray(value) ? value.map(String) : [];
  };
  /** @param {string} id */
  const tap = (id) => {
    const was = chosen();
    if (id === UNKNOWN) { return desk.set(path, was.includes(id) ? undefined : UNKNOWN); }
    const next = was.includes(id) ? was.filter((one) => one !== id) : [...was, id];
    const order = field.choices.map((one) => one.id);
    const kept = next.filter((one) => one !== UNKNOWN).sort((a, b) => order.indexOf(a) - order.indexOf(b));
    desk.set(path, kept.length > 0 ? kept : undefined);
  };
  return pickers(optionsOf(field), { chosen, tap }, "chips");
}

/**
 * @param {Option[]} options
 * @param {{ chosen: () => string[], tap: (id: string) => void }} of
 * @param {string} [kind]
 * @returns {Body}
 */
export function pickers(options, of, kind = "") {
  const offered = options.filter((one) => !one.hidden);
  const place = el("div", { class: `picks ${kind} ${columnsOf(offered.map((one) => one.words))}` });
  place.addEventListener("keydown", moveByArrow);
  let drawn = "";
  const refresh = () => {
    const chosen = of.chosen();
    // An answer the declaration no longer offers is shown, so that it can be seen and taken back.
    const stray = chosen.filter((id) => offered.every((one) => one.id !== id))
      .map((id) => options.find((one) => one.id === id) ?? { id, words: id });
    const all = [...offered, ...stray];
    const key = all.map((one) => one.id).join("\n");
    if (key !== drawn) {
      drawn = key;
      fill(place, all.map((one) => pickButton(one.words, () => of.tap(one.id))));
    }
    [...place.children].forEach((one, at) => one.setAttribute("aria-pressed", String(chosen.includes(all[at]?.id ?? ""))));
  };
  refresh();
  return { nodes: [place], refresh, control: "" };
}

/**
 * @param {string} words @param {() => void} tap @param {string} [more] @returns {HTMLButtonElement}
 */
export function pickButton(words, tap, more = "") {
  return el("button", { type: "button", class: `answer ${more}`.trim(), "aria-pressed": "false", onclick: tap }, words);
}

/**
 * A button 「不明」 beside what can also be written.
 * @param {Desk} desk @param {string} path
 * @returns {{ button: HTMLButtonElement, refresh: () => void }}
 */
export function unknownButton(desk, path) {
  const tap = () => desk.set(path, desk.value(path) === UNKNOWN ? undefined : UNKNOWN);
  const button = pickButton(sayUnknown(), tap, "unknown");
  return { button, refresh: () => button.setAttribute("aria-pressed", String(desk.value(path) === UNKNOWN)) };
}

/** @param {KeyboardEvent} event */
function moveByArrow(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const place = /** @type {HTMLElement} */ (event.currentTarget);
  const all = /** @type {HTMLElement[]} */ ([...place.children]);
  const at = all.indexOf(/** @type {HTMLElement} */ (event.target));
  if (!step || at < 0) { return; }
  event.preventDefault();
  all[(at + step + all.length) % all.length]?.focus();
}
