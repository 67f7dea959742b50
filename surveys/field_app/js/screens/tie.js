// A new record, and the places the map has close by: the same, another, or later; without signal.

import { button } from "../chrome.js";
import { el, refill } from "../dom.js";
import { bearing, distanceM, sayDirection, sayStraight } from "../position.js";
import { say, t } from "../words.js";

/** @typedef {import("../context").Context} Context */
/** @typedef {import("../types").Draft} Draft */
/** @typedef {import("../types").PackFree} PackFree */
/** @typedef {import("../types").Tied} Tied */

const NEAR_M = 100;
// A 通いの場 is no place of the map: what it may be in is a building the map has.
const HELD_IN = "resource";

/**
 * The card under a new record's name; drawn anew when the place changes.
 * @param {Context} context @param {Set<string>} taken what other records of this device are @param {() => Draft} now @param {(draft: Draft) => Promise<void>} keep done when it is on the device
 * @param {(lon: number, lat: number) => void} stand puts the record where a building stands
 * @returns {{node: HTMLElement, redraw: () => void}}
 */
export function tieCard(context, taken, now, keep, stand) {
  const node = el("div", { class: "whole tie" });
  const redraw = () => refill(node, parts(context, taken, now(), answer));
  // What the card says is kept: it is drawn anew once the device holds the answer.
  /** @param {PackFree} free @param {Tied["say"] | null} said */
  const answer = async (free, said) => {
    const draft = now();
    const rest = (draft.tied ?? []).filter((one) => one.place_id !== free.place_id);
    const name = nameOf(context, free);
    // A place is one thing: the newest 同じ takes the place of another.
    const tied = said === null ? rest : [...(said === "same" ? rest.filter((one) => one.say !== "same") : rest), { place_id: free.place_id, name, say: said }];
    if (draft.type === "salon") {
      const kept = keep({ ...draft, tied, note: said === "same" ? noteOf(free, name) : "" });
      if (said === "same") { stand(free.lon, free.lat); }
      await kept;
    } else { await keep({ ...draft, tied }); }
    redraw();
  };
  redraw();
  return { node, redraw };
}

/** What other records of this device were said to be. @param {Context} context @returns {Promise<Set<string>>} */
export async function tiedHere(context) {
  const claims = (await context.store.outbox()).flatMap((row) => row.submission.claims ?? []);
  return new Set(claims.filter((one) => one.same).map((one) => one.place_id));
}

/** What of a salon's building is kept with its record. @param {PackFree} free @param {string} name */
function noteOf(free, name) { return `会場：地図の「${name}」（${free.place_id}）`; }

/** @param {Context} context @param {PackFree} free @returns {string} */
function nameOf(context, free) {
  const kind = say(context.type(free.kind)?.words);
  return free.name || t(`名前のない${kind}`, `${kind} without a name`);
}

/**
 * @param {Context} context @param {Set<string>} taken @param {Draft} draft
 * @param {(free: PackFree, said: Tied["say"] | null) => void} answer
 */
function parts(context, taken, draft, answer) {
  const near = nearFree(context, draft).filter(({ free }) => !taken.has(free.place_id));
  const said = new Map((draft.tied ?? []).map((one) => [one.place_id, one.say]));
  const same = context.pack?.free?.find((free) => said.get(free.place_id) === "same");
  if (same) { return [saidLine(context, same, draft, answer)]; }
  const open = near.filter(({ free }) => !said.has(free.place_id));
  const later = near.filter(({ free }) => said.get(free.place_id) === "later");
  const [next] = [...open, ...later];
  return next ? [askCard(context, next, draft, answer, { left: open.length + later.length - 1, later: open.length === 0 })] : [];
}

/** @param {Context} context @param {PackFree} free @param {Draft} draft @param {(free: PackFree, said: Tied["say"] | null) => void} answer */
function saidLine(context, free, draft, answer) {
  const name = nameOf(context, free);
  return el("div", { class: "card good same", "data-key": "said" },
    el("p", {}, draft.type === "salon" ? t(`会場は、地図の「${name}」`, `Held in ${name} of the map`) : t(`地図の「${name}」と同じ所`, `The same as ${name} on the map`)),
    el("div", { class: "line" }, button(t("取り消す", "Undo"), () => answer(free, null), { class: "plain" })));
}

/**
 * @param {Context} context @param {{free: PackFree, metres: number, way: string}} near @param {Draft} draft
 * @param {(free: PackFree, said: Tied["say"] | null) => void} answer @param {{left: number, later: boolean}} more
 */
function askCard(context, { free, metres, way }, draft, answer, { left, later }) {
  const name = nameOf(context, free);
  const where = t(`${way}へ ${sayStraight(metres)}`, `${way}, ${sayStraight(metres)}`);
  const asked = draft.type === "salon" ? t(`地図の「${name}」（${where}）でやっているか。`, `Is it held in ${name} on the map (${where})?`)
    : t(`地図の「${name}」（${where}）と、同じ所か。`, `Is it the same as ${name} on the map (${where})?`);
  return el("section", { class: "card same", "data-key": free.place_id },
    el("h2", {}, draft.type === "salon" ? t("会場は地図にあるか", "Is its building on the map?") : t("地図の所と同じ所か", "The same as on the map?")),
    el("p", {}, asked),
    left > 0 ? el("p", { class: "small" }, t(`近くに、ほかに${left}か所ある。`, `${left} more close by.`)) : null,
    later ? el("p", { class: "small" }, t("「あとで」にした。保存する前なら、いつでも答えられる。", "Put off; it can be answered until it is saved.")) : null,
    el("div", { class: "line" }, button(draft.type === "salon" ? t("ここでやっている", "Held here") : t("これと同じ", "The same"), () => answer(free, "same")), button(t("ちがう", "Not the same"), () => answer(free, "other")),
      later ? null : button(t("あとで", "Later"), () => answer(free, "later"))));
}

/**
 * Places of its kind nobody recorded, the nearest first, without those this device tied already.
 * @param {Context} context @param {Draft} draft @returns {{free: PackFree, metres: number, way: string}[]}
 */
function nearFree(context, draft) {
  const at = draft.place?.type === "Point" ? draft.place.coordinates : null;
  if (!draft.fresh || !at) { return []; }
  const here = { lon: at[0] ?? 0, lat: at[1] ?? 0 };
  const kind = draft.type === "salon" ? HELD_IN : draft.type;
  return (context.pack?.free ?? []).filter((free) => free.kind === kind)
    .map((free) => ({ free, metres: distanceM(here, free), way: say(sayDirection(bearing(here, free))) }))
    .filter(({ metres }) => metres <= NEAR_M)
    .sort((one, other) => one.metres - other.metres);
}
