// One place: what is known of it, and the three ways to say what was found.

import { button } from "../chrome.js";
import { askedOf, confirmSite, pairOf, placeStates, putOff, saySame, setLater, siteNow, startDraft, undoRow } from "../drafts.js";
import { el, fill, refill, sign } from "../dom.js";
import { capital } from "../form/choice.js";
import { assemble } from "../paths.js";
import { bearing, distanceM, sayDirection, sayStraight } from "../position.js";
import { nameOf, needle, nothing, pill, sayAway, sayWhen } from "../places.js";
import { sayAnswer } from "../say.js";
import { say, t } from "../words.js";

/** @typedef {import("../context").Context} Context */

const MOST_FACTS = 14;

/** @type {import("../context").Screen} */
export async function drawSite(context, id) {
  const site = context.site(id);
  const type = site && context.type(site.type);
  if (!site || !type || !context.pack) {
    context.head({ title: t("所が見つからない", "No such place"), back: "#/" });
    context.foot(button(t("一覧にもどる", "Back to the list"), "#/"));
    fill(context.main, nothing(t("この端末に入れた中に、この所はない。", "This place is not among those put on this device.")));
    return undefined;
  }
  const name = nameOf(site, context);
  context.head({ title: name, sub: [say(type.words), site.area].filter(Boolean).join("・"), back: "#/" });
  const states = await placeStates(context.store, context.pack);
  const now = await siteNow(context.store, site);
  const way = el("p", { class: "line way" });
  const drawWay = () => {
    const here = context.here();
    refill(way, here && site.lon !== null ? needle(site, here) : null, el("b", {}, sayAway(site, here) || t("今いる所が分かると、方角と距離が出る。", "Distance and direction appear once your position is known.")));
  };
  const answers = assemble(type, now.flat);
  const later = await putOff(context.store);
  const cards = (await askedOf(context.store, context.pack, site.id))
    .map((one) => ({ later: later.has(pairOf(one)), card: sameCard(context, site, one, answers, later.has(pairOf(one))) }));
  const draft = states.get(site.id) === "draft";
  context.foot(
    button(t("ない・閉まった", "Gone, closed"), `#/gone/${encodeURIComponent(id)}`),
    button(t("変わりない", "No change"), () => confirm(context, id, name)),
    button(draft ? t("続きを書く", "Go on") : t("書く", "Write"), async () => {
      const made = await startDraft(context.store, { type, site, walk_id: context.walkId() });
      context.go(`#/draft/${encodeURIComponent(made.id)}`);
    }, { class: "full" }),
  );
  fill(context.main,
    el("div", { class: "card line sitehead" }, sign(type.marker, 52), way, pill(states.get(site.id))),
    site.status === "active" ? null : el("p", { class: "card warn" }, sayStood(site.status)),
    cards.filter((one) => !one.later).map((one) => one.card),
    el("h2", {}, t("前に分かったこと", "Known so far")),
    facts(type, answers, site, context),
    unseenPart(context, site.id),
    cards.filter((one) => one.later).map((one) => one.card));
  context.onHere(drawWay);
  return undefined;
}

/** What the last record says of a place that is not in use. @param {string} status @returns {string} */
function sayStood(status) {
  /** @type {Record<string, string>} */
  const words = {
    paused: t("休止", "paused"), closed: t("閉まった", "closed"),
    removed: t("撤去", "removed"), not_found: t("見つからない", "not found"),
  };
  return t(`前の記録では「${words[status] ?? status}」になっている。`, `The last record says: ${words[status] ?? status}.`);
}

/** A place of the walk may be one that cannot be seen today. @param {Context} context @param {string} id */
function unseenPart(context, id) {
  const walk = context.pack?.walk;
  return walk?.head && walk.places.includes(id) ? el("div", { class: "buttons" },
    button(t("見られなかった（わけを残す）", "It could not be seen (say why)"), `#/unseen/${encodeURIComponent(id)}`, { class: "plain" })) : null;
}

/** @param {Context} context @param {string} id @param {string} name */
async function confirm(context, id, name) {
  const site = context.site(id);
  if (!site) { return; }
  const made = await confirmSite(context.store, site, context.walkId());
  context.tell(t(`「${name}」変わりない、と保存した`, `Saved: ${name}, no change`), async () => {
    const undone = await undoRow(context.store, made.id);
    context.tell(undone ? t("取り消した", "Undone") : t("もう送り始めたので、事務所で直す", "Already being sent; correct it in the office"));
    context.again();
  });
  context.go("#/");
}

