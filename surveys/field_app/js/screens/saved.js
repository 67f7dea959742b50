// What was saved: its number, its parts, and where it stands on the way to the office.

import { button } from "../chrome.js";
import { sayTime } from "../clock.js";
import { placeStates, reopen, undoRow } from "../drafts.js";
import { el, figure, fill, refill } from "../dom.js";
import { nameNoticed } from "../form/noticed.js";
import { noticeIn } from "../noticing.js";
import { assemble } from "../paths.js";
import { nameWritten, nothing } from "../places.js";
import { sendState, waitsFor } from "./state.js";
import { inTurn } from "../turns.js";
import { say, t } from "../words.js";

/** @typedef {import("../context").Context} Context */
/** @typedef {import("../types").OutboxRow} OutboxRow */

/** @type {import("../context").Screen} */
export async function drawSaved(context, id) {
  const row = await context.store.outboxRow(id);
  if (!row) {
    context.head({ title: t("もう端末にない", "No longer on this device"), back: "#/" });
    context.foot(button(t("送った記録を見る", "See what was sent"), "#/send"));
    fill(context.main, nothing(t("この記録は、端末にはもうない。事務所に送ったものは「送る・受け取り」で番号が見られる。", "This record is no longer here. What was sent is listed under “Sending and receipts”.")));
    return undefined;
  }
  const next = await nextPlace(context);
  context.head({ title: t("保存した", "Saved"), back: "#/" });
  // What was said of the walk has no form: it is taken back, or corrected in the office.
  context.foot(row.submission.type === "walk" ? null : button(t("直す", "Correct"), async () => {
    if (!context.pack) { return; }
    const draft = await reopen(context.store, id, context.pack);
    context.go(`#/draft/${encodeURIComponent(draft.id)}`);
  }), next ? button(t("次の所へ", "Next place"), `#/site/${encodeURIComponent(next)}`, { class: "full" })
    : button(t("一覧へ", "To the list"), "#/", { class: "full" }));
  const place = el("div", { class: "whole" });
  fill(context.main, place);
  const redraw = inTurn(async () => { const now = await context.store.outboxRow(id); if (now) { drawRow(context, place, now); } });
  drawRow(context, place, row);
  const stops = [context.store.onChange(() => { redraw(); }), context.sender.onChange(() => { redraw(); })];
  return () => stops.forEach((stop) => stop());
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
  const head = (/** @type {string} */ name, /** @type {(Node | string)[]} */ ...value) => el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, ...value));
  const counts = type ? type.fields.filter((one) => one.kind === "items").map((one) => {
    const items = assemble(type, submission.patch)[one.id];
    return Array.isArray(items) && items.length ? head(say(one.words), `${items.length}${say(one.item?.counter)}`) : null;
  }) : [];
  const undo = row.state === "waiting" && submission.kind !== "visit" ? el("button", { type: "button", class: "text-button", onclick: async () => {
    if (await undoRow(context.store, row.id)) { context.tell(t("取り消した", "Undone")); context.go("#/"); }
    else { context.tell(t("もう送り始めたので、取り消せない。「直す」で直せる。", "Already being sent: use “Correct”.")); }
  } }, t("取り消す", "Undo")) : null;
  refill(place, el("div", { class: "card good done" }, figure("check", 44),
    el("b", {}, t("この端末に保存した", "Kept on this device")), el("span", {}, nameWritten(submission, context))),
  el("table", { class: "facts" }, el("tbody", {},
    head(t("受付", "Number"), row.label), head(t("時刻", "Time"), `${submission.on} ${sayTime(submission.made_at)}`),
    counts, head(t("写真", "Photos"), t(`${submission.photos.length}枚`, String(submission.photos.length))),
    submission.position ? head(t("場所", "Place"), sayPosition(submission.position)) : null,
    head(t("送信", "Sending"), sendState(row, context.sender.state())))),
  noticedCard(row, type),
  row.said && row.state === "refused" ? el("p", { class: "card warn" }, say(row.said)) : null,
  row.state === "waiting" || row.state === "trying" ? el("p", { class: "card" }, t("アプリを閉じても消えない。", "It stays when the app is closed. "), waitsFor(context.sender.state()),
    t("送り終わると、ここが「送った」に変わる。", " When it has been sent, this says so.")) : null, undo);
}

/** What of it the office will ask about. @param {OutboxRow} row @param {import("../types").RecordType | undefined} type */
function noticedCard({ submission }, type) {
  const found = noticeIn(submission.type, submission.patch);
  if (found.size === 0) { return null; }
  return el("div", { class: "card warn", "data-key": "noticed" },
    el("b", {}, t("だれのことか分かりそうな所がある", "It may tell who somebody is")),
    [...found].map(([path, some]) => el("p", {},
      `${say(type?.fields.find((one) => one.id === path)?.words)}${t("：", ": ")}${nameNoticed(some)}`)),
    el("p", {}, t("送ったあと、残すわけを事務所で聞く。書き直すなら「直す」から。", "Once it is sent, the office will ask why it stays. To change it, press “Correct”.")));
}

/** @param {import("../types").Position} at */
function sayPosition(at) {
  return at.by === "hand" ? t("地図を押して決めた", "Set by hand on the map")
    : t(`今いる所から（${at.count}回の平均・半径${Math.round(at.accuracy_m)}m）`, `mean of ${at.count}, within ${Math.round(at.accuracy_m)} m`);
}
