// The rules of a schedule: what is sound (geo/schedule/rules.py), by the same table.

import { daysIn, dayOf, parseTime } from "./dates.js";
import { isObject, sameJson } from "./paths.js";
import { faultOf, GRAMMAR } from "./schedule_grammar.js";
import { InputFault, shorten, strip } from "./text.js";
import { writeValue } from "./written.js";

/** @typedef {import("./types").Json} Json */
/** @typedef {import("./types").Words} Words */
/** @typedef {Record<string, Json>} Rule */
/** @typedef {import("/field/lib/schedule/grammar.js").Key} Key */

const LONGEST_TOLD = 80;
const LEAP = 2024; // a year that has every day of the calendar
const BUT_TEXT = GRAMMAR.freqs.filter((freq) => freq !== "text");
export const DAYS_JA = GRAMMAR.words.days_ja.join("");

/**
 * The sound rules in canonical form, and every fault of the others.
 * @param {unknown} value @returns {{rules: Rule[], faults: Words[]}}
 */
export function checkSchedule(value) {
  if (!Array.isArray(value)) { return { rules: [], faults: [faultOf("no_list")] }; }
  /** @type {Rule[]} */
  const rules = [];
  /** @type {Words[]} */
  const faults = [];
  value.forEach((raw, at) => {
    const { rule, wrong } = checkRule(raw);
    faults.push(...wrong.map((one) => ({
      ja: faultOf("of_rule", { n: at + 1, fault: one.ja }).ja, en: faultOf("of_rule", { n: at + 1, fault: one.en }).en,
    })));
    if (!wrong.length) { rules.push(rule); }
  });
  return { rules, faults };
}

/** A list a rule holds, empty where it holds none. @param {Rule} rule @param {string} key @returns {Json[]} */
export function listOf(rule, key) {
  const found = rule[key];
  return Array.isArray(found) ? found : [];
}

/** The months of the year a rule holds in, in its own order. @param {Rule} rule @returns {number[]} */
export function monthsOf(rule) {
  const first = Number(rule["from_month"] ?? 1);
  const last = Number(rule["until_month"] ?? 12);
  const count = ((((last - first) % 12) + 12) % 12) + 1;
  const held = Array.from({ length: count }, (_, step) => ((((first - 1 + step) % 12) + 12) % 12) + 1);
  return held.filter((month) => !listOf(rule, "except_months").includes(month)
    && (!("months" in rule) || listOf(rule, "months").includes(month)));
}

/**
 * Whether a rule's part of the year is known: 夏期 and 冬期 of one session are the year together.
 * @param {Rule} rule @param {Rule[]} rules @returns {boolean}
 */
export function isWholeYear(rule, rules) {
  if (!("season" in rule)) { return true; }
  const same = rules.filter((one) => sameJson(withoutHours(one), withoutHours(rule))).map((one) => String(one["season"]));
  return sameJson(same.sort(), ["summer", "winter"]);
}

/** @param {Rule} rule @returns {Rule} */
function withoutHours({ season: _season, start: _start, end: _end, ...rest }) { return rest; }

/** A day without a year: month, day, weekday if told. @param {string} text @returns {[number, number, number | null] | null} */
export function monthDay(text) {
  const found = /^([0-9]{2})-([0-9]{2})(?: ([月火水木金土日]))?$/u.exec(text);
  if (!found || !dayOf(LEAP, Number(found[1]), Number(found[2]))) { return null; }
  return [Number(found[1]), Number(found[2]), found[3] ? DAYS_JA.indexOf(found[3]) : null];
}

/** @param {unknown} raw @returns {{rule: Rule, wrong: Words[]}} */
function checkRule(raw) {
  const freq = isObject(raw) ? raw["freq"] : null;
  if (!isObject(raw) || typeof freq !== "string" || !GRAMMAR.freqs.includes(freq)) {
    return { rule: {}, wrong: [faultOf("no_freq", { value: shortValue(raw) })] };
  }
  /** @type {Rule} */
  const rule = {};
  const known = GRAMMAR.keys.map((one) => one.key);
  const wrong = Object.keys(raw).filter((key) => !known.includes(key)).map((key) => faultOf("no_key", { key: shortValue(key) }));
  for (const told of GRAMMAR.keys) {
    const { key } = told;
    const given = Object.hasOwn(raw, key) ? raw[key] : null;
    if (isEmpty(given)) { continue; }
    const value = key === "freq" ? freq : checkValue(told, given);
    if (value === null) {
      wrong.push(faultOf("no_value", { key, value: shortValue(given) }));
    } else if (key !== "freq" && !(told.with ?? BUT_TEXT).includes(freq)) {
      wrong.push(faultOf("not_with", { key, freq }));
    } else {
      rule[key] = value;
    }
  }
  return { rule, wrong: wrong.length ? wrong : checkWhole(rule) };
}

