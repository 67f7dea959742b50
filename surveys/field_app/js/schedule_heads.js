// Which days a line without its hours names (geo/schedule/heads.py): words of the table, then dates.

import { daysIn, dayOf, parseDate } from "./dates.js";
import { sameJson } from "./paths.js";
import { compilePattern, GRAMMAR, matchAt, matchWhole } from "./schedule_grammar.js";
import { DAYS_JA, listOf, monthDay, monthsOf } from "./schedule_rules.js";

/** @typedef {import("./types").Json} Json */
/** @typedef {Record<string, Json>} Rule */
/** @typedef {{kind: string, gives: Rule}} Word */

const RANGE = "(?<from>«D»)«YO»(?: ?«TO» ?(?<until>«D»)«YO»)?";
const MONTHS = "(?<from>[0-9]{1,2})月?(?: ?«TO» ?翌?(?<until>[0-9]{1,2})月?)?";
const ORDINAL = "(?<n>«N»|最)(?: ?[~〜] ?第? ?(?<until>«N»))?";
const TIMES = ["times_per_week", "times_per_month"];
const OF_DAYS = ["weekdays", "nth", "by_week"];

/**
 * The rules of a text of days alone; none if any of it is not understood.
 * @param {string} head @param {boolean} timed Whether hours stood beside it: then 9/2 is a day and no fraction.
 * @returns {Rule[]}
 */
export function readHead(head, timed) {
  const words = readWords(head, GRAMMAR.tokens, GRAMMAR.between);
  if (!words) { return head ? readDates(head, timed) : []; }
  const kinds = words.filter((one) => !GRAMMAR.anywhere.includes(one.kind)).map((one) => `${one.kind} `).join("");
  const shape = GRAMMAR.shapes.find((one) => compilePattern(one.of, "u", true).test(kinds)
    && (!one.needs || words.some((word) => word.kind === one.needs)));
  return shape ? makeRules(words.map((one) => one.gives), shape.gives) : [];
}

/**
 * A text's words with what they give; `null` if one is not in the table.
 * @param {string} head @param {import("/field/lib/schedule/grammar.js").Token[]} tokens @param {string} between
 * @returns {Word[] | null}
 */
export function readWords(head, tokens, between) {
  /** @type {Word[]} */
  const words = [];
  for (let at = 0; at < head.length;) {
    const before = at;
    for (const token of tokens) {
      const found = matchAt(token.pattern, head, at);
      if (!found) { continue; }
      words.push({ kind: token.kind, gives: fill(token.gives ?? {}, found) });
      at += found[0].length;
      at += matchAt(between, head, at)?.[0].length ?? 0;
      break;
    }
    if (at === before) { return null; }
  }
  return words;
}

/** @param {Record<string, Json>} gives @param {RegExpExecArray} found @returns {Rule} */
function fill(gives, found) {
  /** @type {Rule} */
  const out = {};
  for (const [key, told] of Object.entries(gives)) {
    if (typeof told !== "string") { out[key] = told; continue; }
    const [reader = "", group] = told.slice(1).split(":");
    const text = group ? found.groups?.[group] : found[0];
    if (text !== undefined) { out[key] = readValue(reader, text); }
  }
  return out;
}

/** @param {string} reader @param {string} text @returns {Json} */
function readValue(reader, text) {
  switch (reader) {
    case "number": return ordinal(text);
    case "numbers": return (text.match(/[0-9]+/gu) ?? []).map(Number);
    case "ordinals": return ordinals(text);
    case "weekdays": return weekdays(text);
    case "months": return months(text);
    case "about": return GRAMMAR.about[text] ?? null;
    case "flag": return true;
    default: return text;
  }
}

/** @param {string} text @returns {number[]} */
function ordinals(text) {
  return [...text.matchAll(compilePattern(ORDINAL, "gu"))].flatMap(({ groups }) => {
    const first = ordinal(groups?.["n"] ?? "");
    const last = ordinal(groups?.["until"] ?? groups?.["n"] ?? "");
    // From the fourth to the second is nothing, and so no rule.
    return first <= last && first * last > 0 ? Array.from({ length: last - first + 1 }, (_, step) => first + step) : [0];
  });
}

/** @param {string} mark @returns {number} */
function ordinal(mark) {
  if (mark === "最") { return -1; }
  return GRAMMAR.kanji.includes(mark) ? GRAMMAR.kanji.indexOf(mark) : Number(mark);
}

/** @param {string} text @returns {number[]} */
function weekdays(text) {
  return [...text.matchAll(compilePattern(RANGE, "gu"))].flatMap((found) => {
    const first = DAYS_JA.indexOf(found.groups?.["from"] ?? "");
    const last = DAYS_JA.indexOf(found.groups?.["until"] ?? found.groups?.["from"] ?? "");
    return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, step) => (first + step) % 7);
  });
}

/** The months told, with 0 for one that is none: no such month, and so no such rule. @param {string} text @returns {number[]} */
function months(text) {
  const spans = [...text.matchAll(compilePattern(MONTHS, "gu"))].map(({ groups }) => (
    { from_month: Number(groups?.["from"]), until_month: Number(groups?.["until"] ?? groups?.["from"]) }
  ));
  const sound = spans.every((one) => [one.from_month, one.until_month].every((month) => month >= 1 && month <= 12));
  return sound ? spans.flatMap(monthsOf) : [0];
}

/**
 * The rules words make together; none where a count and the days told disagree.
 * @param {Rule[]} words @param {Rule} shape @returns {Rule[]}
 */
