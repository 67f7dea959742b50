// What the server or the device's own check finds wrong: at each question, and in sum at the top.

import { el, fill } from "../dom.js";
import { say, t } from "../words.js";
import { thingsOf } from "./desk.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../types").Fault} Fault */

/**
 * The summary of faults, with a way to each.
 * @param {Desk} desk @param {(path: string) => void} go
 * @returns {{ node: HTMLElement, show: (faults: Fault[]) => void }}
 */
export function drawFaults(desk, go) {
  const node = el("div", { class: "faults", role: "alert", hidden: true });
  /** @type {Fault[]} */
  let shown = [];
  const draw = () => {
    node.hidden = shown.length === 0;
    fill(node, shown.length > 0 && el("p", { class: "faults-head" }, t(`直す所が ${shown.length} つあります。書いたことはそのままです。`, `${shown.length} to put right. What you wrote is as it was.`)),
      shown.length > 0 && el("ul", {}, shown.map((one) => el("li", {}, el("button", { type: "button", class: "fault-link", onclick: () => go(one.path) },
        `${nameOf(desk, one.path)}：${say(one.words)}`)))));
  };
  desk.watch("", () => {
    const left = shown.filter((one) => desk.faults.has(one.path));
    if (left.length !== shown.length) { shown = left; draw(); }
  });
  return { node, show: (faults) => { shown = [...faults]; draw(); } };
}

/**
 * What a path is called: 「ベンチ 2・座面の高さ」.
 * @param {Desk} desk @param {string} path @returns {string}
 */
export function nameOf(desk, path) {
  const [key = "", id, inner] = path.split("/");
  const field = desk.o.type.fields.find((one) => one.id === key);
  if (!field) { return key === "place" || key === "" ? t("場所", "Place") : key; }
  if (id === undefined) { return say(field.words); }
  const at = thingsOf(desk.value(key)).findIndex((one) => one["_id"] === id);
  const thing = `${say(field.item?.words ?? field.words)} ${at + 1}`;
  const asked = field.item?.fields.find((one) => one.id === inner);
  return asked ? `${thing}・${say(asked.words)}` : thing;
}