/**
 * Whether what the map has is this place: a tap each, undone while no send has begun; or later.
 * @param {Context} context @param {import("../types").PackSite} site @param {import("../types").PackAsked} asked
 * @param {import("../types").Answers} answers @param {boolean} later whether it was put off
 */
function sameCard(context, site, asked, answers, later) {
  const kind = context.type(asked.kind);
  const thing = sayThing(context, site, asked, answers);
  const place = asked.name || t(`名前のない${say(kind?.words)}`, `${say(kind?.words)} without a name`);
  const answer = (/** @type {boolean} */ same) => async () => {
    const made = await saySame(context.store, site, asked, same);
    context.tell(same ? t("同じ所、と保存した", "Saved: the same place") : t("ちがう所、と保存した", "Saved: not the same"), async () => {
      const undone = await undoRow(context.store, made.id);
      context.tell(undone ? t("取り消した", "Undone") : t("もう送り始めたので、事務所で直す", "Already being sent; correct it in the office"));
      context.again();
    });
    context.again();
  };
  const putIt = async () => {
    await setLater(context.store, asked, true);
    context.tell(t("あとで答える。この所のいちばん下に置いた", "Later: it is put at the foot of this place"), async () => {
      await setLater(context.store, asked, false);
      context.tell(t("取り消した", "Undone"));
      context.again();
    });
    context.again();
  };
  return el("section", { class: "card same" }, el("h2", {}, t("地図の所と同じ所か", "The same as on the map?")),
    el("p", {}, t(`地図の「${place}」（${sayStraight(asked.metres)}）は、「${thing}」と同じ所か。`, `Is ${place} on the map (${sayStraight(asked.metres)}) the same as ${thing}?`)),
    sayWay(site, asked),
    later ? el("p", { class: "small" }, t("「あとで」にした。この端末が覚えている。", "Put off; this device remembers it.")) : null,
    el("div", { class: "line" }, button(t("同じ", "Same"), answer(true)), button(t("ちがう", "Not the same"), answer(false)),
      later ? null : button(t("あとで", "Later"), putIt)));
}

/**
 * What is meant of a site: of several benches, the number it has on the sheet.
 * @param {Context} context @param {import("../types").PackSite} site @param {import("../types").PackAsked} asked
 * @param {import("../types").Answers} answers
 */
function sayThing(context, site, asked, answers) {
  const name = nameOf(site, context);
  if (!asked.inside) { return name; }
  const [list = "", id] = asked.inside.split("/");
  const things = answers[list];
  const all = Array.isArray(things) ? things : [];
  const at = all.findIndex((one) => one !== null && typeof one === "object" && "_id" in one && one._id === id);
  const kind = say(context.type(asked.kind)?.words);
  const number = all.length > 1 && at >= 0 ? String(at + 1) : "";
  return t(`${name}の${kind}${number}`, `${kind}${number && ` ${number}`} of ${name}`);
}

/**
 * Which way a place lies from the site its thing is inside: two benches of a park are so told apart.
 * @param {import("../types").PackSite} site @param {import("../types").PackAsked} asked
 */
function sayWay(site, asked) {
  if (!asked.inside || site.lon === null || site.lat === null) { return null; }
  const here = { lon: site.lon, lat: site.lat }, far = distanceM(here, asked);
  if (far < 1) { return null; }
  const way = say(sayDirection(bearing(here, asked)));
  return el("p", { class: "small" }, t(`この所の印から${way}へ ${sayStraight(far)}`, `From this place's sign: ${way}, ${sayStraight(far)}`));
}

/**
 * @param {import("../types").RecordType} type @param {import("../types").Answers} answers
 * @param {import("../types").PackSite} site @param {Context} context
 */
function facts(type, answers, site, context) {
  const rows = type.fields.filter((one) => one.id !== "name" && answers[one.id] !== undefined)
    .slice(0, MOST_FACTS).map((one) => el("tr", {}, el("th", { scope: "row" }, say(one.words)), el("td", {}, capital(sayAnswer(one, answers[one.id] ?? null)))));
  const seen = site.seen_on ? el("tr", {}, el("th", { scope: "row" }, t("最後に見た日", "Last seen")), el("td", {}, sayWhen(site.seen_on, context))) : null;
  return [
    rows.length || seen ? el("table", { class: "facts" }, el("tbody", {}, seen, rows)) : el("p", { class: "quiet" }, t("まだ何も書いていない。", "Nothing written yet.")),
    site.withheld.length ? el("p", { class: "small" }, t("電話番号などは、端末に入れていない（事務所にある）。", "Telephone numbers and the like stay in the office.")) : null,
  ].filter((one) => one !== null);
}