/** @param {unknown} given @returns {boolean} */
function isEmpty(given) {
  return given === null || given === undefined || (Array.isArray(given) && !given.length)
    || (typeof given === "string" && !strip(given));
}

/** @param {unknown} value @returns {string} */
function shortValue(value) {
  return shorten(typeof value === "string" ? value : writeValue(value), LONGEST_TOLD);
}

/**
 * A key's value in canonical form, `null` if it cannot be used.
 * @param {Key} told @param {unknown} given @returns {Json}
 */
function checkValue(told, given) {
  const text = typeof given === "string" ? given : null;
  switch (told.kind) {
    case "number": {
      const [low = 0, high = 0] = told.range ?? [];
      return Number.isInteger(given) && Number(given) >= low && Number(given) <= high ? Number(given) : null;
    }
    case "flag": return given === true ? true : null;
    case "list": return checkList(told.of ?? [], given);
    case "days": return checkDays(isoDate, given);
    case "month_days": return checkDays((day) => (monthDay(day) ? day : ""), given);
    case "day": return (text && isoDate(text)) || null;
    case "time": return text === null ? null : checkTime(text);
    case "word": return text !== null && (told.of ?? []).includes(text) ? text : null;
    default: return text;
  }
}

/** @param {(string | number)[]} allowed @param {unknown} given @returns {Json} */
function checkList(allowed, given) {
  if (!Array.isArray(given) || !given.every((one) => typeof one === "number" && allowed.includes(one))) { return null; }
  return [...new Set(given)].sort((one, other) => Number(one < 0) - Number(other < 0) || one - other);
}

/** @param {(day: string) => string} read @param {unknown} given @returns {Json} */
function checkDays(read, given) {
  if (!Array.isArray(given)) { return null; }
  const days = given.map((day) => (typeof day === "string" ? read(day) : ""));
  return days.every(Boolean) ? [...new Set(days)].sort() : null;
}

/** @param {string} text @returns {Json} */
function checkTime(text) {
  try {
    return parseTime(text) === text ? text : null;
  } catch (error) {
    if (error instanceof InputFault) { return null; }
    throw error;
  }
}

/** A day written by ISO 8601, also by week, or "". @param {string} text @returns {string} */
function isoDate(text) {
  const plain = /^([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})$/u.exec(text);
  if (plain) { return dayOf(Number(plain[1]), Number(plain[3]), Number(plain[4])); }
  const week = /^([0-9]{4})(-?)W([0-9]{2})(?:\2([1-7]))?$/u.exec(text);
  return week ? dayOfWeek(Number(week[1]), Number(week[3]), Number(week[4] ?? 1)) : "";
}

/** @param {number} year @param {number} week @param {number} day @returns {string} */
function dayOfWeek(year, week, day) {
  const first = new Date(0);
  first.setUTCFullYear(year, 0, 1);
  const weekday = (first.getUTCDay() + 6) % 7;
  const long = weekday === 3 || (weekday === 2 && daysIn(year, 2) === 29);
  if (year < 1 || week < 1 || week > (long ? 53 : 52)) { return ""; }
  const monday = weekday > 3 ? 8 - weekday : 1 - weekday;
  first.setUTCFullYear(year, 0, monday + (week - 1) * 7 + day - 1);
  return dayOf(first.getUTCFullYear(), first.getUTCMonth() + 1, first.getUTCDate());
}

/** @param {Rule} rule @returns {Words[]} */
function checkWhole(rule) {
  /** @type {Words[]} */
  const faults = [];
  if (String(rule["start"] ?? "00:00") >= String(rule["end"] ?? "24:00")) { faults.push(faultOf("late")); }
  if (String(rule["from_date"] ?? "") > String(rule["until_date"] ?? "9999-12-31")) { faults.push(faultOf("late_day")); }
  if ("from_month" in rule !== "until_month" in rule) { faults.push(faultOf("half_season")); }
  if ("season" in rule && !GRAMMAR.season_needs.some((key) => key in rule)) { faults.push(faultOf("no_hours")); }
  for (const key of GRAMMAR.needs[String(rule["freq"])] ?? []) {
    if (!(key in rule)) { faults.push(faultOf("missing", { key })); }
  }
  if (rule["freq"] === "monthly" && "days" in rule === "times_per_month" in rule) { faults.push(faultOf("either")); }
  for (const [key = "", other = ""] of GRAMMAR.apart) {
    if (key in rule && other in rule) { faults.push(faultOf("apart", { key, other })); }
  }
  return faults;
}
