// 「はずした［もどす］」: what was just taken away can be brought back until something else happens.

import { el, fill } from "../dom.js";
import { t } from "../words.js";

/**
 * @param {import("./desk.js").Desk} desk @param {string} path the list it was taken from
 * @returns {{ node: HTMLElement, refresh: () => void, focus: () => void }}
 */
export function drawUndo(desk, path) {
  const node = el("div", { class: "undo", role: "status" });
  /** @type {{ words: string, back: () => void | Promise<void> } | undefined} */
  let drawn;
  const back = () => {
    const was = desk.undo.get(path);
    desk.undo.delete(path);
    was?.back();
  };
  const refresh = () => {
    const now = desk.undo.get(path);
    if (now === drawn) { return; }
    drawn = now;
    fill(node, now && el("span", {}, now.words), now && el("button", { type: "button", class: "act", onclick: back }, t("もどす", "Bring back")));
  };
  refresh();
  return { node, refresh, focus: () => node.querySelector("button")?.focus() };
}
