// The next days a schedule meets, and what was made of it in a sentence (geo/schedule/days.py).

import { daysIn, sayDate } from "./dates.js";
import { saySchedule } from "./schedule.js";
import { areCounted, sayDoubt } from "./schedule_doubt.js";
import { GRAMMAR, sentence } from "./schedule_grammar.js";
import { readAgain } from "./schedule_read.js";
import { isWholeYear, listOf, monthDay, monthsOf } from "./schedule_rules.js";

/** @typedef {import("./types").Json} Json */
/** @typedef {import("./types").Lang} Lang */
/** @typedef {import("./types").Words} Words */
/** @typedef {Record<string, Json>} Rule */
/** @typedef {{day: string, start: string, end: string}} Meeting */
/** @typedef {{year: number, month: number, day: number, weekday: number, iso: string}} Day */

const NEXT = 5;
const FAR_DAYS = 1100; // three years ahead

/**
 * The next days checked rules meet, today among them.
 * @param {Rule[]} rules @param {string} today `2026-11-21` @param {number} [count]
 * @returns {{meetings: Meeting[], undated: number, off: string[]}}
 */
export function nextDays(rules, today, count = NEXT) {
  const told = readAgain(rules);
  const sure = areCounted(told);
  const dated = told.filter((rule, at) => sure[at] && isDated(rule) && isWholeYear(rule, told));
  /** @type {Meeting[]} */
  const meetings = [];
  for (let step = 0; dated.length && step < FAR_DAYS && meetings.length < count; step += 1) {
    const day = dayAfter(today, step);
    if (day.year > 9999) { break; }
    /** @type {Map<string, Meeting>} */
    const there = new Map();
    for (const rule of dated.filter((one) => meets(one, day))) {
      const one = meetingOf(rule, day.iso);
      there.set(`${one.start.padEnd(5)} ${one.end}`, one);
    }
    meetings.push(...[...there.keys()].sort().flatMap((key) => there.get(key) ?? []));
  }
  const off = new Set(dated.filter((rule) => "except" in rule).map((rule) => String(rule["except"])));
  return { meetings: meetings.slice(0, count), undated: told.length - dated.length, off: [...off] };
}

/**
 * What was made of a text: a sentence, what was not read, the next days.
 * @param {Rule[]} rules @param {string} today @returns {Words[]}
 */
export function sayReading(rules, today) {
  const told = readAgain(rules);
  const read = told.filter((rule) => rule["freq"] !== "text");
  const unread = told.filter((rule) => rule["freq"] === "text").map((rule) => String(rule["text"]));
  const found = nextDays(told, today);
  /** @type {Words[]} */
  const said = [];
  if (read.length) {
    said.push(sentence("read", { lines: (lang) => saySchedule(read, lang).split("\n").join(lang === "ja" ? "／" : " / ") }));
  }
  if (unread.length) { said.push(sentence("unread", { lines: (lang) => unread.join(lang === "ja" ? "／" : " / ") })); }
  for (const one of told.flatMap((rule) => sayDoubt(rule) ?? [])) {
    if (!said.some((other) => other.ja === one.ja && other.en === one.en)) { said.push(one); }
  }
  if (found.meetings.length) {
    said.push(sentence("next", { days: (lang) => found.meetings.map((one) => sayMeeting(one)[lang]).join(lang === "ja" ? "、" : "; ") }));
    if (found.off.length) { said.push(sentence("off", { off: (lang) => found.off.join(lang === "ja" ? "、" : ", ") })); }
  }
  const undated = found.undated - unread.length;
  if (undated) { said.push(sentence("undated", { n: () => String(undated) })); }
  return said;
}

/** @param {Meeting} one @returns {Words} */
function sayMeeting(one) {
  const { month, day, weekday } = dayAfter(one.day, 0);
  const hours = one.start || one.end ? ` ${one.start}～${one.end}` : "";
  const called = sayDate(one.day, "en").split(" ")[1] ?? ""; // Nov: 7/12 would be two days to two readers
  return sentence("day", {
    month: (lang) => (lang === "ja" ? String(month) : called), day: () => String(day),
    name: (lang) => (lang === "ja" ? GRAMMAR.words.days_ja : GRAMMAR.words.days_en)[weekday] ?? "",
    hours: (lang) => (lang === "ja" ? hours : hours.replace("～", "–")),
  });
}

/** @param {string} from @param {number} step @returns {Day} */
function dayAfter(from, step) {
  const [year = 0, month = 1, day = 1] = from.split("-").map(Number);
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day + step);
  return {
    year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate(), weekday: (at.getUTCDay() + 6) % 7,
    iso: `${String(at.getUTCFullYear()).padStart(4, "0")}-${String(at.getUTCMonth() + 1).padStart(2, "0")}-${String(at.getUTCDate()).padStart(2, "0")}`,
  };
}

/** Whether a rule tells on which days it meets. @param {Rule} rule @returns {boolean} */
function isDated(rule) {
  switch (rule["freq"]) {
    case "daily": case "dates": return true;
    case "weekly": return "weekdays" in rule;
    case "nth": return !("by_week" in rule) && !("every_months" in rule);
    case "monthly": return "days" in rule && !("every_months" in rule);
    case "yearless": return listOf(rule, "month_days").every((day) => monthDay(String(day))?.[2] !== null);
    default: return false;
  }
}

/** @param {Rule} rule @param {Day} day @returns {boolean} */
function meets(rule, day) {
  if (rule["freq"] === "dates") { return listOf(rule, "dates").includes(day.iso); }
  if (rule["freq"] === "yearless") {
    // Without a year a day is one that falls on the weekday written beside it.
    return listOf(rule, "month_days").some((one) => {
      const [month, date, weekday] = monthDay(String(one)) ?? [];
      return month === day.month && date === day.day && weekday === day.weekday;
    });
  }
  if (!monthsOf(rule).includes(day.month)) { return false; }
  switch (rule["freq"]) {
    case "weekly": return listOf(rule, "weekdays").includes(day.weekday);
    case "nth": {
      const last = day.day + 7 > daysIn(day.year, day.month);
      const nth = listOf(rule, "nth");
      return listOf(rule, "weekdays").includes(day.weekday)
        && (nth.includes(Math.floor((day.day - 1) / 7) + 1) || (last && nth.includes(-1)));
    }
    case "monthly": return listOf(rule, "days").includes(day.day);
    default: return true;
  }
}

/** @param {Rule} rule @param {string} day @returns {Meeting} */
function meetingOf(rule, day) {
  return "season" in rule ? { day, start: "", end: "" } : { day, start: String(rule["start"] ?? ""), end: String(rule["end"] ?? "") };
}
