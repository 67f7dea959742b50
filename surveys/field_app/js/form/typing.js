// Writing with a keyboard, a Japanese one too: nothing is saved or drawn anew while it composes.

import { el, fill } from "../dom.js";
import { isWatched } from "../noticing.js";
import { t } from "../words.js";
import { noticedPlace } from "./noticed.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../types").Field} Field */
/** @typedef {import("./choice.js").Body} Body */
/** @typedef {HTMLInputElement | HTMLTextAreaElement} Box */

/**
 * Call `save` at every input, and once a composition has ended.
 * @param {Box} box @param {() => void} save
 */
export function whenTyped(box, save) {
  let composing = false;
  box.addEventListener("compositionstart", () => { composing = true; });
  box.addEventListener("compositionend", () => { composing = false; save(); });
  box.addEventListener("input", (event) => {
    if (!composing && !(event instanceof InputEvent && event.isComposing)) { save(); }
  });
  // Some keyboards leave a composition open when the box loses focus.
  box.addEventListener("blur", () => { composing = false; save(); });
}

/**
 * Enter goes to the next question; the Enter that ends a composition does not.
 * @param {Box} box @param {() => void} [first] done before
 */
export function moveOnByEnter(box, first) {
  box.addEventListener("keydown", (given) => {
    const event = /** @type {KeyboardEvent} */ (given);
    // 229: Safari tells of the Enter that ends a composition only after it.
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) { return; }
    event.preventDefault();
    if (first) { first(); } else { moveOn(box); }
  });
}

/** @param {Element} from */
function moveOn(from) {
  const all = [...(from.closest(".form-view")?.querySelectorAll(".q") ?? [])];
  const next = all.slice(all.indexOf(from.closest(".q") ?? from) + 1).find((one) => one.getClientRects().length > 0);
  const control = next?.querySelector(".q-body :is(button, input, select, textarea)");
  if (control instanceof HTMLElement) { control.focus(); } else if (from instanceof HTMLElement) { from.blur(); }
}

/** @param {string} id @param {Record<string, unknown>} [more] @returns {HTMLInputElement} */
export function lineBox(id, more = {}) {
  return el("input", {
    type: "text", id, class: "box", autocomplete: "off", autocapitalize: "off", autocorrect: "off",
    spellcheck: "false", enterkeyhint: "next", ...more,
  });
}

/**
 * Put a text in a box, unless somebody writes there.
 * @param {Box} box @param {string} text
 */
export function showIn(box, text) {
  if (document.activeElement !== box && box.value !== text) { box.value = text; }
}

/** @param {Desk} desk @param {Field} field @param {string} path @param {string} id @returns {Body} */
export function askText(desk, field, path, id) {
  const box = field.kind === "note" ? noteBox(id) : lineBox(id);
  const now = () => { const value = desk.value(path); return typeof value === "string" ? value : ""; };
  const place = el("div", { class: field.kind === "note" ? "grow" : "lineplace" }, box);
  const grow = () => place.setAttribute("data-text", box.value);
  const noticed = isWatched(desk.o.type.id, path) ? noticedPlace() : null;
  if (noticed) { box.addEventListener("blur", () => noticed.look(box.value, "now")); }
  whenTyped(box, () => {
    grow();
    noticed?.look(box.value);
    if (box.value !== now()) { desk.set(path, box.value === "" ? undefined : box.value); }
  });
  box.addEventListener("input", grow);
  if (field.kind === "text") { moveOnByEnter(box); }
  const refresh = () => {
    showIn(box, now());
    grow();
    noticed?.look(box.value, document.activeElement === box ? "soon" : "now");
  };
  refresh();
  return { nodes: noticed ? [place, noticed.node] : [place], refresh, control: id };
}

/** @param {string} id @returns {HTMLTextAreaElement} */
function noteBox(id) {
  return el("textarea", { id, class: "box", rows: 3, autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false" });
}

/**
 * Names as chips, with one more written by hand.
 * @param {Desk} desk @param {string} path @param {string} id
 * @param {{ button: HTMLButtonElement, refresh: () => void } | null} unknown
 * @returns {Body}
 */
export function askNames(desk, path, id, unknown) {
  const box = lineBox(id, { enterkeyhint: "done" });
  const chips = el("ul", { class: "names" });
  const now = () => { const value = desk.value(path); return Array.isArray(value) ? value.map(String) : []; };
  const add = () => {
    const name = box.value.trim();
    box.value = "";
    if (name !== "" && !now().includes(name)) { desk.set(path, [...now(), name]); }
  };
  /** @param {string} name */
  const remove = (name) => {
    const left = now().filter((one) => one !== name);
    desk.set(path, left.length > 0 ? left : undefined);
    box.focus();
  };
  moveOnByEnter(box, add);
  // A name left standing in the box is meant, too.
  box.addEventListener("change", add);
  const refresh = () => {
    fill(chips, now().map((name) => el("li", {}, el("button", {
      type: "button", class: "tag", "aria-label": t(`${name} をはずす`, `Remove ${name}`), onclick: () => remove(name),
    }, name, el("span", { "aria-hidden": "true" }, "×")))));
    chips.hidden = now().length === 0;
    unknown?.refresh();
  };
  refresh();
  const button = el("button", { type: "button", class: "act", onclick: add }, t("たす", "Add"));
  return { nodes: [chips, el("div", { class: "beside" }, box, button, unknown?.button)], refresh, control: id };
}
