// The place of one thing inside a site, such as one bench of a park, asked for in a dialog.

import { button } from "../chrome.js";
import { el, fill } from "../dom.js";
import { askPlace } from "../placing.js";
import { t } from "../words.js";

/** @typedef {import("../types").Draft} Draft */
/** @typedef {import("../types").Geometry} Geometry */
/** @typedef {import("../types").Json} Json */

/**
 * @param {import("../context").Context} context @param {Draft} draft
 * @param {import("../types").RecordType} type @param {string} path `benches/a1/point`
 * @returns {Promise<number[] | null | undefined>} longitude and latitude, `null` for none, `undefined` to leave it
 */
export function askThingPoint(context, draft, type, path) {
  const { pack } = context;
  if (!pack) { return Promise.resolve(undefined); }
  const before = pointAt(draft, path);
  const at = before ?? middle(draft.place);
  /** @type {number[] | null | undefined} */
  let chosen;
  return new Promise((resolve) => {
    const place = el("div", {});
    const box = el("dialog", { class: "card thing-point", "aria-label": t("場所を決める", "Set the place") }, place);
    /** @type {{remove(): void} | null} */
    let asked = null;
    const leave = (/** @type {boolean} */ keep) => () => { asked?.remove(); box.close(); box.remove(); resolve(keep ? chosen : undefined); };
    fill(box, place, el("div", { class: "buttons" }, button(t("やめる", "Cancel"), leave(false)), button(t("ここにする", "Use this"), leave(true), { class: "full" })));
    box.addEventListener("cancel", leave(false));
    context.main.append(box);
    box.showModal();
    asked = askPlace(place, {
      type: { ...type, shapes: ["point"] }, pack,
      draft: { ...draft, fresh: false, place: at ? { type: "Point", coordinates: at } : null, position: null },
      onChange: (shape) => { chosen = shape?.type === "Point" ? shape.coordinates : null; },
      nearby: () => [],
    });
    chosen = before ?? undefined;
  });
}

/** @param {Draft} draft @param {string} path @returns {number[] | null} */
function pointAt(draft, path) {
  const [key = "", id] = path.split("/");
  const things = draft.answers[key];
  const thing = Array.isArray(things) ? things.find((one) => isThing(one) && one["_id"] === id) : undefined;
  const point = isThing(thing) ? thing["point"] : undefined;
  return Array.isArray(point) ? /** @type {number[]} */ (point) : null;
}

/**
 * @param {Draft} draft @param {string} path @param {number[] | null} point
 * @returns {Draft} a new one, with the thing's point
 */
export function withPoint(draft, path, point) {
  const [key = "", id] = path.split("/");
  const things = draft.answers[key];
  if (!Array.isArray(things)) { return draft; }
  const changed = things.map((one) => {
    if (!isThing(one) || one["_id"] !== id) { return one; }
    const { point: _, ...rest } = one;
    return point ? { ...rest, point } : rest;
  });
  return { ...draft, answers: { ...draft.answers, [key]: changed } };
}

/** @param {Json | undefined} value @returns {value is {[key: string]: Json}} */
function isThing(value) { return typeof value === "object" && value !== null && !Array.isArray(value); }

/** @param {Geometry | null} place @returns {number[] | null} */
function middle(place) { return place?.type === "Point" ? place.coordinates : null; }
