// A number: typed in any width, or stepped by a thumb.

import { el } from "../dom.js";
import { say, t } from "../words.js";
import { writeThousands } from "../written.js";
import { UNKNOWN, unknownButton } from "./choice.js";
import { thingsOf } from "./desk.js";
import { lineBox, moveOnByEnter, showIn, whenTyped } from "./typing.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../types").Field} Field */
/** @typedef {import("../types").Json} Json */
/** @typedef {import("./choice.js").Body} Body */

// What is measured may step by tens and hundreds; what is counted goes one by one.
const MEASURED = new Set(["mm", "cm", "m", "km", "㎡", "円", "%", "％"]);
const COARSEST = 100;
const HOLD_MS = 450;
const REPEAT_MS = 110;

/**
 * The step of a number's buttons: 1 for counts; for measures about a hundredth of the range.
 * @param {Field} field @returns {number}
 */
export function stepOf(field) {
  if (!MEASURED.has(field.unit)) { return 1; }
  const finest = field.decimals > 0 && field.high - field.low <= 100 ? 0.5 : 1;
  const fair = 10 ** Math.floor(Math.log10(Math.max(1, field.high - field.low) / 100));
  return Math.min(COARSEST, Math.max(finest, fair));
}

/**
 * Read a number typed in any width, with or without thousands; `null` where it is none.
 * @param {string} text @returns {number | null}
 */
export function readNumber(text) {
  const plain = text.normalize("NFKC").replace(/[\s,、]/g, "").replace(/[‐‑‒–—―−ー]/g, "-").replace(/。/g, ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

/** @param {Desk} desk @param {Field} field @param {string} path @param {string} id @returns {Body} */
export function askNumber(desk, field, path, id) {
  const box = lineBox(id, { class: "box number-box", inputmode: field.low < 0 ? "text" : "decimal", size: 5 });
  const unknown = field.unknown ? unknownButton(desk, path) : null;
  const shown = () => sayPlain(desk.value(path));
  const take = () => {
    const text = box.value.trim();
    if (text === shown()) { return; }
    const read = readNumber(text);
    if (read !== null && read === desk.value(path)) { return; }
    // What is no number is kept as it was typed: it is told at the question, not lost.
    desk.set(path, text === "" ? (desk.value(path) === UNKNOWN ? UNKNOWN : undefined) : read ?? text);
  };
  whenTyped(box, take);
  box.addEventListener("blur", () => {
    take();
    box.value = shown();
    const words = faultOf(field, desk.value(path));
    if (words) { desk.faults.set(path, words); desk.tell(path); }
  });
  moveOnByEnter(box);
  /** @param {number} way */
  const step = (way) => {
    const value = stepped(field, desk.value(path) ?? lastOf(desk, path), way, desk.value(path) === undefined);
    desk.set(path, value);
    box.value = shown();
  };
  const refresh = () => { showIn(box, shown()); unknown?.refresh(); };
  refresh();
  const value = el("span", { class: "number-value" }, box, el("span", { class: "unit" }, field.unit));
  return {
    nodes: [el("div", { class: "counter" },
      stepButton("−", t("へらす", "Less"), () => step(-1), field), value,
      stepButton("＋", t("ふやす", "More"), () => step(1), field), unknown?.button)],
    refresh, control: id,
  };
}

/**
 * The number after a step. An empty one begins where the last thing's stands, else at the low bound.
 * @param {Field} field @param {Json | undefined} value @param {number} way @param {boolean} begins
 * @returns {number}
 */
export function stepped(field, value, way, begins) {
  if (typeof value !== "number") { return field.low; }
  if (begins) { return value; }
  const by = stepOf(field);
  const on = way > 0 ? Math.floor(value / by + 1e-9) + 1 : Math.ceil(value / by - 1e-9) - 1;
  return Number(Math.min(field.high, Math.max(field.low, on * by)).toFixed(field.decimals));
}

/** What the thing before this one has. @param {Desk} desk @param {string} path @returns {Json | undefined} */
function lastOf(desk, path) {
  const [key = "", id, inner] = path.split("/");
  if (inner === undefined) { return undefined; }
  const all = thingsOf(desk.value(key));
  const before = all.slice(0, all.findIndex((one) => one["_id"] === id));
  return before.map((one) => one[inner]).filter((one) => typeof one === "number").at(-1);
}

/** @param {Json | undefined} value @returns {string} */
function sayPlain(value) {
  return typeof value === "number" || (typeof value === "string" && value !== UNKNOWN) ? String(value) : "";
}

/** @param {Field} field @param {Json | undefined} value @returns {string} */
function faultOf(field, value) {
  if (value === undefined || value === UNKNOWN) { return ""; }
  if (typeof value !== "number") { return t("数で書いてください。", "Write a number."); }
  if (value >= field.low && value <= field.high) { return ""; }
  const [low, high] = [field.low, field.high].map(writeThousands);
  return t(`${low}〜${high}${field.unit} の範囲で書いてください。`, `Write a number from ${low} to ${high} ${field.unit}.`);
}

/**
 * A button that steps at a tap, and on and on while it is held.
 * @param {string} glyph @param {string} words @param {() => void} step @param {Field} field
 */
function stepButton(glyph, words, step, field) {
  let held = 0;
  let repeated = false;
  const stop = () => { window.clearTimeout(held); held = 0; };
  const again = () => { repeated = true; step(); held = window.setTimeout(again, REPEAT_MS); };
  return el("button", {
    type: "button", class: "step", "aria-label": `${say(field.words)} ${words}`,
    onpointerdown: () => { repeated = false; stop(); held = window.setTimeout(again, HOLD_MS); },
    onpointerup: stop, onpointerleave: stop, onpointercancel: stop, onblur: stop,
    oncontextmenu: (/** @type {Event} */ event) => event.preventDefault(),
    onclick: () => { stop(); if (!repeated) { step(); } repeated = false; },
  }, glyph);
}
