// A day, a month or a time of day, with the era in words beneath.

import { parseDate, sayDate } from "../dates.js";
import { el } from "../dom.js";
import { shown } from "../marks.js";
import { sayAnswer } from "../say.js";
import { InputFault } from "../text.js";
import { lang, say as sayWords, t } from "../words.js";
import { UNKNOWN, unknownButton } from "./choice.js";
import { lineBox, moveOnByEnter, whenTyped } from "./typing.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../types").Field} Field */
/** @typedef {import("./choice.js").Body} Body */

const FIRST_YEAR = 1873;
const YEARS_AHEAD = 5;
const ERAS = /** @type {const} */ ([["令和", 2019], ["平成", 1989], ["昭和", 1926], ["大正", 1912], ["明治", 1868]]);

/** @param {Desk} desk @param {Field} field @param {string} path @param {string} id @returns {Body} */
export function askWhen(desk, field, path, id) {
  const unknown = field.unknown ? unknownButton(desk, path) : null;
  const said = el("p", { class: "said", "aria-live": "polite" });
  const now = () => { const value = desk.value(path); return typeof value === "string" && value !== UNKNOWN ? value : ""; };
  /** What is wrong, else the day in words. @param {string} fault */
  function say(fault) { said.textContent = fault || (now() === "" ? "" : shown(trySay(field, now()))); }
  /** @param {string} text */
  const set = (text) => { if (text !== now()) { desk.set(path, text || undefined); } };
  const drawn = field.kind === "month" ? monthBoxes(id, now, set) : field.kind === "date" ? dayBoxes(id, now, set, say) : nativeBox(field.kind, id, now, set);
  const refresh = () => {
    drawn.refresh();
    unknown?.refresh();
    say("");
  };
  refresh();
  return { nodes: [el("div", { class: "beside" }, drawn.nodes, unknown?.button), said], refresh, control: id };
}

/** A value some older form wrote wrongly is shown as it is. @param {Field} field @param {string} value @returns {string} */
function trySay(field, value) {
  try { return sayAnswer(field, value); } catch { return value; }
}

/**
 * A day as people write it (令和8年11月21日, R8.11.21, 2026-11-21), and a calendar to choose it from.
 * @param {string} id @param {() => string} now @param {(text: string) => void} set @param {(fault: string) => void} say
 */
function dayBoxes(id, now, set, say) {
  const box = lineBox(id, { class: "box when", placeholder: t("令和8年11月21日", "2026-11-21") });
  const calendar = el("input", { type: "date", class: "box calendar", min: "1873-01-01", max: "2100-12-31", "aria-label": t("カレンダーから選ぶ", "Choose from a calendar") });
  const read = (/** @type {boolean} */ whole) => {
    if (box.value.trim() === "") { set(""); return; }
    try {
      set(parseDate(box.value));
      say("");
    } catch (error) {
      // Half a day is none yet: what stood there before stays until it is whole or emptied.
      if (whole && error instanceof InputFault) { say(shown(sayWords(error.words))); }
    }
  };
  const write = () => { box.value = now() === "" ? "" : sayDay(now()); };
  whenTyped(box, () => read(false));
  box.addEventListener("change", () => {
    read(true);
    if (now() !== "" && canRead(box.value)) { write(); }
  });
  moveOnByEnter(box);
  calendar.addEventListener("change", () => { if (calendar.value !== "") { set(calendar.value); write(); } });
  const refresh = () => {
    calendar.value = now();
    if (document.activeElement !== box && canRead(box.value || now())) { write(); }
  };
  return { nodes: [box, calendar], refresh };
}

/** @param {string} text @returns {boolean} */
function canRead(text) {
  try { return parseDate(text) !== ""; } catch { return false; }
}

/** As it can be read again: by era in Japanese. @param {string} day @returns {string} */
function sayDay(day) {
  try { return lang() === "ja" ? sayDate(parseDate(day), "ja") : parseDate(day); } catch { return day; }
}

/**
 * @param {string} kind @param {string} id @param {() => string} now @param {(text: string) => void} set
 */
function nativeBox(kind, id, now, set) {
  const box = el("input", { type: kind, id, class: "box when" });
  // A day half typed has no value: what stood there before stays until it is whole or emptied.
  const take = () => { if (box.value !== "" || !box.validity.badInput) { set(box.value); } };
  box.addEventListener("input", take);
  box.addEventListener("change", take);
  const refresh = () => { if (document.activeElement !== box && box.value !== now()) { box.value = now(); } };
  return { nodes: [box], refresh };
}

/** @param {string} id @param {() => string} now @param {(text: string) => void} set */
function monthBoxes(id, now, set) {
  const last = new Date().getFullYear() + YEARS_AHEAD;
  const years = Array.from({ length: last - FIRST_YEAR + 1 }, (_, back) => String(last - back));
  const year = el("select", { id, class: "box when" }, option("", t("年", "Year")), years.map((one) => option(one, sayYear(Number(one)))));
  const months = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, "0"));
  const month = el("select", { class: "box when", "aria-label": t("月", "Month") },
    option("", t("月なし", "No month")), months.map((one) => option(one, t(`${Number(one)}月`, one))));
  const take = () => set(year.value === "" ? "" : month.value === "" ? year.value : `${year.value}-${month.value}`);
  year.addEventListener("change", take);
  month.addEventListener("change", take);
  const refresh = () => {
    const [y = "", m = ""] = now().split("-");
    keepOption(year, y);
    year.value = y;
    month.value = m;
    month.disabled = y === "";
  };
  return { nodes: [year, month], refresh };
}

/** @param {number} year @returns {string} */
function sayYear(year) {
  if (lang() === "en") { return String(year); }
  const era = ERAS.find(([, first]) => year >= first);
  const of = era ? year - era[1] + 1 : 0;
  return era ? `${era[0]}${of === 1 ? "元" : of}年（${year}）` : String(year);
}

/** @param {string} value @param {string} words @returns {HTMLOptionElement} */
export function option(value, words) { return el("option", { value }, words); }

/**
 * Offer what is chosen already, even where it is not one of those offered.
 * @param {HTMLSelectElement} select @param {string} value
 */
export function keepOption(select, value) {
  if (value !== "" && [...select.options].every((one) => one.value !== value)) { select.append(option(value, value)); }
}
