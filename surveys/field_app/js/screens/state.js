// Where a record stands on the way to the office, in the same words on every screen.

import { el, figure } from "../dom.js";
import { counted, t } from "../words.js";

/** @typedef {import("../send.js").SenderState} SenderState */

/** @param {SenderState} state @returns {string} */
export function sayUnsent(state) {
  return t(`送っていない　記録 ${state.records}件・写真 ${state.photos}枚`, `Unsent: ${counted(state.records, "record")}, ${counted(state.photos, "photo")}`);
}

/** What sending waits for. @param {SenderState} state @returns {string} */
export function waitsFor(state) {
  if (state.phase === "signin") { return t("サインインすると送る。", "Sent once you sign in."); }
  if (state.phase === "sending") { return t("いま送っている。", "Being sent now."); }
  return isOffline(state) ? t("電波が入ると、自動で送る。", "Sent by itself when there is signal.") : t("もうすぐ、自動で送る。", "Sent by itself in a moment.");
}

/** @param {SenderState} state */
function isOffline(state) { return state.phase === "offline" || !navigator.onLine; }

/** @param {import("../types").OutboxRow} row @param {SenderState} state */
export function sendState(row, state) {
  const [name, words] = stateOf(row, state);
  return el("span", { class: `line state state-${name}` }, figure(name), el("span", {}, words));
}

/** @param {import("../types").OutboxRow} row @param {SenderState} state @returns {["check" | "warn" | "clock", string]} */
function stateOf(row, state) {
  switch (row.state) {
    case "kept": return ["check", row.answer?.conflicts.length
      ? t("送った（ほかの人の記録とちがう所があり、事務所で決める）", "Sent (differs from another's record; the office decides)") : t("送った", "Sent")];
    case "held": return ["check", t("送った（事務所で確かめてから記録になる）", "Sent (the office checks it first)")];
    case "refused": return ["warn", t("送れなかった。記録はこの端末にある", "Not taken; kept on this device")];
    default: break;
  }
  if (state.phase === "signin") { return ["clock", t("サインインを待っている", "Waiting for you to sign in")]; }
  if (isOffline(state)) { return ["clock", t("電波を待っている", "Waiting for signal")]; }
  return ["clock", state.phase === "sending" ? t("送っている", "Being sent") : t("もうすぐ送る", "Sent in a moment")];
}
