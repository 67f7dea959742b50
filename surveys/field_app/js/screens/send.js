// What is unsent, what the office has, and that the two numbers are one.

import { button } from "../chrome.js";
import { dayOf, sayTime } from "../clock.js";
import { el, figure, fill, refill, sign } from "../dom.js";
import { saveUnsent } from "../export.js";
import { nameWritten, sayWhen } from "../places.js";
import { reconciled, sayCounts } from "./receipt.js";
import { sayUnsent, sendState, waitsFor } from "./state.js";
import { inTurn } from "../turns.js";
import { counted, say, t } from "../words.js";

/** @typedef {import("../context").Context} Context */
/** @typedef {import("../types").LogRow} LogRow */

/** @type {import("../context").Screen} */
export async function drawSend(context) {
  context.head({ title: t("送る・受け取り", "Sending and receipts"), back: "#/" });
  context.foot(button(t("今すぐ送る", "Send now"), () => context.sender.sendNow(), { class: "full" }));
  const place = el("div", { class: "whole" });
  fill(context.main, place);
  const redraw = inTurn(async () => {
    const parts = [await unsentPart(context), await receiptsPart(context), await filePart(context)];
    refill(place, statePart(context), parts);
  });
  await redraw();
  const stops = [context.store.onChange(() => { redraw(); }), context.sender.onChange(() => { redraw(); })];
  return () => stops.forEach((stop) => stop());
}

/** @param {Context} context */
function statePart(context) {
  const state = context.sender.state();
  const left = state.records + state.photos;
  const clock = Math.abs(state.clock_off_s) > 600 ? el("p", { class: "card warn" }, t(
    `この端末の時計が、サーバーと${sayOff(state.clock_off_s)}ちがう。設定で直す。記録の日付はサーバーの時計に合わせてある。`,
    `This device's clock differs from the server's by ${sayOff(state.clock_off_s)}. Set it right; records are dated by the server's clock.`)) : null;
  const quota = state.quota && state.phase !== "trouble" ? el("p", { class: "card warn", role: "status", "data-key": "quota" }, say(state.quota)) : null;
  if (state.phase === "signin") {
    return [el("div", { class: "card warn" }, el("p", {}, t("サインインの期限が切れた。記録はこの端末に残っている。サインインすると送る。",
      "You are signed out. Everything is kept on this device and is sent after you sign in.")),
    el("a", { class: "button full", href: "/auth/login?next=/field/%23/send" }, t("サインインする", "Sign in"))), quota, clock];
  }
  if (state.phase === "sending") {
    return [el("div", { class: "card" }, el("p", { role: "status" }, t(`送っている　のこり ${state.records}件・写真 ${state.photos}枚`, `Sending; ${counted(state.records, "record")} and ${counted(state.photos, "photo")} left`)),
      el("progress", { max: Math.max(1, left + state.done), value: state.done, "aria-label": t("送った分", "Sent so far") })), quota, clock];
  }
  const words = state.words ? el("p", {}, say(state.words)) : null;
  if (left === 0) {
    return [el("div", { class: "card good" }, el("p", { class: "line" }, figure("check", 28), el("b", {}, t("送っていないものはない", "Nothing is unsent"))), words), quota, clock];
  }
  return [el("div", { class: `card ${state.phase === "trouble" ? "warn" : ""}` },
    el("p", { class: "line" }, figure("clock", 28), el("b", {}, sayUnsent(state))),
    state.oldest ? el("p", { class: "small" }, t(`いちばん古いものは ${sayWhen(dayOf(state.oldest), context)}`, `The oldest is of ${sayWhen(dayOf(state.oldest), context)}`)) : null,
    words ?? el("p", {}, waitsFor(state), t("アプリを閉じても消えない。", " Nothing is lost when the app is closed."))), quota, clock];
}

/** @param {number} seconds @returns {string} */
function sayOff(seconds) {
  const hours = Math.abs(seconds) / 3600;
  if (hours >= 20) { return t(`約${Math.round(hours / 24)}日`, `about ${Math.round(hours / 24)} day(s)`); }
  return hours >= 1 ? t(`約${Math.round(hours)}時間`, `about ${Math.round(hours)} hours`) : t(`約${Math.round(hours * 60)}分`, `about ${Math.round(hours * 60)} minutes`);
}

