// The log: what was done besides walking. Begun without a place, and apart from places everywhere.

import { startDraft } from "../drafts.js";
import { el, sign } from "../dom.js";
import { todayInJapan } from "../clock.js";
import { capital } from "../form/choice.js";
import { nameWritten, pill } from "../places.js";
import { say, t } from "../words.js";

/** @typedef {import("../context").Context} Context */
/** @typedef {import("../types").RecordType} RecordType */

/** The day of a log's declaration, written before anybody asks. */
const DAY = "on";

/** @param {Context} context @returns {RecordType[]} */
export function logTypes(context) {
  return (context.pack?.types ?? []).filter((one) => one.log).sort((one, other) => one.order - other.order);
}

/**
 * Begin a log of today and open its form.
 * @param {Context} context @param {RecordType} type
 */
export async function beginLog(context, type) {
  const [day] = type.fields.filter((one) => one.id === DAY && one.kind === "date");
  // On no walk: what was done besides is none of it.
  const draft = await startDraft(context.store, {
    type, site: null, place: null, walk_id: null, answers: day ? { [DAY]: todayInJapan(context.device) } : {},
  });
  context.go(`#/draft/${encodeURIComponent(draft.id)}`);
}

/** One press on the first screen. @param {Context} context */
export function logPart(context) {
  return logTypes(context).map((type) => {
    const made = el("button", { type: "button", class: "button log" }, sign(type.marker, 28),
      el("span", {}, t(`${say(type.words)}（電話・会議・訪問）`, `${capital(say(type.words))}: call, meeting, visit`)));
    made.addEventListener("click", () => { made.disabled = true; void beginLog(context, type); });
    return made;
  });
}

/** What was written of them and is still on this device. @param {Context} context */
export async function writtenLogs(context) {
  const logs = new Set(logTypes(context).map((one) => one.id));
  const rows = (await context.store.outbox()).filter((one) => logs.has(one.submission.type));
  if (rows.length === 0) { return null; }
  return el("section", { "data-key": "logs" }, el("h2", {}, t("書いた活動記録", "Log entries written")),
    el("ul", { class: "rows" }, rows.map((one) => {
      const type = context.type(one.submission.type);
      return el("li", {}, el("a", { class: "row", href: `#/saved/${encodeURIComponent(one.id)}` },
        type ? sign(type.marker, 40) : null,
        el("span", { class: "what" }, el("span", { class: "name" }, nameWritten(one.submission, context)),
          el("span", { class: "where" }, one.label)), pill("seen")));
    })));
}
