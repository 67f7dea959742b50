// The form of a record, made from its type's declaration alone.

import { el, fill } from "../dom.js";
import { say, t } from "../words.js";
import { Desk, thingsOf } from "./desk.js";
import { drawFaults } from "./faults.js";
import { drawItem } from "./item_view.js";
import { openMemory, scrollerOf } from "./memory.js";
import { idOf } from "./question.js";
import { countMissing, drawQuestions } from "./questions.js";

/** @typedef {import("../types").Draft} Draft */
/** @typedef {import("../types").Fault} Fault */
/** @typedef {import("./desk.js").FormOptions} FormOptions */

/**
 * An open form.
 * @typedef {object} Form
 * @property {(path: string) => void} show opens "" (the site), "benches/a1" (a thing) or a question of either
 * @property {(faults: Fault[]) => void} showFaults
 * @property {() => number} missing how many questions asked first have no answer yet
 * @property {(draft: Draft) => void} setDraft takes in what others changed: the place, a thing's point
 * @property {() => Promise<void>} close lets go of photos that were taken away; call it before finishing
 */

/**
 * Draw a record's form in a place of the page.
 *
 * `onChange` gets a new draft at every answer; the given one is never changed. What the caller
 * changes in the draft meanwhile (its place), it hands back by `setDraft`.
 * @param {HTMLElement} place @param {FormOptions} o @returns {Form}
 */
export function drawForm(place, o) {
  const views = new Views(place, o);
  addEventListener("pagehide", function leave() {
    if (place.isConnected) { views.keepScroll(); } else { removeEventListener("pagehide", leave); }
  });
  return {
    show: (path) => views.show(path),
    showFaults: (faults) => views.showFaults(faults),
    missing: () => countMissing(views.desk, o.type.fields),
    setDraft: (draft) => { views.desk.draft = draft; views.desk.tellAll(); },
    close: () => views.desk.settle(),
  };
}

/** The site's page and, over it, that of one thing. */
class Views {
  /** @param {HTMLElement} place @param {FormOptions} o */
  constructor(place, o) {
    this.place = place;
    this.desk = new Desk(o, openMemory(o.draft.id), (path) => this.show(path));
    this.faults = drawFaults(this.desk, (path) => this.go(path));
    this.questions = drawQuestions(this.desk, o.type.fields, "");
    const map = el("div", { class: "form-place" });
    this.site = el("div", { class: "form-view", "data-view": "" }, map, drawWithheld(this.desk), this.questions.node);
    /** @type {{ path: string, node: HTMLElement, openRest: () => void } | null} */
    this.item = null;
    this.thing = el("div", { class: "form-thing" });
    /** Whether the page stands where its reader left it; before that its place says nothing. */
    this.restored = false;
    this.desk.watch("", () => this.keepScroll());
    fill(place, el("div", { class: "form" }, this.faults.node, this.site, this.thing));
    o.drawPlace(map);
  }

  view() { return this.item?.path ?? ""; }

  keepScroll() {
    if (this.restored && this.place.isConnected) { this.desk.memory.setScroll(this.view(), scrollerOf(this.place).scrollTop); }
  }

  /** @param {string} path */
  show(path) {
    const [key = "", id, inner] = path.split("/");
    const field = this.desk.o.type.fields.find((one) => one.id === key);
    const isThing = field?.item && id !== undefined && thingsOf(this.desk.value(key)).some((one) => one["_id"] === id);
    const to = isThing ? `${key}/${id}` : "";
    const question = isThing ? (inner === undefined ? "" : path) : key;
    if (this.view() !== to) { this.turn(to); } else if (question === "") { this.restore(to); }
    if (question !== "") { this.reach(question); }
  }

  /** Open another page of the form. @param {string} to */
  turn(to) {
    this.keepScroll();
    void this.desk.settle();
    const from = this.view();
    if (this.item) { this.desk.forget(this.item.path); }
    const [key, id = ""] = to.split("/");
    const field = this.desk.o.type.fields.find((one) => one.id === key);
    const drawn = to !== "" && field?.item ? drawItem(this.desk, field, field.item, id) : null;
    this.item = drawn && { path: to, ...drawn };
    fill(this.thing, drawn?.node);
    this.site.hidden = drawn !== null;
    this.desk.setOpen(to);
    const known = this.desk.memory.scroll(to) !== undefined;
    this.restore(to);
    const focus = drawn ? drawn.node.querySelector("h2") : this.site.querySelector(`[data-open="${from}"]`);
    if (focus instanceof HTMLElement) { focus.focus({ preventScroll: drawn !== null || known }); }
  }

  /** @param {string} view */
  restore(view) {
    scrollerOf(this.place).scrollTop = this.desk.memory.scroll(view) ?? 0;
    this.restored = true;
  }

  /** Bring a question of the open page to sight and to the keyboard. @param {string} path */
  reach(path) {
    if (!document.getElementById(idOf(path))) { (this.item ?? this.questions).openRest(); }
    const node = document.getElementById(idOf(path));
    if (!node || !this.place.contains(node)) { return; }
    if (node.closest("[hidden]")) { (this.item ?? this.questions).openRest(); }
    node.scrollIntoView({ block: "center" });
    const control = node.querySelector(".q-body :is(button, input, select, textarea)");
    (control instanceof HTMLElement ? control : node).focus({ preventScroll: true });
  }

  /** Go to a fault's question; the place and what is no question stand at the top. @param {string} path */
  go(path) {
    this.show(path);
    const [key = ""] = path.split("/");
    if (this.desk.o.type.fields.every((one) => one.id !== key)) {
      (this.faults.node.hidden ? this.site : this.faults.node).scrollIntoView({ block: "start" });
    }
  }

  /** @param {Fault[]} faults */
  showFaults(faults) {
    this.desk.faults = new Map(faults.map((one) => [one.path, say(one.words)]));
    this.faults.show(faults);
    this.desk.tellAll();
    const first = faults[0];
    if (first) { this.go(first.path); }
  }
}

/** @param {Desk} desk @returns {HTMLElement | null} */
function drawWithheld(desk) {
  const count = desk.draft.withheld.length;
  return count === 0 ? null : el("p", { class: "q-note" },
    t(`電話番号など ${count}項目は事務所に置いてあり、ここでは聞かない。`, `${count} fields, such as telephone numbers, stay in the office and are not asked here.`));
}
