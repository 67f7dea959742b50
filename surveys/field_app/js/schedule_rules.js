// The rules of a schedule: what is sound (geo/schedule/rules.py).

import { daysIn, dayOf, parseTime } from "./dates.js";
import { isObject } from "./paths.js";
import { InputFault, shorten, strip } from "./text.js";
import { writeValue } from "./written.js";

/** @typedef {import("./types").Json} Json */
/** @typedef {import("./types").Words} Words */
/** @typedef {Record<string, Json>} Rule */

const LONGEST_TOLD = 80;
const SEASONAL = ["daily", "weekly", "fortnightly", "nth", "monthly", "irregular"];
const FREQS = ["daily", "weekly", "fortnightly", "nth", "monthly", "dates", "irregular", "text"];
/** @type {[string, string[]][]} The keys of a rule in their order, and the freqs that may hold them. */
const KEYS = [
  ["freq", FREQS], ["weekdays", ["weekly", "fortnightly", "nth"]], ["nth", ["nth"]],
  ["times_per_month", ["monthly"]], ["dates", ["dates"]], ["days", ["monthly"]],
  ["start", FREQS.slice(0, -1)], ["end", FREQS.slice(0, -1)],
  ["from_month", SEASONAL], ["until_month", SEASONAL],
  ["except", FREQS.slice(0, -1)], ["venue", FREQS.slice(0, -1)], ["note", FREQS.slice(0, -1)],
  ["text", ["text"]],
];
const NTH = [-1, 1, 2, 3, 4, 5];
/** @type {Record<string, (n: number) => boolean>} */
const RANGES = {
  weekdays: (n) => n >= 0 && n < 7,
  nth: (n) => NTH.includes(n),
  days: (n) => n >= 1 && n < 32,
  times_per_month: (n) => n >= 1 && n < 32,
  from_month: (n) => n >= 1 && n < 13,
  until_month: (n) => n >= 1 && n < 13,
};

/**
 * The sound rules in canonical form, and every fault of the others.
 * @param {unknown} value @returns {{rules: Rule[], faults: Words[]}}
 */
export function checkSchedule(value) {
  if (!Array.isArray(value)) {
    return { rules: [], faults: [{ ja: "開催日時が予定の並びではありません。", en: "The schedule is not a list." }] };
  }
  /** @type {Rule[]} */
  const rules = [];
  /** @type {Words[]} */
  const faults = [];
  value.forEach((raw, at) => {
    const { rule, wrong } = checkRule(raw);
    faults.push(...wrong.map((one) => (
      { ja: `予定${at + 1}: ${one.ja}`, en: `Rule ${at + 1}: ${one.en}` }
    )));
    if (!wrong.length) { rules.push(rule); }
  });
  return { rules, faults };
}

/** @param {unknown} raw @returns {{rule: Rule, wrong: Words[]}} */
function checkRule(raw) {
  const freq = isObject(raw) ? raw["freq"] : null;
  if (!isObject(raw) || typeof freq !== "string" || !FREQS.includes(freq)) {
    const short = shortValue(raw);
    return { rule: {}, wrong: [{ ja: `「freq」がありません（${short}）。`, en: `No known freq (${short}).` }] };
  }
  /** @type {Rule} */
  const rule = {};
  const known = KEYS.map(([key]) => key);
  const wrong = Object.keys(raw).filter((key) => !known.includes(key)).map((key) => {
    const short = shortValue(key);
    return { ja: `「${short}」という項目はありません。`, en: `No such key: ${short}.` };
  });
  for (const [key, freqs] of KEYS) {
    const given = Object.hasOwn(raw, key) ? raw[key] : null;
    if (isEmpty(given)) { continue; }
    const value = checkValue(key, given);
    if (value === null) {
      const short = shortValue(given);
      wrong.push({ ja: `「${key}」の値${short}は使えません。`, en: `${key} cannot be ${short}.` });
    } else if (!freqs.includes(freq)) {
      wrong.push({ ja: `「${key}」は${freq}には付けられません。`, en: `${key} does not go with ${freq}.` });
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
 * @param {string} key @param {unknown} given @returns {Json}
 */
function checkValue(key, given) {
  const inRange = RANGES[key];
  if (inRange) {
    /** @param {unknown} one @returns {one is number} */
    const fits = (one) => Number.isInteger(one) && inRange(Number(one));
    if (key.endsWith("month")) { return fits(given) ? given : null; }
    if (!Array.isArray(given) || !given.every(fits)) { return null; }
    return [...new Set(given)].sort((one, other) => (
      Number(one < 0) - Number(other < 0) || one - other
    ));
  }
  if (key === "dates") { return checkDates(given); }
  if (typeof given !== "string") { return null; }
  if (key !== "start" && key !== "end") { return given; }
  try {
    return parseTime(given) === given ? given : null;
  } catch (error) {
    if (error instanceof InputFault) { return null; }
    throw error;
  }
}

/** @param {unknown} given @returns {Json} */
function checkDates(given) {
  if (!Array.isArray(given)) { return null; }
  const days = given.map((day) => (typeof day === "string" ? isoDate(day) : ""));
  return days.every(Boolean) ? [...new Set(days)].sort() : null;
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
  if (String(rule["start"] ?? "00:00") >= String(rule["end"] ?? "24:00")) {
    faults.push({ ja: "終わりの時刻が始まりより後ではありません。", en: "The end is not after the start." });
  }
  if ("from_month" in rule !== "until_month" in rule) {
    faults.push({ ja: "期間は始まりと終わりの月が要ります。", en: "A season needs both its months." });
  }
  /** @type {Record<string, string[]>} */
  const needs = { nth: ["weekdays", "nth"], dates: ["dates"], text: ["text"] };
  for (const key of needs[String(rule["freq"])] ?? []) {
    if (!(key in rule)) { faults.push({ ja: `「${key}」が要ります。`, en: `${key} is missing.` }); }
  }
  if (rule["freq"] === "monthly" && "days" in rule === "times_per_month" in rule) {
    faults.push({
      ja: "月の回数か日のどちらか一つが要ります。", en: "Give either times or days of the month.",
    });
  }
  return faults;
}
