// Before the walk: what is carried along, chosen and fetched while there is signal.

import { button } from "../chrome.js";
import { nowIso, todayInJapan } from "../clock.js";
import { el, figure, fill } from "../dom.js";
import { setOpened } from "../opened.js";
import { downloadPack, packAge } from "../pack.js";
import { shellReady, shellTrouble } from "../shell.js";
import { sayWhen } from "../places.js";
import { counted, say, t } from "../words.js";

/** @typedef {import("../context").Context} Context */

/** @type {import("../context").Screen} */
export async function drawWalk(context) {
  const { pack } = context;
  context.head({ title: pack ? t("この端末に入れるものをかえますか", "Change what is on this device") : t("歩いて調べる用意をする", "Get ready to walk"), back: pack ? "#/" : null, home: true });
  context.foot(pack ? button(t("一覧へ", "To the list"), "#/") : null);
  const trouble = shellTrouble();
  const progress = el("div", { role: "status" });
  const place = el("div", { class: "whole" });
  fill(context.main,
    trouble ? el("p", { class: "card bad", role: "alert" }, say(trouble)) : null,
    pack ? carried(pack, context.device) : firstWords(),
    progress, place);
  const choose = async (/** @type {string | null} */ id) => {
    // A walk the pack holds is open at once; what is newer is fetched where there is signal.
    const held = pack !== null && (id === null || pack.walks.some((one) => one.id === id && one.places));
    if (pack) { await setOpened(context.store, { day: todayInJapan(context.device), walk: id, view: id === null ? "town" : "walk" }); }
    await fetchPack(context, id, progress, held);
  };
  fill(place, choices(context, choose), await installHint());
}

/** What the app is, to whoever opens it first. */
function firstWords() {
  const said = [
    [t("電波のある所で", "With signal"), t("この街の所と地図を、この端末に入れる。", "Put the town's places and its map on this device.")],
    [t("歩きながら", "While walking"), t("電波がなくても、見たことと写真を書きとめる。書いたものはすぐこの端末に残る。", "Write what you see, with photos, even without signal. It is kept here at once.")],
    [t("もどったら", "Back again"), t("自動で事務所に送り、届いた数を確かめる。", "It is sent to the office by itself, and the numbers are compared.")],
  ];
  return el("ol", { class: "card steps-said" }, said.map(([when = "", what = ""]) => el("li", {}, el("b", {}, when), el("span", {}, what))));
}

/** @param {import("../types").Pack} pack @param {import("../types").Device} device */
function carried(pack, device) {
  const age = packAge(pack, nowIso(device));
  return el("div", { class: "card" }, el("h2", {}, t("いまこの端末に入っているもの", "On this device now")),
    el("p", {}, pack.walk ? el("b", {}, pack.walk.title) : el("b", {}, t(`${pack.town.name}の全部`, `All of ${pack.town.name}`)),
      t(`　地点 ${pack.sites.length}か所`, `: ${counted(pack.sites.length, "place")}`),
      pack.total > pack.sites.length ? t(`（街全部では ${pack.total}か所）`, ` (of ${pack.total} in town)`) : ""),
    el("p", { class: "small" }, t("この端末に入れた日：", "Put on this device: "), say(age.words)));
}

/** @param {Context} context @param {(id: string | null) => Promise<void>} choose */
function choices(context, choose) {
  const { pack } = context;
  if (!pack) {
    return el("div", { class: "buttons" }, button(t("この端末に入れる", "Put on this device"), () => choose(null), { class: "full" }));
  }
  return el("section", {}, el("h2", {}, t("どの踏査ですか", "Which walk")),
    el("ul", { class: "rows" },
      pack.walks.map((walk) => el("li", {}, rowButton(
        walk.title || t("名前のない踏査", "A walk without a name"),
        [sayState(walk), walk.on ? sayWhen(walk.on, context) : "", walk.area, t(`${walk.count}か所`, counted(walk.count, "place"))].filter(Boolean).join("・"),
        () => choose(walk.id), walk.id === pack.walk?.id))),
      el("li", {}, rowButton(t("踏査を決めずに歩く", "Walk without a list"), t("街の地点を近い順に見る", "The town's places, nearest first"), () => choose(null), !pack.walk))),
    pack.walks.length ? null : el("p", { class: "small" }, t("踏査は、事務所の「踏査」の画面でつくる。", "Walks are planned on the office's page of walks.")));
}

