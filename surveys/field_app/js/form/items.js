// The things inside a site: a card each, one more at a tap, one like the last, none, or not known.

import { el, fill, sign } from "../dom.js";
import { newId } from "../ids.js";
import { sayAnswer } from "../say.js";
import { lang, say, t } from "../words.js";
import { UNKNOWN, pickButton, sayUnknown } from "./choice.js";
import { thingsOf } from "./desk.js";
import { drawUndo } from "./undo.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./desk.js").Thing} Thing */
/** @typedef {import("../types").Field} Field */
/** @typedef {import("../types").Item} Item */
/** @typedef {import("./choice.js").Body} Body */

const MOST = 200;
const ID_LENGTH = 10;
const OWN_KINDS = new Set(["point", "photos", "note"]);
const SUMMARY = 4;

/** @param {Desk} desk @param {Field} field @param {string} path @returns {Body} */
export function askItems(desk, field, path) {
  const item = field.item;
  if (!item) { return { nodes: [], refresh: () => undefined, control: "" }; }
  const cards = el("div", { class: "cards" });
  const undo = drawUndo(desk, path);
  const none = pickButton(t("なし", "None"), () => desk.set(path, isNone() ? undefined : []));
  const unknown = pickButton(sayUnknown(), () => desk.set(path, desk.value(path) === UNKNOWN ? undefined : UNKNOWN));
  const isNone = () => { const value = desk.value(path); return Array.isArray(value) && value.length === 0; };
  const state = el("div", { class: "picks joined n2 w2" }, none, field.unknown && unknown);
  const more = drawMore(desk, field, item);
  const refresh = () => {
    const things = thingsOf(desk.value(path));
    fill(cards, things.map((one, at) => drawCard(desk, field, item, one, at)));
    state.hidden = things.length > 0;
    none.setAttribute("aria-pressed", String(isNone()));
    unknown.setAttribute("aria-pressed", String(desk.value(path) === UNKNOWN));
    more.refresh();
    undo.refresh();
  };
  refresh();
  return { nodes: [cards, undo.node, more.node, state], refresh, control: "" };
}

/**
 * The buttons that add one more, and one like the last.
 * @param {Desk} desk @param {Field} field @param {Item} item @param {string} [like] the id of the one to copy; else the last
 * @returns {{ node: HTMLElement, refresh: () => void }}
 */
export function drawMore(desk, field, item, like) {
  const name = say(item.words);
  const counter = item.counter.ja === item.words.ja ? "つ" : item.counter.ja;
  const one = lang() === "ja" ? `${name}を1${counter}たす` : `Add a ${name}`;
  const add = el("button", { type: "button", class: "act", onclick: () => addThing(desk, field) }, `＋ ${one}`);
  const same = el("button", { type: "button", class: "act", onclick: () => addThing(desk, field, copied(desk, field, like)) },
    like === undefined ? t("前と同じものをたす", "Add one like the last") : t("これと同じものをたす", "Add one like this"));
  const refresh = () => {
    const count = thingsOf(desk.value(field.id)).length;
    same.hidden = count === 0;
    add.disabled = count >= MOST;
    same.disabled = count >= MOST;
  };
  refresh();
  return { node: el("div", { class: "more" }, add, same), refresh };
}

/** @param {Desk} desk @param {Field} field @param {string | undefined} like @returns {Thing} */
function copied(desk, field, like) {
  const all = thingsOf(desk.value(field.id));
  const from = all.find((one) => one["_id"] === like) ?? all.at(-1) ?? {};
  const own = new Set((field.item?.fields ?? []).filter((one) => OWN_KINDS.has(one.kind)).map((one) => one.id));
  return Object.fromEntries(Object.entries(from).filter(([key]) => key !== "_id" && !own.has(key)));
}

/** @param {Desk} desk @param {Field} field @param {Thing} [of] */
function addThing(desk, field, of = {}) {
  void desk.settle();
  const value = desk.value(field.id);
  const things = thingsOf(value);
  // One added by mistake and removed again does not come to 「なし」.
  if (things.length === 0) { desk.began.set(field.id, value); }
  const id = newId().slice(0, ID_LENGTH);
  desk.set(field.id, [...things, { _id: id, ...of }]);
  desk.show(`${field.id}/${id}`);
}

/** @param {Desk} desk @param {Field} field @param {string} id */
export function removeThing(desk, field, id) {
  void desk.settle();
  const things = thingsOf(desk.value(field.id));
  const at = things.findIndex((one) => one["_id"] === id);
  const gone = things[at];
  if (!gone) { return; }
  const left = things.filter((one) => one["_id"] !== id);
  let isBack = false;
  const back = () => {
    isBack = true;
    const now = thingsOf(desk.value(field.id));
    desk.set(field.id, [...now.slice(0, at), gone, ...now.slice(at)]);
  };
  for (const inner of (field.item?.fields ?? []).filter((one) => one.kind === "photos")) {
    const path = `${field.id}/${id}/${inner.id}`;
    desk.later.push(async () => { if (!isBack) { await dropAll(desk, path); } });
  }
  desk.set(field.id, left.length > 0 ? left : desk.began.has(field.id) ? desk.began.get(field.id) : []);
  // After the answer: opening the site's page lets go of what could be brought back before.
  desk.show("");
  const name = field.item ? `${say(field.item.words)} ${at + 1}` : "";
  desk.undo.set(field.id, { words: t(`${name} をはずした`, `${name} removed`), back });
  desk.tell(field.id);
}

/** @param {Desk} desk @param {string} path */
async function dropAll(desk, path) {
  const rows = await desk.o.photos.list(path);
  await Promise.all(rows.map((one) => desk.o.photos.drop(one.id, path)));
}

/** @param {Desk} desk @param {Field} field @param {Item} item @param {Thing} one @param {number} at */
function drawCard(desk, field, item, one, at) {
  const path = `${field.id}/${String(one["_id"])}`;
  const told = summaryOf(item, one);
  const marker = desk.o.types.find((type) => type.id === item.marker)?.marker;
  const wrong = [...desk.faults.keys()].some((key) => key.startsWith(path + "/"));
  return el("button", {
    type: "button", class: `thing-card${wrong ? " card-wrong" : ""}`, "data-open": path, onclick: () => desk.show(path),
  }, marker && sign(marker, 34), el("b", { class: "card-number" }, String(at + 1)),
  el("span", { class: told ? "card-words" : "card-words empty" }, told || t("まだ書いていない", "Nothing written yet")),
  el("span", { class: "card-go", "aria-hidden": "true" }, "›"));
}

/** The first answers of a thing in a line. @param {Item} item @param {Thing} one @returns {string} */
function summaryOf(item, one) {
  const asked = [...item.fields.filter((field) => field.first), ...item.fields.filter((field) => !field.first)];
  return asked.filter((field) => one[field.id] !== undefined).slice(0, SUMMARY).map((field) => {
    try {
      const said = sayAnswer(field, one[field.id] ?? null).replaceAll("\n", "／");
      return field.kind === "text" || field.kind === "note" ? said : `${say(field.words)} ${said}`;
    } catch { return say(field.words); }
  }).join(t("・", ", "));
}
