// Who writes, the language, what is erased, the walk's own track, and what this device is.

import { askSure } from "../asking.js";
import { button } from "../chrome.js";
import { el, fill } from "../dom.js";
import { sayWhen } from "../places.js";
import { dropCarried } from "../leave.js";
import { shellTrouble, shellVersion } from "../shell.js";
import { say, t } from "../words.js";

/** @typedef {import("../context").Context} Context */

const MB = 1_000_000;

/** @param {number} bytes @returns {string} */
function sayBytes(bytes) { return bytes < 1000 * MB ? `${Math.ceil(bytes / MB)}MB` : `${(bytes / MB / 1000).toFixed(1)}GB`; }

/** @type {import("../context").Screen} */
export async function drawSettings(context) {
  context.head({ title: t("設定", "Settings"), back: "#/" });
  context.foot();
  const trouble = shellTrouble();
  const by = el("input", { type: "text", id: "by", value: context.settings.by, maxlength: "100", autocomplete: "off", placeholder: t("生活支援コーディネーター", "community support coordinator") });
  by.addEventListener("change", () => set(context, { by: by.value.trim() }));
  fill(context.main,
    trouble ? el("p", { class: "card bad", role: "alert" }, say(trouble)) : null,
    el("div", { class: "ask" }, el("label", { for: "by" }, t("書く人の役職", "Role of who writes")), by,
      el("p", { class: "small" }, t("名前ではなく役職を書く。記録にのこる。", "A role, not a name; it is kept in the records."))),
    pick(t("ことば / Language", "Language / ことば"), [["ja", "日本語"], ["en", "English"]], context.settings.lang, async (value) => {
      await set(context, { lang: value === "en" ? "en" : "ja" });
      context.again();
    }),
    pick(t("受け取りの後、端末の記録と写真を", "After the receipt, records and photos here are"), [["at_once", t("すぐ消す", "erased at once")], ["after_7_days", t("7日のこす", "kept 7 days")]],
      context.settings.erase, (value) => set(context, { erase: value === "after_7_days" ? "after_7_days" : "at_once" })),
    await trackPart(context), await devicePart(context));
}

/** @param {Context} context @param {Partial<import("../types").Settings>} part */
async function set(context, part) {
  await context.store.setSettings(part);
  await context.reload();
}

/** @param {string} label @param {[string, string][]} options @param {string} now @param {(value: string) => unknown} change */
function pick(label, options, now, change) {
  const made = options.map(([value, text]) => el("button", { type: "button", "aria-pressed": String(value === now), onclick: () => {
    made.forEach((one, at) => one.setAttribute("aria-pressed", String(options[at]?.[0] === value)));
    change(value);
  } }, text));
  return el("div", { class: "ask", role: "group", "aria-label": label }, el("span", { class: "label" }, label), el("div", { class: "pick" }, made));
}

/** @param {Context} context */
async function trackPart(context) {
  const days = await context.store.trackDays();
  return el("section", { class: "ask" },
    pick(t("歩いた跡を記録する", "Record your track"), [["off", t("しない", "No")], ["on", t("する", "Yes")]], context.settings.track ? "on" : "off", async (value) => {
      await set(context, { track: value === "on" });
      if (value === "on") { context.tracker.start(context.walkId()); } else { context.tracker.stop(); }
    }),
    el("p", { class: "small" }, t("ふつうはしない。調査の記録とは別にしまい、いつでも消せる。画面がついているあいだだけ記録する。", "Off unless chosen; kept apart from the records, erased on request; recorded while the screen is on.")),
    days.map((day) => button(t(`${sayWhen(day, context)}の歩いた跡を消す`, `Erase the track of ${sayWhen(day, context)}`), async () => {
      if (!await askSure(context.main, t("この日の歩いた跡を消しますか。サーバーに送ったものも消えます。", "Erase this day's track, on the server too?"), { yes: t("消す", "Erase") })) { return; }
      await context.sender.eraseTrack(day);
      context.tell(t("歩いた跡を消した", "Erased"));
      context.again();
    }, { class: "plain" })));
}

/** @param {Context} context */
async function devicePart(context) {
  const room = await context.store.room();
  const row = (/** @type {string} */ name, /** @type {string} */ value) => el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, value));
  return el("section", {}, el("h2", {}, t("この端末", "This device")), el("table", { class: "facts" }, el("tbody", {},
    row(t("端末の記号", "Device code"), context.device.code || t("まだ（つながるとつく）", "none yet (given once connected)")),
    room ? row(t("しまっている量", "Room used"), t(`${sayBytes(room.used)}（${sayBytes(room.quota)}まで入る）`, `${sayBytes(room.used)} of ${sayBytes(room.quota)}`)) : null,
    room ? row(t("勝手に消されないか", "Safe from clearing"), room.kept ? t("消されない", "yes") : t("消されることがある（ホーム画面に追加すると、たいてい防げる）", "not sure (adding to the home screen mostly helps)")) : null,
    row(t("アプリの版", "App version"), shellVersion().slice(0, 8) || t("まだ入っていない", "not on this device yet")))),
  el("div", { class: "buttons" }, button(t("入れるものをかえる", "Change what is on this device"), "#/walk"), el("a", { class: "button", href: "/sites", target: "_blank", rel: "noopener" }, t("事務所の画面を開く", "Open the office pages")),
    button(t("入れたものを消す", "Erase what was put here"), () => erasePack(context), { class: "plain" }), button(t("サインアウト", "Sign out"), "/auth/logout", { class: "plain" })),
  el("p", { class: "small" }, t("サインアウトすると、この端末に入れたものは消える。書いた記録は、送っていなくても消えない。", "Signing out erases what was put on this device. Records stay, sent or not.")),
  el("p", { class: "small" }, context.pack?.town.credit ?? ""));
}

/** Places, walk and map go; what was written and not yet sent stays. @param {Context} context */
async function erasePack(context) {
  const sure = await askSure(context.main, t("この端末に入れた地点と地図を消しますか。書いた記録は消えません。", "Erase the places and the map from this device? Records stay."), { yes: t("消す", "Erase") });
  if (!sure) { return; }
  await dropCarried(context.store);
  await context.reload();
  context.tell(t("入れたものを消した", "Erased"));
  context.go("#/walk");
}
