// Today's places: in walking order where there is a walk, else the nearest first.

import { button } from "../chrome.js";
import { nowIso, todayInJapan } from "../clock.js";
import { placeStates } from "../drafts.js";
import { el, figure, fill, refill } from "../dom.js";
import { setOpened } from "../opened.js";
import { packAge } from "../pack.js";
import { logPart, writtenLogs } from "./log.js";
import { nearPart } from "./near.js";
import { row, sayWhen } from "../places.js";
import { draftsPart, sentPart, unsentPart, addedPart } from "./today.js";
import { inTurn } from "../turns.js";
import { shellReady } from "../shell.js";
import { counted, say, t } from "../words.js";

/** @typedef {import("../context").Context} Context */
/** @typedef {import("../types").PackSite} PackSite */

/** @type {import("../context").Screen} */
export async function drawHome(context) {
  const { pack } = context;
  if (!pack) { return undefined; }
  const places = pack.walk ? pack.walk.places.map((id) => context.site(id)).filter((one) => one !== undefined) : [];
  const town = !pack.walk || context.opened?.view === "town";
  context.head(town ? { title: t("近くの所", "Places near you"), sub: pack.town.name, home: true }
    : { title: sayTitle(context, places.length), sub: pack.walk?.title, home: true });
  context.foot(button(t("地図で見る", "Map"), "#/map", { icon: "map" }),
    button(t("気づいた", "Noticed"), "#/concern"),
    button(t("今いる所で書く", "Write here"), "#/new", { class: "full" }));
  const parts = { drafts: el("div", {}), list: el("div", {}), below: el("div", { class: "below" }) };
  let states = await placeStates(context.store, pack);
  const near = town ? nearPart(context, () => states) : null;
  const redraw = () => { if (near) { near.redraw(); } else { refill(parts.list, walkPart(context, places, states)); } };
  if (near) { fill(parts.list, near.node); }
  const reread = inTurn(async () => {
    states = await placeStates(context.store, pack);
    const [drafts, sent, added, logs] = [await draftsPart(context, places), await sentPart(context), await addedPart(context, places, states, town), await writtenLogs(context)];
    refill(parts.drafts, drafts);
    refill(parts.below, [town ? null : gonePart(context, places, states), added, logs, unsentPart(context), sent]);
    redraw();
  });
  await reread();
  fill(context.main, viewPart(context, town), logPart(context), parts.drafts, parts.list, parts.below, agePart(context));
  context.onHere(redraw);
  const stops = [context.store.onChange(() => { reread(); }), context.sender.onChange(() => { reread(); })];
  return () => stops.forEach((stop) => stop());
}

/** Today's walk, or the day of the nearest. @param {Context} context @param {number} count */
function sayTitle(context, count) {
  const on = context.pack?.walk?.on ?? "";
  if (on === todayInJapan(context.device)) { return t(`きょう歩く所　${count}か所`, `Today's walk: ${counted(count, "place")}`); }
  const day = on ? sayWhen(on, context) : t("日は未定", "no day yet");
  return t(on ? `${day}に歩く所　${count}か所` : `歩く所　${count}か所（${day}）`, `Walk of ${day}: ${counted(count, "place")}`);
}

/** The walk first, the whole town behind the second button. @param {Context} context @param {boolean} town */
function viewPart(context, town) {
  const { walk } = context.pack ?? {};
  if (!walk) { return null; }
  const show = (/** @type {"walk" | "town"} */ view) => async () => {
    await setOpened(context.store, { day: todayInJapan(context.device), walk: walk.id, view });
    await context.reload();
    context.again();
  };
  return el("div", { class: "pick views", role: "group", "aria-label": t("何を見るか", "What is shown") },
    el("button", { type: "button", "aria-pressed": String(!town), onclick: show("walk") }, t("この踏査", "This walk")),
    el("button", { type: "button", "aria-pressed": String(town), onclick: show("town") }, t("街全部", "Whole town")));
}

/** @param {Context} context */
function agePart(context) {
  if (!context.pack) { return null; }
  const age = packAge(context.pack, nowIso(context.device));
  const ready = el("span", {});
  shellReady().then((is) => { if (is) { ready.textContent = t("電波がなくても書ける。", "It works without signal."); } });
  return el("p", { class: "small carried" }, el("span", {}, t("この端末に入れた日：", "Put on this device: "), say(age.words)), ready,
    el("a", { class: "text-button", href: "#/walk" }, t("入れるものをかえる", "Change what is on this device")));
}

/**
 * @param {Context} context @param {PackSite[]} places @param {Map<string, import("../places.js").PlaceState>} states
 */
function walkPart(context, places, states) {
  const of = (/** @type {PackSite} */ site) => states.get(site.id) ?? "none";
  const next = places.find((site) => ["none", "draft"].includes(of(site)));
  const number = new Map(places.map((site, at) => [site.id, at + 1]));
  // What was found closed stands under a heading of its own.
  const listed = places.filter((site) => of(site) !== "absent");
  const head = next
    ? el("section", { class: "upnext", "data-key": "next", "aria-label": t("次の所", "Next place") },
      row(context, next, { state: states.get(next.id), isNext: true, withNeedle: true }))
    : el("div", { class: "card good", "data-key": "done" }, el("p", { class: "line" }, figure("check", 28),
      el("b", {}, places.length ? t("全部見た", "All places are done") : t("一覧に所がない。「今いる所で書く」から書ける", "No places on the list: write where you are"))));
  return [head, el("p", { class: "small counted" }, sayCounts(places.map(of))),
    el("ol", { class: "rows" }, listed.map((site) => el("li", {},
      row(context, site, { state: states.get(site.id), number: number.get(site.id) ?? 0, isNext: site === next }))))];
}

/** Each planned place once. @param {import("../places.js").PlaceState[]} states @returns {string} */
function sayCounts(states) {
  const count = (/** @type {string[]} */ ...of) => states.filter((one) => of.includes(one)).length;
  const [seen, gone, unseen] = [count("seen"), count("absent"), count("unseen")];
  return t(`予定した${states.length}か所のうち ${seen}か所を見た`, `${seen} of ${states.length} planned places seen`)
    + (gone ? t(`・${gone}か所は閉まった・見つからない`, `, ${gone} closed or gone`) : "")
    + (unseen ? t(`・${unseen}か所は見られなかった`, `, ${unseen} could not be seen`) : "");
}

/**
 * What was found closed or not there, planned or not: each once.
 * @param {Context} context @param {PackSite[]} places @param {Map<string, import("../places.js").PlaceState>} states
 */
function gonePart(context, places, states) {
  const planned = places.filter((site) => states.get(site.id) === "absent");
  const known = new Set(places.map((site) => site.id));
  const others = (context.pack?.sites ?? []).filter((site) => !known.has(site.id) && states.get(site.id) === "absent");
  const gone = [...planned, ...others];
  if (gone.length === 0) { return null; }
  return el("section", { "data-key": "gone" }, el("h2", {}, t(`閉まった・見つからない所　${gone.length}か所`, `Closed or not there: ${gone.length}`)),
    el("ul", { class: "rows" }, gone.map((site) => el("li", {}, row(context, site, { state: "absent" })))));
}
