// Places as the list, the map and a place's own screen tell them.

import { bearing, distanceM, sayDirection, sayStraight } from "./position.js";
import { sayDay, todayInJapan } from "./clock.js";
import { sayDate } from "./dates.js";
import { el, figure, sign } from "./dom.js";
import { capital } from "./form/choice.js";
import { lang, say, t } from "./words.js";

/** @typedef {import("./types").PackSite} PackSite */
/** @typedef {import("./context").Context} Context */
/** @typedef {"none" | "draft" | "seen" | "absent" | "unseen"} PlaceState */

const HERE_M = 10;

/** @param {PackSite} site @param {Context} context @returns {string} */
export function nameOf(site, context) {
  const type = context.type(site.type);
  return site.title || `${capital(say(type?.words))} ${site.number || t("（新しい所）", "(new)")}`;
}

/**
 * What was written is called as its place is: without a name of its own by the number it has.
 * @param {import("./types").Submission} submission @param {Context} context @returns {string}
 */
export function nameWritten(submission, context) {
  const site = context.site(submission.site_id);
  return submission.title || (site ? nameOf(site, context) : capital(say(context.type(submission.type)?.sheet)));
}

/**
 * A day as people say it: of this year without the year, else with it.
 * @param {string} day @param {Context} context @returns {string} 11月21日（土）, 令和6年3月1日
 */
export function sayWhen(day, context) {
  const now = todayInJapan(context.device).slice(0, 4);
  return !day || day.startsWith(now) ? sayDay(day) : sayDate(day, lang());
}

/**
 * A screen that has nothing to show: a sign, one sentence.
 * @param {string} text @returns {HTMLElement}
 */
export function nothing(text) { return el("p", { class: "nothing" }, figure("map", 44), el("span", {}, text)); }

/** @param {PlaceState | undefined} state @param {boolean} [isNext] */
export function pill(state, isNext = false) {
  if (state === "seen") { return el("span", { class: "pill seen" }, t("書いた", "Done")); }
  if (state === "draft") { return el("span", { class: "pill draft" }, t("途中", "Begun")); }
  if (state === "unseen") { return el("span", { class: "pill" }, t("見られなかった", "Not seen")); }
  if (state === "absent") { return el("span", { class: "pill absent" }, t("閉まった", "Closed")); }
  return isNext ? el("span", { class: "pill next" }, t("次", "Next")) : el("span", { class: "pill" }, t("まだ", "Not yet"));
}

/**
 * Metres in a straight line, `null` where either is not known.
 * @param {PackSite} site @param {import("./types").Position | null} here
 */
export function away(site, here) {
  return here && site.lon !== null && site.lat !== null
    ? distanceM(here, { lon: site.lon, lat: site.lat }) : null;
}

/** @param {PackSite} site @param {import("./types").Position | null} here @returns {string} */
export function sayAway(site, here) {
  const metres = away(site, here);
  if (metres === null || !here || site.lon === null || site.lat === null) { return ""; }
  // Closer than a receiver can tell apart, a direction would be made up.
  if (metres < HERE_M) { return t("すぐここ", "right here"); }
  const way = say(sayDirection(bearing(here, { lon: site.lon, lat: site.lat })));
  return t(`${way}へ ${sayStraight(metres)}`, `${way}, ${sayStraight(metres)}`);
}

/**
 * An arrow that shows the way, north up.
 * @param {PackSite} site @param {import("./types").Position} here
 */
export function needle(site, here) {
  const box = el("span", { class: "needle", "aria-hidden": "true" }, figure("arrow", 34));
  if (site.lon !== null && site.lat !== null) {
    box.style.transform = `rotate(${Math.round(bearing(here, { lon: site.lon, lat: site.lat }))}deg)`;
  }
  return box;
}

/**
 * One place as a row that opens it.
 * @param {Context} context @param {PackSite} site
 * @param {{state?: PlaceState, number?: number, isNext?: boolean, href?: string, withNeedle?: boolean, quiet?: boolean}} o
 */
export function row(context, site, o) {
  const type = context.type(site.type);
  const here = context.here();
  const where = [site.area, sayAway(site, here)].filter(Boolean).join("　");
  return el("a", { class: "row", href: o.href ?? `#/site/${encodeURIComponent(site.id)}` },
    o.number ? el("span", { class: "number" }, String(o.number)) : null,
    type ? sign(type.marker, 40) : null,
    el("span", { class: "what" }, el("span", { class: "name" }, nameOf(site, context)),
      el("span", { class: "where" }, where || capital(say(type?.words)))),
    o.withNeedle && here && (away(site, here) ?? 0) >= HERE_M ? needle(site, here) : null,
    o.quiet && (o.state ?? "none") === "none" ? null : pill(o.state, o.isNext));
}
