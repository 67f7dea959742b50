// Today's places: in walking order where there is a walk, else the nearest first.

import { button } from "../chrome.js";
import { placeStates } from "../drafts.js";
import { el, figure, fill } from "../dom.js";
import { packAge } from "../pack.js";
import { away, row } from "../places.js";
import { say, t } from "../words.js";

/** @typedef {import("../context").Context} Context */
/** @typedef {import("../types").PackSite} PackSite */

const NEAR = 30;

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
  const list = el("div", {});
  const drafts = el("div", {});
  const unsent = el("div", {});
  fill(context.main, el("div", {}, agePart(context)), drafts, list, unsent);
  let states = await placeStates(context.store, pack);
  const redraw = () => fill(list, pack.walk ? walkPart(context, places, states) : nearPart(context, states));
  const reread = async () => {
    states = await placeStates(context.store, pack);
    fill(drafts, await draftsPart(context, places));
    fill(unsent, unsentPart(context), await addedPart(context, places));
    redraw();
  };
  await reread();
  context.onHere(redraw);
  return context.store.onChange(() => { reread(); });
}

/** @param {Context} context */
function agePart(context) {
  if (!context.pack) { return null; }
  const age = packAge(context.pack, Date.now());
  return el("p", { class: "small" }, t("持ち出した日：", "Taken along: "), say(age.words), "　", el("a", { class: "text-button", href: "#/walk" }, t("持ち出しをかえる", "Change what is carried")));
}

/**
 * @param {Context} context @param {PackSite[]} places @param {Map<string, import("../places.js").PlaceState>} states
 */
function walkPart(context, places, states) {
  const next = places.find((site) => ["none", "draft"].includes(states.get(site.id) ?? "none"));
  const done = places.filter((site) => ["seen", "absent"].includes(states.get(site.id) ?? "none")).length;
  const head = next
    ? el("section", { class: "next", "aria-label": t("次の所", "Next place") },
      row(context, next, { state: states.get(next.id), isNext: true, withNeedle: true }))
    : el("div", { class: "card good" }, el("p", { class: "line" }, figure("check", 28),
      el("b", {}, places.length ? t("ぜんぶ見た", "All places are done") : t("一覧に所がない。「今いる所で書く」から書ける", "No places on the list: write where you are"))));
  return [head, el("p", { class: "small" }, t(`${places.length}か所のうち ${done}か所を見た`, `${done} of ${places.length} done`)),
    el("ol", { class: "rows" }, places.map((site, at) => el("li", {},
      row(context, site, { state: states.get(site.id), number: at + 1, isNext: site === next }))))].flat();
}

/** @param {Context} context @param {Map<string, import("../places.js").PlaceState>} states */
function nearPart(context, states) {
  const here = context.here();
  const sites = context.pack?.sites ?? [];
  const far = (/** @type {PackSite} */ site) => away(site, here) ?? Infinity;
  const near = here ? [...sites].sort((one, other) => far(one) - far(other)) : sites;
  return [here ? null : el("p", { class: "small" }, t("今いる所が分かると、近い順にならぶ。", "Sorted by distance once your position is known.")),
    sites.length === 0 ? el("p", {}, t("この街の記録はまだない。「今いる所で書く」から始める。", "No records yet: begin with “Write here”.")) : null,
    el("ol", { class: "rows" }, near.slice(0, NEAR).map((site) => el("li", {}, row(context, site, { state: states.get(site.id), quiet: true }))))];
}

/** @param {Context} context @param {PackSite[]} places */
async function draftsPart(context, places) {
  const listed = new Set(places.map((site) => site.id));
  const found = (await context.store.drafts()).sort((one, other) => other.touched_at.localeCompare(one.touched_at));
  const shown = found.filter((one, at) => at === 0 || !listed.has(one.site_id));
  if (shown.length === 0) { return null; }
  return el("section", { class: "card warn" }, el("h2", {}, t("続きから", "Go on where you were")),
    shown.map((draft) => button(`${draft.title || say(context.type(draft.type)?.sheet)} ${t("の続きを書く", ": go on")}`, `#/draft/${encodeURIComponent(draft.id)}`)));
}

/** @param {Context} context */
function unsentPart(context) {
  const state = context.sender.state();
  if (state.records === 0 && state.photos === 0) { return null; }
  return el("a", { class: "card row", href: "#/send" }, el("span", { class: "what" },
    el("span", { class: "line" }, figure("clock"), el("span", {}, t("送っていない記録 ", "Unsent: "), el("b", {}, t(`${state.records}件`, `${state.records} records`)),
      t("・写真 ", ", "), el("b", {}, t(`${state.photos}枚`, `${state.photos} photos`)))),
    el("span", { class: "small" }, t("電波が入ると、自動で送る。", "Sent by itself when there is signal."))));
}

/** What was written today beside the list. @param {Context} context @param {PackSite[]} places */
async function addedPart(context, places) {
  const listed = new Set(places.map((site) => site.id));
  const rows = (await context.store.outbox()).filter((one) => !listed.has(one.submission.site_id));
  if (rows.length === 0) { return null; }
  return el("section", {}, el("h2", {}, t("ほかに書いた所", "Also written")),
    el("ul", { class: "rows" }, rows.map((one) => el("li", {}, el("a", { class: "row", href: `#/saved/${encodeURIComponent(one.id)}` },
      el("span", { class: "what" }, el("span", { class: "name" }, one.submission.title || say(context.type(one.submission.type)?.sheet)),
        el("span", { class: "where" }, one.label)), el("span", { class: "pill seen" }, t("書いた", "Done")))))));
}
