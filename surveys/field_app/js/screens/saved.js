// What was saved: its number, its parts, and where it stands on the way to the office.

import { button } from "../chrome.js";
import { sayTime } from "../clock.js";
import { placeStates, reopen, undoRow } from "../drafts.js";
import { el, figure, fill } from "../dom.js";
import { assemble } from "../paths.js";
import { say, t } from "../words.js";

/** @typedef {import("../context").Context} Context */
/** @typedef {import("../types").OutboxRow} OutboxRow */

/** @type {import("../context").Screen} */
export async function drawSaved(context, id) {
  const row = await context.store.outboxRow(id);
  if (!row) {
    context.head({ title: t("もう端末にない", "No longer on this device"), back: "#/" });
    context.foot(button(t("送った記録を見る", "See what was sent"), "#/send"));
    fill(context.main, el("p", {}, t("この記録は事務所が受け取り、端末からは消した。", "The office has it; it was erased here.")));
    return undefined;
  }
  const next = await nextPlace(context);
  context.head({ title: t("保存した", "Saved"), back: "#/" });
  context.foot(button(t("直す", "Correct"), async () => {
    if (!context.pack) { return; }
    const draft = await reopen(context.store, id, context.pack);
    context.go(`#/draft/${encodeURIComponent(draft.id)}`);
  }), next ? button(t("次の所へ", "Next place"), `#/site/${encodeURIComponent(next)}`, { class: "full" })
    : button(t("一覧へ", "To the list"), "#/", { class: "full" }));
  const place = el("div", {});
  fill(context.main, place);
  const redraw = async () => { const now = await context.store.outboxRow(id); if (now) { drawRow(context, place, now); } };
  drawRow(context, place, row);
  return context.store.onChange(() => { redraw(); });
}

/** @param {Context} context */
async function nextPlace(context) {
  if (!context.pack?.walk) { return null; }
  const states = await placeStates(context.store, context.pack);
  return context.pack.walk.places.find((id) => context.site(id) && ["none", "draft"].includes(states.get(id) ?? "none")) ?? null;
}

/** @param {Context} context @param {HTMLElement} place @param {OutboxRow} row */
function drawRow(context, place, row) {
  const { submission } = row;
  const type = context.type(submission.type);
  const head = (/** @type {string} */ name, /** @type {(Node | string)[]} */ ...value) => el("tr", {}, el("th", {}, name), el("td", {}, ...value));
  const counts = type ? type.fields.filter((one) => one.kind === "items").map((one) => {
    const items = assemble(type, submission.patch)[one.id];
    return Array.isArray(items) && items.length ? head(say(one.words), `${items.length}${say(one.item?.counter)}`) : null;
  }) : [];
  const undo = row.state === "waiting" && submission.kind !== "visit" ? el("button", { type: "button", class: "text-button", onclick: async () => {
    if (await undoRow(context.store, row.id)) { context.tell(t("取り消した", "Undone")); context.go("#/"); }
    else { context.tell(t("もう送り始めたので、取り消せない。「直す」で直せる。", "Already being sent: use “Correct”.")); }
  } }, t("取り消す", "Undo")) : null;
  fill(place, el("div", { class: "card good done" }, figure("check", 44),
    el("b", {}, t("この端末に保存した", "Kept on this device")), el("span", {}, submission.title || say(type?.sheet))),
  el("table", { class: "facts" }, el("tbody", {},
    head(t("受付", "Number"), row.label), head(t("時刻", "Time"), `${submission.on} ${sayTime(submission.made_at)}`),
    counts, head(t("写真", "Photos"), t(`${submission.photos.length}枚`, String(submission.photos.length))),
    submission.position ? head(t("場所", "Place"), sayPosition(submission.position)) : null,
    head(t("送信", "Sending"), sendState(row)))),
  row.said && row.state === "refused" ? el("p", { class: "card warn" }, say(row.said)) : null,
  el("p", { class: "card" }, t("アプリを閉じても消えない。送り終わると、ここが「送った」に変わる。", "It stays when the app is closed. When it has been sent, this says so.")), undo);
}

/** @param {import("../types").Position} at */
function sayPosition(at) {
  return at.by === "hand" ? t("地図で手入力", "By hand on the map")
    : t(`${at.count}回の平均・半径${Math.round(at.accuracy_m)}m`, `mean of ${at.count}, within ${Math.round(at.accuracy_m)} m`);
}

/** @param {OutboxRow} row */
export function sendState(row) {
  switch (row.state) {
    case "kept": return el("span", { class: "line" }, figure("check"), row.answer?.conflicts.length
      ? t("送った（ほかの人の記録とちがう所があり、事務所で決める）", "Sent (differs from another's record; the office decides)") : t("送った", "Sent"));
    case "held": return el("span", { class: "line" }, figure("check"), t("送った（事務所で確かめてから記録になる）", "Sent (the office checks it first)"));
    case "refused": return el("span", { class: "line" }, figure("warn"), t("送れなかった。記録はこの端末にある", "Not taken; kept on this device"));
    case "trying": return el("span", { class: "line" }, figure("clock"), t("送っている・電波を待っている", "Being sent, or waiting for signal"));
    default: return el("span", { class: "line" }, figure("clock"), t("電波を待っている", "Waiting for signal"));
  }
}
