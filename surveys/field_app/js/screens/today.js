// What this device wrote today: gone on with, unsent, sent, and what was not on the list.

import { sayTime } from "../clock.js";
import { el, figure, sign } from "../dom.js";
import { capital } from "../form/choice.js";
import { nameWritten, pill, row } from "../places.js";
import { reconciled, sayReceipt } from "./receipt.js";
import { sayUnsent, waitsFor } from "./state.js";
import { say, t } from "../words.js";

/** @typedef {import("../context").Context} Context */
/** @typedef {import("../types").PackSite} PackSite */
/** @typedef {import("../types").Draft} Draft */

const SHOWN = 3;

/** @param {Context} context @param {PackSite[]} places */
export async function draftsPart(context, places) {
  const listed = new Set(places.map((site) => site.id));
  const found = (await context.store.drafts()).sort((one, other) => other.touched_at.localeCompare(one.touched_at));
  const shown = found.filter((one, at) => at === 0 || !listed.has(one.site_id));
  if (shown.length === 0) { return null; }
  const rest = shown.slice(SHOWN);
  return el("section", { class: "card warn begun" }, el("h2", {}, t("続きから", "Go on where you were")),
    el("ul", { class: "rows" }, shown.slice(0, SHOWN).map((one) => draftRow(context, one))),
    rest.length ? el("details", {}, el("summary", {}, t(`ほかの書きかけ ${rest.length}件`, `${rest.length} more`)),
      el("ul", { class: "rows" }, rest.map((one) => draftRow(context, one)))) : null);
}

/** @param {Context} context @param {Draft} draft */
function draftRow(context, draft) {
  const type = context.type(draft.type);
  const name = draft.title || capital(say(type?.sheet)) || draft.type;
  return el("li", {}, el("a", { class: "row", href: `#/draft/${encodeURIComponent(draft.id)}` },
    type ? sign(type.marker, 40) : null,
    el("span", { class: "what" }, el("span", { class: "name" }, t(`${name} の続きを書く`, `${name}: go on`)),
      el("span", { class: "where" }, t(`${sayTime(draft.touched_at)} まで書いた`, `written until ${sayTime(draft.touched_at)}`))), pill("draft")));
}

/** @param {Context} context */
export function unsentPart(context) {
  const state = context.sender.state();
  if (state.records === 0 && state.photos === 0) { return null; }
  return el("a", { class: "card", href: "#/send" },
    el("span", { class: "line" }, figure("clock"), el("b", {}, sayUnsent(state))),
    el("span", { class: "small" }, waitsFor(state)));
}

/** That the office has all of it, once nothing is left here. @param {Context} context */
export async function sentPart(context) {
  const state = context.sender.state();
  const [day] = await context.store.log();
  if (state.records > 0 || state.photos > 0 || !day || day.records.length === 0 || !reconciled(day)) { return null; }
  return el("a", { class: "card good", href: "#/send" },
    el("span", { class: "line" }, figure("check"), el("b", {}, t("事務所が全部受け取った", "The office has everything"))),
    el("span", {}, sayReceipt(day, context)));
}

/**
 * What was written beside the list, but for what was found closed: that stands apart.
 * @param {Context} context @param {PackSite[]} places @param {Map<string, import("../places.js").PlaceState>} states
 * @param {boolean} town whether the whole town is shown, and not the walk
 */
export async function addedPart(context, places, states, town) {
  const walk = town ? null : context.pack?.walk ?? null;
  const listed = new Set(town ? [] : places.map((site) => site.id));
  const isBeside = (/** @type {import("../types").OutboxRow} */ { submission }) => !submission.claim && submission.type !== "walk" && !context.type(submission.type)?.log
    && !listed.has(submission.site_id) && (!walk || states.get(submission.site_id) !== "absent");
  const found = (await context.store.outbox()).filter(isBeside);
  // A place written twice is one place; what another device added is told by the pack.
  const rows = [...new Map(found.map((one) => [one.submission.site_id, one])).values()];
  const own = new Set(rows.map((one) => one.submission.site_id));
  const theirs = Object.entries(walk?.came ?? {}).filter(([id, came]) => came === "seen" && !listed.has(id) && !own.has(id))
    .map(([id]) => context.site(id)).filter((site) => site !== undefined);
  const count = rows.length + theirs.length;
  if (count === 0) { return null; }
  const head = walk ? t(`途中でたした所　${count}か所`, `Added on the way: ${count}`) : t("書いた所", "Written");
  return el("section", { "data-key": "added" }, el("h2", {}, head),
    el("ul", { class: "rows" }, rows.map((one) => {
      const type = context.type(one.submission.type);
      return el("li", {}, el("a", { class: "row", href: `#/saved/${encodeURIComponent(one.id)}` },
        type ? sign(type.marker, 40) : null,
        el("span", { class: "what" }, el("span", { class: "name" }, nameWritten(one.submission, context)),
          el("span", { class: "where" }, one.label)), pill(one.submission.kind === "absent" || one.submission.kind === "retire" ? "absent" : "seen")));
    }), theirs.map((site) => el("li", {}, row(context, site, { state: "seen" })))));
}