/** @param {Context} context */
async function unsentPart(context) {
  const rows = (await context.store.outbox()).filter((one) => !["kept", "held"].includes(one.state));
  if (rows.length === 0) { return null; }
  return el("section", { "data-key": "unsent" }, el("h2", {}, t("まだ送っていない記録", "Not sent yet")),
    el("ul", { class: "rows" }, rows.map((one) => el("li", {}, el("a", { class: "row", href: `#/saved/${encodeURIComponent(one.id)}` },
      signOf(context, one),
      el("span", { class: "what" }, el("span", { class: "name" }, nameWritten(one.submission, context)),
        el("span", { class: "where" }, `${one.label}　${t(`写真${one.submission.photos.length}枚`, counted(one.submission.photos.length, "photo"))}`),
        one.said ? el("span", { class: "small" }, say(one.said)) : null, sendState(one, context.sender.state())))))));
}

/** @param {Context} context @param {import("../types").OutboxRow} row */
function signOf(context, row) {
  const type = context.type(row.submission.type);
  return type ? sign(type.marker, 40) : null;
}

/** @param {Context} context */
async function receiptsPart(context) {
  const days = await context.store.log();
  return el("section", { "data-key": "days" }, el("h2", {}, t("日ごとの受け取り", "Receipts by day")),
    days.length ? days.map((day) => dayPart(day, context)) : el("p", { class: "quiet" }, t("まだ記録はない。", "No records yet.")));
}

/** @param {LogRow} day @param {Context} context */
function dayPart(day, context) {
  const { receipt } = day;
  const same = reconciled(day);
  return el("div", { class: `card ${same ? "good" : "warn"}`, "data-key": day.day }, el("h3", {}, sayWhen(day.day, context)),
    el("p", {}, el("b", {}, sayCounts(day))),
    el("p", { class: "small" }, same && receipt ? t(`事務所が受け取った（${sayTime(receipt.at)} に数を合わせた）`, `The office has them (numbers compared ${sayTime(receipt.at)})`)
      : t("まだ全部は届いていない。端末からは消さない。", "Not all have arrived; nothing is erased here.")),
    askedPart(day),
    receipt?.held.length ? el("p", { class: "small" }, t(`うち${receipt.held.length}件は、事務所で確かめてから記録になる。`, `${receipt.held.length} of them are checked in the office first.`)) : null,
    el("details", {}, el("summary", {}, t("番号を見る", "See the numbers")),
      el("ul", { class: "ids" }, day.records.map((one) => el("li", {}, `${one.label} ${one.title} ${one.id}`))),
      el("ul", { class: "ids" }, day.photos.map((one) => el("li", {}, t(`写真 ${one.slice(0, 16)}…`, `photo ${one.slice(0, 16)}…`))))));
}

/** Those the office asks about, by their numbers. @param {LogRow} day */
function askedPart(day) {
  const asked = day.records.filter((one) => one.noticed).map((one) => one.label);
  return asked.length === 0 ? null : el("p", { class: "small", "data-key": "asked" }, t(
    `うち${asked.length}件（${asked.join("・")}）は、だれのことか分かりそうな所があり、残すわけを事務所で聞く。`,
    `${asked.length} of them (${asked.join(", ")}) may tell who somebody is: the office will ask why it stays.`));
}

/** @param {Context} context */
async function filePart(context) {
  const { records, photos } = context.sender.state();
  if (records + photos + (await context.store.drafts()).length === 0) { return null; }
  return el("section", { class: "card", "data-key": "file" }, el("h2", {}, t("送れないとき", "If sending fails")),
    el("p", { class: "small" }, t("送っていない記録と写真を、ひとつのファイルにできる。事務所の「届いた記録」で読みこむ。", "Unsent records and photos can be saved to one file, and taken in on the office page “From devices”.")),
    button(t("ファイルに保存する", "Save to a file"), async () => {
      const made = await saveUnsent(context.store);
      const url = URL.createObjectURL(made.blob);
      const link = el("a", { href: url, download: made.name });
      context.main.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
      context.tell(t(`記録${made.records}件・写真${made.photos}枚を「${made.name}」に保存した`, `${counted(made.records, "record")} and ${counted(made.photos, "photo")} saved to ${made.name}`));
    }));
}
