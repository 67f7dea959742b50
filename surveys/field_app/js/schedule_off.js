// Days off: what a text takes away, and rules without it (geo/schedule/off.py).

import { plainDashes } from "./dates.js";
import { sameJson } from "./paths.js";
import { GRAMMAR } from "./schedule_grammar.js";
import { readWords } from "./schedule_heads.js";
import { listOf } from "./schedule_rules.js";
import { countSigns, strip, tidy } from "./text.js";

/** @typedef {import("./types").Json} Json */
/** @typedef {Record<string, Json>} Rule */
/** @typedef {{holidays: string, months: Json[], cuts: Rule[]}} Off */

const ALL_WEEK = [0, 1, 2, 3, 4, 5, 6];
const ALL_NTH = [1, 2, 3, 4, 5];

/** The days off a text tells; `null` unless all of it is understood. @param {string} text @returns {Off | null} */
export function readOff(text) {
  const plain = plainDashes(tidy(text));
  const words = countSigns(plain) <= GRAMMAR.off_longest ? readWords(plain, GRAMMAR.off, GRAMMAR.off_between) : null;
  if (!words?.length) { return null; }
  const named = words.flatMap(({ gives }) => ("except" in gives ? [String(gives["except"])] : []));
  return {
    holidays: named.length === words.length ? strip(text) : named.join("・"),
    months: words.flatMap(({ kind, gives }) => (kind === "months" ? listOf(gives, "months") : [])),
    cuts: words.filter(({ kind }) => kind === "cut").map(({ gives }) => gives),
  };
}

/**
 * Rules without what is off; `null` if it cannot be told what is left.
 * @param {Rule[]} rules @param {Off} off @param {boolean} within
 *   Whether only days the rules have may be off: 火、木曜休み is no Tuesday with a day off.
 * @returns {Rule[] | null}
 */
export function takeOff(rules, off, within) {
  let left = rules;
  for (const cut of off.cuts) {
    const met = new Set(left.flatMap(weekdays));
    if (within && !listOf(cut, "weekdays").every((day) => met.has(day))) { return null; }
    const found = left.map((rule) => cutRule(rule, cut));
    // An ordinal off that none of them has is a slip, or something else.
    if ("nth" in cut && found.every((one, at) => sameJson(one, [left[at] ?? null]))) { return null; }
    if (found.includes(null)) { return null; }
    left = found.flatMap((one) => one ?? []);
  }
  if (off.holidays && left.some((rule) => "except" in rule)) { return null; }
  const out = left.map((rule) => ({
    ...rule,
    ...(off.months.length ? { except_months: [...listOf(rule, "except_months"), ...off.months] } : {}),
    ...(off.holidays ? { except: off.holidays } : {}),
  }));
  return out.length ? out : null;
}

/** @param {Rule} rule @returns {Json[]} */
function weekdays(rule) { return rule["freq"] === "daily" ? ALL_WEEK : listOf(rule, "weekdays"); }

/** One rule without days off: none, one or two rules; `null` if unclear. @param {Rule} rule @param {Rule} cut @returns {Rule[] | null} */
function cutRule(rule, cut) {
  const days = weekdays(rule);
  if (!days.length || rule["freq"] === "monthly") { return null; }
  const off = "weekdays" in cut ? listOf(cut, "weekdays") : days;
  const gone = days.filter((day) => off.includes(day));
  const kept = days.filter((day) => !off.includes(day));
  if (!gone.length) { return [rule]; }
  const base = rule["freq"] === "daily" ? { ...rule, freq: "weekly" } : rule;
  const rest = kept.length ? [{ ...base, weekdays: kept }] : [];
  if (!("nth" in cut)) { return rest; }
  const held = nthLeft(rule, cut);
  if (!held) { return null; }
  return listOf(held, "nth").length ? [...rest, { ...base, ...held, weekdays: gone }] : rest;
}

/** Which of a month's weekdays are left; `null` if that cannot be told. @param {Rule} rule @param {Rule} cut @returns {Rule | null} */
function nthLeft(rule, cut) {
  const off = listOf(cut, "nth");
  const had = listOf(rule, "nth");
  if (off.includes(-1)) { return null; }
  if (rule["freq"] === "daily" || rule["freq"] === "weekly") {
    return { freq: "nth", nth: ALL_NTH.filter((n) => !off.includes(n)), ...("by_week" in cut ? { by_week: true } : {}) };
  }
  if (rule["freq"] !== "nth" || had.includes(-1)) { return null; }
  // 第1 alone is of the kind the rule has; with a weekday, or as a week, it must be the same.
  const alone = !("weekdays" in cut) && !("by_week" in cut);
  if (!alone && "by_week" in rule !== "by_week" in cut) { return null; }
  return had.some((n) => off.includes(n)) ? { nth: had.filter((n) => !off.includes(n)) } : null;
}
