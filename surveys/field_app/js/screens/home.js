// Today's places: in walking order where there is a walk, else the nearest first.

import { button } from "../chrome.js";
import { nowIso } from "../clock.js";
import { placeStates } from "../drafts.js";
import { el, figure, fill, refill } from "../dom.js";
import { packAge } from "../pack.js";
import { nearPart } from "./near.js";
import { row } from "../places.js";
import { draftsPart, sentPart, unsentPart, addedPart } from "./today.js";
import { inTurn } from "../turns.js";
import { say, t } from "../words.js";

/** @typedef {import("../context").Context} Context */
/** @typedef {import("../types").PackSite} PackSite */

/** @type {import("../context").Screen} */
export async function drawHome(context) {
  const { pack } = context;
  if (!pack) { return undefined; }
  const places = pack.walk ? pack.walk.places.map((id) => context.site(id)).filter((one) => one !== undefined) : [];
  context.head({
    title: pack.walk ? t(`きょう歩く所　${places.length}か所`, `Today's walk: ${places.length} places`) : t("近くの所", "Places near you"),
    sub: pack.walk ? pack.walk.title : pack.town.name, home: true,
  });
  context.foot(button(t("地図で見る", "Map"), "#/map", { icon: "map" }),
    button(t("気づいた", "Noticed"), "#/concern"),
    button(t("今いる所で書く", "Write here"), "#/new", { class: "full" }));
  const parts = { drafts: el("div", {}), list: el("div", {}), below: el("div", { class: "below" }) };
  let states = await placeStates(context.store, pack);
  const near = pack.walk ? null : nearPart(context, () => states);
  const redraw = () => { if (near) { near.redraw(); } else { refill(parts.list, walkPart(context, places, states)); } };
  if (near) { fill(parts.list, near.node); }
  const reread = inTurn(async () => {
    const [drafts, sent, added] = [await draftsPart(context, places), await sentPart(context), await addedPart(context, places)];
    states = await placeStates(context.store, pack);
    refill(parts.drafts, drafts);
    refill(parts.below, [unsentPart(context), sent, added]);
    redraw();
  });
  await reread();
  fill(context.main, parts.drafts, parts.list, parts.below, agePart(context));
  context.onHere(redraw);
  const stops = [context.store.onChange(() => { reread(); }), context.sender.onChange(() => { reread(); })];
  return () => stops.forEach((stop) => stop());
}

/** @param {Context} context */
function agePart(context) {
  if (!context.pack) { return null; }
  const age = packAge(context.pack, nowIso(context.device));
  return el("p", { class: "small carried" }, el("span", {}, t("持ち出した日：", "Taken along: "), say(age.words)),
    el("a", { class: "text-button", href: "#/walk" }, t("持ち出しをかえる", "Change what is carried")));
}

/**
 * @param {Context} context @param {PackSite[]} places @param {Map<string, import("../places.js").PlaceState>} states
 */
function walkPart(context, places, states) {
  const next = places.find((site) => ["none", "draft"].includes(states.get(site.id) ?? "none"));
  const done = places.filter((site) => ["seen", "absent"].includes(states.get(site.id) ?? "none")).length;
  const head = next
    ? el("section", { class: "upnext", "data-key": "next", "aria-label": t("次の所", "Next place") },
      row(context, next, { state: states.get(next.id), isNext: true, withNeedle: true }))
    : el("div", { class: "card good", "data-key": "done" }, el("p", { class: "line" }, figure("check", 28),
      el("b", {}, places.length ? t("ぜんぶ見た", "All places are done") : t("一覧に所がない。「今いる所で書く」から書ける", "No places on the list: write where you are"))));
  return [head, el("p", { class: "small counted" }, t(`${places.length}か所のうち ${done}か所を見た`, `${done} of ${places.length} done`)),
    el("ol", { class: "rows" }, places.map((site, at) => el("li", {},
      row(context, site, { state: states.get(site.id), number: at + 1, isNext: site === next }))))];
}
