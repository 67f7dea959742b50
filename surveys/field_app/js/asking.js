// A question with two answers, in a dialog of the page's own.

import { button } from "./chrome.js";
import { el } from "./dom.js";
import { t } from "./words.js";

/**
 * @param {HTMLElement} place @param {string} text
 * @param {{yes?: string, no?: string}} [o] what the button says that does it, and the one that does not
 * @returns {Promise<boolean>}
 */
export function askSure(place, text, { yes = t("捨てる", "Throw away"), no = t("やめる", "Cancel") } = {}) {
  return new Promise((resolve) => {
    const answer = (/** @type {boolean} */ sure) => () => { box.close(); box.remove(); resolve(sure); };
    const box = el("dialog", { class: "card", "aria-label": text }, el("p", {}, text), el("div", { class: "buttons" },
      button(no, answer(false)), button(yes, answer(true), { class: "danger" })));
    box.addEventListener("cancel", answer(false));
    place.append(box);
    box.showModal();
  });
}
