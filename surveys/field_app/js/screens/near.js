// The places of the whole town: the nearest first, more at a tap, one of them by its name.

import { el, fill, refill } from "../dom.js";
import { away, nameOf, row } from "../places.js";
import { say, t } from "../words.js";

/** @typedef {import("../context").Context} Context */
/** @typedef {import("../types").PackSite} PackSite */

const FIRST = 12;
const MORE = 30;

/**
 * @param {Context} context
 * @param {() => Map<string, import("../places.js").PlaceState>} states
 * @returns {{node: HTMLElement, redraw: () => void}}
 */
export function nearPart(context, states) {
  const sites = context.pack?.sites ?? [];
  let most = FIRST;
  const said = el("p", { class: "small", role: "status" });
  const list = el("ol", { class: "rows" });
  const more = el("button", { type: "button", class: "button plain", onclick: () => { most += MORE; redraw(); } }, t("もっと見る", "Show more"));
  const box = el("input", { type: "search", id: "seek", class: "seek", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search", oninput: () => { most = FIRST; redraw(); } });
  const redraw = () => {
    const here = context.here();
    const found = sites.filter((site) => fits(context, site, box.value));
    const far = (/** @type {PackSite} */ site) => away(site, here) ?? Infinity;
    const sorted = here ? [...found].sort((one, other) => far(one) - far(other)) : found;
    const none = box.value ? t("その名前の所は、この端末に入れた中にない。", "No place of that name is on this device.") : t("この街の記録はまだない。「今いる所で書く」から始める。", "No records yet: begin with “Write here”.");
    fill(said, found.length === 0 ? none : here ? "" : t("今いる所が分かると、近い順にならぶ。", "Sorted by distance once your position is known."));
    refill(list, sorted.slice(0, most).map((site, at) => el("li", {},
      row(context, site, { state: states().get(site.id), quiet: true, withNeedle: at === 0 }))));
    more.classList.toggle("hidden", found.length <= most);
  };
  const seek = el("div", { class: "ask" }, el("label", { for: "seek" }, t("名前や種類でさがす", "Find by name or kind")), box);
  return { node: el("section", {}, sites.length > FIRST ? seek : null, said, list, more), redraw };
}

/** @param {Context} context @param {PackSite} site @param {string} text @returns {boolean} */
function fits(context, site, text) {
  const asked = plain(text).split(/\s+/).filter(Boolean);
  const told = plain([nameOf(site, context), site.area, say(context.type(site.type)?.words)].join(" "));
  return asked.every((one) => told.includes(one));
}

/** @param {string} text @returns {string} */
function plain(text) { return text.normalize("NFKC").toLowerCase(); }
