// One question on the screen: its label, its help, its fault, and the controls of its kind.

import { el, fill } from "../dom.js";
import { shown } from "../marks.js";
import { sayAnswer } from "../say.js";
import { say, t } from "../words.js";
import { askChoice, askChoices, unknownButton } from "./choice.js";
import { askItems } from "./items.js";
import { askNumber } from "./number.js";
import { askPhotos } from "./photos_question.js";
import { askSchedule } from "./schedule_editor.js";
import { askNames, askText } from "./typing.js";
import { askWhen } from "./when.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../types").Field} Field */
/** @typedef {import("./choice.js").Body} Body */

const WIDE = new Set(["note", "schedule", "photos", "items", "choices", "areas", "sites"]);
const MANY = 5;
const GROUPS = new Set(["choice", "choices", "schedule", "photos", "items"]);

/** The id of a path's question in the page. @param {string} path @returns {string} */
export function idOf(path) { return "q-" + path.replaceAll("/", "-"); }

/** @param {Desk} desk @param {Field} field @param {string} path @returns {HTMLElement} */
export function drawQuestion(desk, field, path) {
  const id = idOf(path);
  const fault = el("p", { class: "q-fault", id: `${id}-fault`, hidden: true });
  const body = bodyOf(desk, field, path, `${id}-box`);
  const isGroup = GROUPS.has(field.kind);
  const place = el("div", {
    class: "q-body", role: isGroup ? "group" : null, "aria-labelledby": isGroup ? `${id}-label` : null,
  }, body.nodes);
  const wide = WIDE.has(field.kind) || field.choices.length > MANY;
  const node = el("section", { class: `q k-${field.kind}${wide ? " q-wide" : ""}`, id, "data-path": path, tabindex: -1 },
    drawHead(desk, field, path, body.control), fault, place);
  const described = isGroup ? place : place.querySelector(`#${id}-box`) ?? place;
  const help = field.help ? `${id}-help ` : "";
  const refresh = () => {
    const words = desk.faults.get(path) ?? "";
    fault.textContent = shown(words);
    fault.hidden = words === "";
    node.classList.toggle("q-wrong", words !== "");
    described.setAttribute("aria-describedby", (help + (words ? `${id}-fault` : "")).trim());
    if (!isGroup) { described.setAttribute("aria-invalid", String(words !== "")); }
  };
  refresh();
  desk.watch(path, () => { body.refresh(); refresh(); });
  return node;
}

/** @param {Desk} desk @param {Field} field @param {string} path @param {string} control */
function drawHead(desk, field, path, control) {
  const id = idOf(path);
  const words = say(field.words);
  const label = control && field.kind !== "items"
    ? el("label", { class: "q-label", id: `${id}-label`, for: control }, words)
    : el("span", { class: "q-label", id: `${id}-label` }, words);
  const count = el("span", { class: "q-count" });
  if (field.kind === "items" || field.kind === "photos") {
    const tell = () => {
      const value = desk.value(path);
      fill(count, Array.isArray(value) && value.length > 0 ? sayAnswer(field, value) : "");
    };
    tell();
    desk.watch(path, tell);
  }
  const head = el("div", { class: "q-head" }, label, count);
  if (!field.help) { return head; }
  const help = el("p", { class: "q-help", id: `${id}-help`, hidden: true }, say(field.help));
  const button = el("button", {
    type: "button", class: "q-ask", "aria-expanded": "false", "aria-controls": help.id, "aria-label": t(`${words} の書き方`, `How to answer: ${words}`),
    onclick: () => { help.hidden = !help.hidden; button.setAttribute("aria-expanded", String(!help.hidden)); },
  }, el("span", { "aria-hidden": "true" }, "？"));
  return el("div", { class: "q-top" }, el("div", { class: "q-headrow" }, head, button), help);
}

/** @param {Desk} desk @param {Field} field @param {string} path @param {string} id @returns {Body} */
function bodyOf(desk, field, path, id) {
  switch (field.kind) {
    case "choice": return askChoice(desk, field, path);
    case "choices": return askChoices(desk, field, path);
    case "number": return askNumber(desk, field, path, id);
    case "text": case "note": return askText(desk, field, path, id);
    case "date": case "month": case "time": return askWhen(desk, field, path, id);
    case "schedule": return askSchedule(desk, field, path);
    case "areas": return askNames(desk, path, id, field.unknown ? unknownButton(desk, path) : null);
    case "sites": return showSites(desk, path);
    case "photos": return askPhotos(desk, path, id);
    case "point": return askPoint(desk, path);
    case "items": return askItems(desk, field, path);
  }
}

/** @param {Desk} desk @param {string} path @returns {Body} */
function showSites(desk, path) {
  const list = el("ul", { class: "listed" });
  const refresh = () => {
    const value = desk.value(path);
    const names = Array.isArray(value) ? value.map((one) => desk.o.titles?.[String(one)] ?? String(one)) : [];
    fill(list, names.length > 0 ? names.map((one) => el("li", {}, one)) : el("li", {}, t("事務所の画面で選ぶ", "Chosen in the office")));
  };
  refresh();
  return { nodes: [list], refresh, control: "" };
}

/** @param {Desk} desk @param {string} path @returns {Body} */
function askPoint(desk, path) {
  const words = el("span", { class: "said" });
  const button = el("button", { type: "button", class: "act whole", onclick: () => desk.o.onOpen(path) });
  const refresh = () => {
    const has = Array.isArray(desk.value(path));
    words.textContent = has ? t("地図に置いた", "On the map") : "";
    button.textContent = has ? t("場所を直す", "Change the place") : t("場所を決める（現在地・地図）", "Set the place (here, map)");
  };
  refresh();
  return { nodes: [el("div", { class: "beside" }, button, words)], refresh, control: "" };
}