/** How far the office knows a walk to be. @param {import("../types").WalkChoice} walk @returns {string} */
function sayState(walk) {
  if (!walk.state) { return ""; }
  return { yet: t("まだ", "not begun"), begun: t("途中", "under way"), done: t("おわった", "done"), left: t("見ていない所を残しておわった", "ended with places left") }[walk.state];
}

/** @param {string} name @param {string} sub @param {() => Promise<void>} what @param {boolean} now */
function rowButton(name, sub, what, now) {
  const made = button("", what, { class: "row-button" });
  made.className = "row";
  fill(made, el("span", { class: "what" }, el("span", { class: "name" }, name), el("span", { class: "where" }, sub)),
    now ? el("span", { class: "pill next" }, t("いま", "Now")) : el("span", { class: "pill" }, t("入れる", "Put here")));
  return made;
}

/** @param {Context} context @param {string | null} id @param {HTMLElement} progress @param {boolean} held */
async function fetchPack(context, id, progress, held) {
  const bar = el("progress", { max: 1, value: 0, "aria-label": t("読みこみ", "Loading") });
  const said = el("p", {}, t("地点を読みこんでいる", "Fetching places"));
  fill(progress, el("div", { class: "card" }, said, bar));
  try {
    await downloadPack(context.store, id, (part, share) => {
      said.textContent = part === "map" ? t("地図を読みこんでいる", "Fetching the map") : t("地点を読みこんでいる", "Fetching places");
      bar.value = part === "map" ? 0.3 + 0.7 * share : 0.3 * share;
    });
    await context.reload();
    const ready = await shellReady();
    fill(progress);
    context.tell(ready ? t("用意できた。電波がなくても書ける。", "Ready: it works without signal now.")
      : t("入れた。ただし、電波がないと開けない（下の案内を見る）。", "Fetched, but the app cannot open without signal (see below)."));
    if (id !== null || ready) { context.go("#/"); context.again(); }
  } catch (error) {
    if (held && !navigator.onLine) {
      await context.reload();
      context.tell(t("電波がないので、前に入れた分で開いた", "No signal: opened from what was put here before"));
      context.go("#/");
      return;
    }
    const words = /** @type {{words?: import("../types").Words, status?: number}} */ (error);
    if (!words.words) { console.error(error); }
    fill(progress, el("div", { class: "card bad", role: "alert" },
      el("p", {}, words.words ? say(words.words) : t("読みこめませんでした。電波のある所で、もう一度押してください。前に入れたものは残っています。", "Could not fetch. Try again with signal; what was put here before is still there.")),
      words.status === 401 ? el("a", { class: "button full", href: "/auth/login?next=/field/" }, t("サインインする", "Sign in")) : null));
  }
}

/** How to put the app on the home screen, where it is not there yet. */
async function installHint() {
  if (matchMedia("(display-mode: standalone)").matches) { return null; }
  const apple = /iPad|iPhone|Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1;
  return el("div", { class: "card" }, el("p", { class: "line" }, figure("plus"), el("b", {}, t("ホーム画面に追加する", "Add to the home screen"))),
    el("p", { class: "small" }, apple
      ? t("Safari の共有ボタンから「ホーム画面に追加」を選ぶ。追加しないと、7日使わないあいだに端末が記録を消すことがある。", "In Safari: Share, then Add to Home Screen. Without it the device may erase its records after seven days without use.")
      : t("ブラウザのメニューから「ホーム画面に追加」か「アプリをインストール」を選ぶ。電波がなくても、すぐ開ける。", "In the browser's menu: Add to Home screen, or Install app.")));
}
