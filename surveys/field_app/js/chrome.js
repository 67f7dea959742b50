// What stands round every screen: the head with the network's state, the foot, a short message.

import { el, figure, fill } from "./dom.js";
import { capital } from "./form/choice.js";
import { shown } from "./marks.js";
import { say, t } from "./words.js";

/** @typedef {import("./context").Context} Context */

const LONG_MS = 8000;

/**
 * @param {Context} context
 * @param {HTMLElement} place
 * @param {import("./context").Head} head
 */
export function drawHead(context, place, head) {
  const title = el("h1", { tabindex: "-1" }, capital(head.title));
  // The new screen is said aloud; a screen the finger scrolls keeps its own place.
  title.addEventListener("kayoi:shown", () => title.focus({ preventScroll: true }), { once: true });
  fill(place, el("div", {},
    el("div", { class: "headtop" }, el("a", { class: "chip", href: "#/send", id: "chip" }, el("span", {})),
      el("a", { class: "chip tracking hidden", href: "#/settings", id: "tracking" }, el("span", {}))),
    el("div", { class: "headrow" },
      head.back ? el("a", { class: "icon-button", href: head.back, "aria-label": t("もどる", "Back") }, figure("back", 28)) : null,
      title,
      head.home ? el("a", { class: "icon-button", href: "#/settings", "aria-label": t("設定", "Settings") }, figure("gear", 28)) : null),
    head.sub ? el("p", { class: "headsub", id: "headsub" }, capital(head.sub)) : el("p", { class: "headsub hidden", id: "headsub" })));
  document.title = `${shown(head.title)} ${t("かよいマップ 野外", "Kayoi Map field")}`;
  drawChip(context);
}

/** @param {string} text says, under the title, what was last done */
export function setSub(text) {
  const place = document.getElementById("headsub");
  if (place) {
    place.textContent = shown(text);
    place.classList.toggle("hidden", !text);
  }
}

/** Whether the way walked is being written down, for whoever walks to see. @param {Context} context */
function drawTracking(context) {
  const chip = document.getElementById("tracking");
  const inner = chip?.firstElementChild;
  if (!chip || !inner) { return; }
  const { running, trouble } = context.tracker.state();
  chip.classList.toggle("hidden", !running);
  chip.classList.toggle("bad", trouble !== null);
  const text = trouble ? t("歩いた跡を残せない", "Track not kept") : t("歩いた跡を記録中", "Recording your track");
  chip.setAttribute("aria-label", `${text} ${t("設定を開く", "open the settings")}`);
  fill(inner, el("span", { class: "dot", "aria-hidden": "true" }), text);
}

let heardTracker = false;

/** @param {Context} context */
export function drawChip(context) {
  if (!heardTracker) {
    heardTracker = true;
    context.tracker.onChange(() => drawTracking(context));
  }
  drawTracking(context);
  const chip = document.getElementById("chip");
  const inner = chip?.firstElementChild;
  if (!chip || !inner) { return; }
  const [kind, text] = sayState(context.sender.state());
  chip.className = `chip ${kind}`;
  chip.setAttribute("aria-label", `${text} ${t("送る画面を開く", "open the sending screen")}`);
  fill(inner, text);
}

/** @param {import("./send.js").SenderState} state @returns {[string, string]} */
function sayState(state) {
  const left = state.records > 0 || state.photos > 0
    ? t(`・送っていない ${state.records}件`, ` · ${state.records} unsent`) : "";
  switch (state.phase) {
    case "signin": return ["bad", t("サインインすると送る", "Sign in to send") + left];
    case "trouble": return ["bad", t("送れなかった・この端末に保存", "Not sent · kept on this device") + left];
    // A round that only asks what the office has is no sending to whoever looks.
    case "sending": return left ? ["sending", t("送っている", "Sending") + left] : ["on", t("つながっている", "Connected")];
    case "offline": return ["", t("圏外・この端末に保存", "No signal · kept on this device") + left];
    default: return navigator.onLine ? ["on", t("つながっている", "Connected") + left]
      : ["", t("圏外・この端末に保存", "No signal · kept on this device") + left];
  }
}

/**
 * @param {HTMLElement} place
 * @param {(Node | string | null | false | undefined)[]} children
 */
export function drawFoot(place, children) {
  const there = children.filter(Boolean);
  fill(place, there.length ? el("div", {}, ...children) : null);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * Say something for a few seconds, with a way back where there is one.
 * @param {HTMLElement} place
 * @param {string} text
 * @param {() => Promise<void> | void} [undo]
 */
export function tell(place, text, undo) {
  clearTimeout(timer);
  fill(place, el("div", { class: "toast" }, el("span", {}, text),
    undo ? el("button", { type: "button", onclick: async () => { fill(place); await undo(); } }, t("取り消す", "Undo")) : null));
  timer = setTimeout(() => fill(place), LONG_MS);
}

/**
 * A button, or a link that looks like one.
 * @param {string} text
 * @param {string | (() => unknown)} what an address, or what to do
 * @param {{class?: string, icon?: Parameters<typeof figure>[0], id?: string}} [more]
 * @returns {HTMLElement}
 */
export function button(text, what, more = {}) {
  const inner = [more.icon ? figure(more.icon) : null, el("span", {}, text)];
  const names = `button ${more.class ?? ""}`.trim();
  if (typeof what === "string") { return el("a", { class: names, href: what, id: more.id }, ...inner); }
  const made = el("button", { type: "button", class: names, id: more.id }, ...inner);
  made.addEventListener("click", () => { once(made, what); });
  return made;
}

/**
 * A second press while the first is at work does nothing.
 * @param {HTMLButtonElement} pressed
 * @param {() => unknown} what
 */
async function once(pressed, what) {
  if (pressed.disabled) { return; }
  pressed.disabled = true;
  try {
    await what();
  } catch (error) {
    const words = /** @type {{words?: import("./types").Words}} */ (error).words;
    const place = document.getElementById("told");
    if (place) {
      tell(place, words ? say(words) : t("うまくいきませんでした。書いたものはこの端末に残っています。", "That failed. What you wrote is still on this device."));
    }
    if (!words) { console.error(error); }
  } finally {
    pressed.disabled = false;
  }
}