function makeRules(words, shape) {
  /** @type {Rule} */
  const shared = {};
  /** @type {Rule[]} */
  const days = [];
  for (const gives of words) {
    for (const [key, value] of Object.entries(gives)) {
      if (OF_DAYS.includes(key)) { continue; }
      if (key in shared && !sameJson(shared[key], value)) { return []; }
      shared[key] = value;
    }
    if (OF_DAYS.some((key) => key in gives)) { addDays(days, gives); }
  }
  if (shape["freq"] === "monthly" && "times_per_year" in shared) {
    if (shared["times_per_year"] !== listOf(shared, "months").length) { return []; }
    for (const key of ["times_per_year", "about"]) { delete shared[key]; }
    shared["times_per_month"] = 1;
  }
  if (shape["freq"] === "monthly" && days.length) { // so many a month on a weekday, which not told
    return days.filter((one) => listOf(one, "weekdays").length === 1).map((one) => ({ ...shape, ...shared, ...one }));
  }
  const told = days.reduce((sum, one) => sum + listOf(one, "weekdays").length * (listOf(one, "nth").length || 1), 0)
    + listOf(shared, "days").length;
  const times = TIMES.map((key) => shared[key]).find((one) => one !== undefined);
  if (told && times !== undefined) {
    if (times !== told) { return []; }
    for (const key of [...TIMES, "about"]) { delete shared[key]; }
  }
  if (shared["times_per_week"] === 1) { delete shared["times_per_week"]; } // what weekly without days means
  return (days.length ? days : [{}]).map((one) => ({ ...shape, ...shared, ...one }));
}

/** @param {Rule[]} days @param {Rule} gives */
function addDays(days, gives) {
  const own = Object.fromEntries(Object.entries(gives).filter(([key]) => OF_DAYS.includes(key)));
  const last = days[days.length - 1];
  if (last && !("weekdays" in own)) { Object.assign(last, own); return; } // 火曜（第1・3）: of the weekday before
  const same = days.find((one) => "nth" in own && sameJson(one["weekdays"], own["weekdays"]) && one["by_week"] === own["by_week"]);
  if (same) { same["nth"] = [...listOf(same, "nth"), ...listOf(own, "nth")]; } else { days.push(own); }
}

/** The rule of days written as dates, spans or days without a year. @param {string} text @param {boolean} timed @returns {Rule[]} */
function readDates(text, timed) {
  const planned = matchWhole("dates", "planned", text);
  if (planned) { return readDates(planned.groups?.["rest"] ?? "", timed).map((rule) => ({ ...rule, planned: true })); }
  const period = matchWhole("dates", "period", text)?.groups;
  if (period) { return [readPeriod(period)]; }
  const from = matchWhole("dates", "from", text)?.groups;
  if (from) { return [{ freq: "span", from_date: parseDate(from["from"] ?? "") }]; }
  const span = matchWhole("dates", "span", text)?.groups;
  if (span) { return [readSpan(span)]; }
  const words = text.split(compilePattern(GRAMMAR.dates["split"] ?? "", "u"));
  const days = readYearless(words, timed);
  return days.length ? [{ freq: "yearless", month_days: days }] : readDays(words);
}

/** @param {Record<string, string | undefined>} found @returns {Rule} */
function readPeriod(found) {
  const first = parseDate(`${found["year"]}/${found["month"] ?? 4}/1`);
  const year = Number(first.slice(0, 4));
  const month = Number(first.slice(5, 7));
  const last = found["month"] ? dayOf(year, month, daysIn(year, month)) : dayOf(year + 1, 3, 31);
  return { freq: "span", from_date: first, until_date: last };
}

/** @param {Record<string, string | undefined>} found @returns {Rule} */
function readSpan(found) {
  const first = parseDate(found["from"] ?? "");
  const short = matchWhole("dates", "short", found["until"] ?? "")?.groups;
  const last = parseDate(short ? after(first, short) : found["until"] ?? "");
  return { freq: "span", from_date: first, until_date: last };
}

/** @param {string} day @param {Record<string, string | undefined>} short @returns {string} */
function after(day, short) { return `${day.slice(0, 4)}/${short["m"] ?? Number(day.slice(5, 7))}/${short["d"]}`; }

/** @param {string[]} words @param {boolean} timed @returns {string[]} */
function readYearless(words, timed) {
  /** @type {string[]} */
  const days = [];
  let month = "";
  for (const word of words) {
    const found = matchWhole("dates", "yearless", word)?.groups;
    // 26日 after a month is a day of it; 9/2 may be a fraction where nothing says a day.
    month = found ? found["m"] ?? (found["ri"] ? month : "") : "";
    if (!found || !month || (found["slash"] && !timed && !found["w"])) { return []; }
    const day = `${month.padStart(2, "0")}-${(found["d"] ?? "").padStart(2, "0")}${found["w"] ? ` ${found["w"]}` : ""}`;
    if (!monthDay(day)) { return []; }
    days.push(day);
  }
  return days;
}

/** @param {string[]} words @returns {Rule[]} */
function readDays(words) {
  /** @type {string[]} */
  const days = [];
  for (const word of words) {
    const last = days[days.length - 1];
    const short = last ? matchWhole("dates", "short", word)?.groups : undefined;
    const day = parseDate(last && short ? after(last, short) : word);
    if (last && short && day <= last) { return []; } // perhaps of the next year, perhaps a slip
    days.push(day);
  }
  return [{ freq: "dates", dates: days }];
}
