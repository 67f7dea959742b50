// One thing alone on the screen: its sign and number, its questions, the one before and the next.

import { el, figure, sign } from "../dom.js";
import { say, t } from "../words.js";
import { capital } from "./choice.js";
import { thingsOf } from "./desk.js";
import { drawMore, removeThing } from "./items.js";
import { drawQuestions } from "./questions.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../types").Field} Field */
/** @typedef {import("../types").Item} Item */

/**
 * @param {Desk} desk @param {Field} field @param {Item} item @param {string} id
 * @returns {{ node: HTMLElement, openRest: () => void }}
 */
export function drawItem(desk, field, item, id) {
  const all = thingsOf(desk.value(field.id));
  const at = all.findIndex((one) => one["_id"] === id);
  const path = `${field.id}/${id}`;
  const marker = desk.o.types.find((type) => type.id === item.marker)?.marker;
  const questions = drawQuestions(desk, item.fields, `${path}/`);
  const back = el("button", { type: "button", class: "act backward", onclick: () => desk.show("") }, figure("back", 22), t("もどる", "Back"));
  const head = el("h2", { class: "item-head", tabindex: -1 }, marker && sign(marker, 40),
    el("span", {}, `${capital(say(item.words))} ${at + 1}`, all.length > 1 && el("small", {}, t(`${all.length}${item.counter.ja}のうち`, `of ${all.length}`))));
  const more = drawMore(desk, field, item, id);
  const off = el("button", { type: "button", class: "act calm whole", onclick: () => removeThing(desk, field, id) },
    t(`この${say(item.words)}をはずす`, `Remove this ${say(item.words)}`));
  const steps = el("div", { class: "steps" },
    stepTo(desk, field, all[at - 1], t("前へ", "Previous")), stepTo(desk, field, all[at + 1], t("次へ", "Next")));
  steps.hidden = all.length < 2;
  const node = el("div", { class: "form-view item-view", "data-view": path },
    el("div", { class: "item-top" }, head, back), questions.node, el("div", { class: "item-foot" }, steps, more.node, off));
  return { node, openRest: questions.openRest };
}

/** @param {Desk} desk @param {Field} field @param {import("./desk.js").Thing | undefined} to @param {string} words */
function stepTo(desk, field, to, words) {
  return el("button", {
    type: "button", class: "act", disabled: to === undefined, onclick: () => { if (to) { desk.show(`${field.id}/${String(to["_id"])}`); } },
  }, words);
}
