// Measuring where one stands: some ten seconds of fixes, watched as they come.
import { el, fill } from "./dom.js";
import { averageFixes, judgeFix, sayPosition, watchHere } from "./position.js";
import { say, t } from "./words.js";

/** @typedef {import("./types").Position} Position */

const LONG_MS = 10_000;
const TICK_MS = 250;
const ROUND = 2 * Math.PI * 20;
const SVG = "http://www.w3.org/2000/svg";

/**
 * Measure in a place until the time is over or a person stops it.
 * @param {HTMLElement} place
 * @param {{onDone(position: Position): void, onByHand(): void, onEnd(): void}} o `onDone` gets what
 *   is good enough, or what a person wants all the same; `onEnd` says that the panel has gone.
 * @returns {{remove(): void}}
 */
export function measureHere(place, o) {
  /** @type {import("./position.js").Fix[]} */
  const fixes = [];
  const ring = drawRing();
  const text = el("p", { class: "measuring-text", role: "status" });
  const note = el("p", { class: "measuring-note", role: "alert", hidden: true });
  const buttons = el("div", { class: "placing-buttons" });
  const panel = el("div", { class: "measuring" }, el("div", { class: "measuring-row" }, ring.svg, text), note, buttons);
  fill(place, panel);
  let spent = 0;
  let clock = 0;
  let stop = () => {};

  const remove = () => { clearInterval(clock); stop(); panel.remove(); };
  const leave = () => { remove(); o.onEnd(); };
  const take = (/** @type {Position} */ position) => { leave(); o.onDone(position); };
  const byHand = () => { leave(); o.onByHand(); };
  const tell = (/** @type {string} */ words) => { note.textContent = words; note.hidden = !words; };
  const rest = () => { clearInterval(clock); stop(); };

  const ended = () => {
    rest();
    const found = averageFixes(fixes);
    ring.set(1);
    const level = found ? judgeFix(found.accuracy_m) : null;
    if (found && level?.level !== "bad") { o.onDone(found); }
    text.textContent = found ? say(sayPosition(found)) : t("位置がわからなかった", "No position was found");
    if (level?.words) { tell(say(level.words)); }
    fill(buttons,
      press(t("続ける", "Keep measuring"), begin),
      found && level?.level === "good" ? press(t("これでよい", "Good"), leave, true) : press(t("地図で決める", "Choose on the map"), byHand, true),
      found && level?.level === "caution" ? press(t("これでよい", "Good"), leave) : null,
      found && level?.level === "bad" ? press(t("それでも使う", "Use it all the same"), () => take(found)) : null,
      found ? null : press(t("やめる", "Stop"), leave));
  };

  const show = () => {
    const found = averageFixes(fixes);
    text.textContent = found ? say(sayPosition(found)) : t("位置をさがしている", "Looking for the position");
    ring.set(Math.min(1, spent / LONG_MS));
  };

  function begin() {
    spent = 0;
    tell("");
    fill(buttons, press(t("ここで決める", "Take it now"), ended, true), press(t("やめる", "Stop"), leave));
    show();
    let last = Date.now();
    clock = Number(setInterval(() => {
      const now = Date.now();
      // Time only counts once the receiver speaks: the first fix alone may take half a minute.
      spent += fixes.length ? now - last : 0;
      last = now;
      if (spent >= LONG_MS) { ended(); } else { show(); }
    }, TICK_MS));
    stop = watchHere((position, trouble) => {
      if (position) { fixes.push(position); tell(""); show(); } else if (trouble && !fixes.length) { ended(); tell(say(trouble)); }
    });
  }
  begin();
  return { remove };
}

/** @param {string} text @param {() => void} onclick @param {boolean} [first] */
function press(text, onclick, first = false) {
  return el("button", { type: "button", class: first ? "placing-button placing-first" : "placing-button", onclick }, text);
}

function drawRing() {
  const svg = document.createElementNS(SVG, "svg");
  Object.entries({ viewBox: "0 0 48 48", class: "measuring-ring", "aria-hidden": "true" }).forEach(([key, value]) => svg.setAttribute(key, value));
  const [ground, arc] = ["measuring-ground", "measuring-arc"].map((name) => {
    const circle = document.createElementNS(SVG, "circle");
    Object.entries({ cx: 24, cy: 24, r: 20, class: name, transform: "rotate(-90 24 24)" }).forEach(([key, value]) => circle.setAttribute(key, String(value)));
    return circle;
  });
  svg.append(/** @type {Element} */ (ground), /** @type {Element} */ (arc));
  const set = (/** @type {number} */ share) => arc?.setAttribute("stroke-dasharray", `${(share * ROUND).toFixed(1)} ${ROUND.toFixed(1)}`);
  return { svg, set };
}
