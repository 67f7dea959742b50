// When a salon meets or a bus runs, checked, read and written (geo/schedule/write.py).

import { sameJson } from "./paths.js";
import { GRAMMAR } from "./schedule_grammar.js";
import { continues, parseSchedule } from "./schedule_read.js";
import { DAYS_JA, listOf, monthDay } from "./schedule_rules.js";
import { lang as langNow } from "./words.js";

export { parseSchedule } from "./schedule_read.js";
export { checkSchedule } from "./schedule_rules.js";

/** @typedef {import("./types").Json} Json */
/** @typedef {import("./types").Lang} Lang */
/** @typedef {Record<string, Json>} Rule */

const WORDS = GRAMMAR.words;
const EVEN = [2, 4, 6, 8, 10, 12];
const ODD = [1, 3, 5, 7, 9, 11];

/**
 * Checked rules as text, one a line; the Japanese reads back the same.
 * @param {Rule[]} rules @param {Lang} [lang] @returns {string}
 */
export function saySchedule(rules, lang = langNow()) {
  return rules.map((rule) => (lang === "ja" ? sayRule(rule) : sayEnglish(rule))).join("\n");
}

/** As JSON, without the signs that part a line. @param {string} text @param {RegExp} signs @returns {string} */
function quote(text, signs = /[;；()（）【】※:：]/gu) {
  // JSON.stringify also escapes halves of signs, which the server writes as they are.
  const json = `"${Array.from(text, (sign) => (
    /[\ud800-\udfff]/u.test(sign) ? sign : JSON.stringify(sign).slice(1, -1)
  )).join("")}"`;
  return json.replace(signs, (sign) => (
    `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`
  ));
}

/** @param {Rule} rule @returns {string} */
function sayRule(rule) {
  if (rule["freq"] === "text") {
    const plain = String(rule["text"]);
    // Hours alone, a bracket or ※ would be read into the line before them.
    return sameJson(parseSchedule(plain), [rule]) && !continues(plain) ? plain : `原文${quote(plain, /[;；]/gu)}`;
  }
  let line = "from_month" in rule ? `${rule["from_month"]}月～${rule["until_month"]}月は` : "";
  line += sayHead(rule);
  if ("open" in rule && rule["freq"] !== "open") { line += " 出入り自由"; }
  if ("planned" in rule) { line += " 予定"; }
  if ("season" in rule) { line += ` ${WORDS.season_ja[String(rule["season"])]}`; }
  if ("start" in rule || "end" in rule) {
    line += ` ${clock(String(rule["start"] ?? ""))}～${clock(String(rule["end"] ?? ""))}`;
  }
  if ("except_months" in rule) { line += `（${sayMonths(listOf(rule, "except_months"))}を除く）`; }
  for (const [key = "", before = "", after = ""] of [["except", "（", "を除く）"], ["venue", "【", "】"], ["note", "※"]]) {
    if (!(key in rule)) { continue; }
    const text = String(rule[key]);
    const plain = before + text + after;
    const safe = sameJson(parseSchedule(`毎日${plain}`), [{ freq: "daily", [key]: text }]);
    line += safe ? plain : before + quote(text) + after;
  }
  return line;
}

/** @param {string} time @returns {string} */
function clock(time) {
  // 01:30 keeps its zero: 1:30 would be taken for an afternoon not well written.
  return /^0[^1-4]/u.test(time) ? time.slice(1) : time;
}

/** @param {Json[]} months @returns {string} */
function sayMonths(months) { return months.map((month) => `${month}月`).join("・"); }

/** @param {Rule} rule @returns {string} */
function sayHead(rule) {
  const weekdays = listOf(rule, "weekdays").map((day) => DAYS_JA[Number(day)]).join("・");
  const on = weekdays && `${weekdays}曜日`;
  const often = sayOften(rule);
  switch (rule["freq"]) {
    case "daily": return "毎日";
    case "open": return "常設";
    case "weekly": return often + (on ? `毎週${on}` : `週${rule["times_per_week"] ?? 1}回${about(rule)}`);
    case "fortnightly": return `${often}隔週${on}`;
    case "nth": {
      const nth = listOf(rule, "nth").map((n) => (Number(n) < 0 ? "最終" : String(n))).join("・");
      return `${often || "毎月"}${nth === "最終" ? "" : "第"}${nth}${"by_week" in rule ? "週" : ""}${on}`;
    }
    case "monthly":
      if ("days" in rule) { return (often || "毎月") + listOf(rule, "days").map((day) => `${day}日`).join("・"); }
      return `${"every_months" in rule ? often : `${often}月${rule["times_per_month"]}回${on}`}${about(rule)}`;
    case "yearly": return `年${rule["times_per_year"]}回${about(rule)}`;
    case "irregular": return "不定期";
    default: return sayDays(rule);
  }
}

/** In which months, or every how many. @param {Rule} rule @returns {string} */
function sayOften(rule) {
  if ("every_months" in rule) {
    const nth = (listOf(rule, "nth").length || 1) * (listOf(rule, "weekdays").length || 1);
    const told = rule["times_per_month"] ?? (listOf(rule, "days").length || nth);
    return `${rule["every_months"]}か月に${told}回${"times_per_month" in rule ? "" : " "}`;
  }
  const months = listOf(rule, "months");
  if (!months.length) { return ""; }
  if (sameJson(months, EVEN)) { return "偶数月"; }
  if (sameJson(months, ODD)) { return "奇数月"; }
  // One month alone is told twice: 8月は would be a season.
  return `${sayMonths(months.length > 1 ? months : [...months, ...months])}の`;
}

/** @param {Rule} rule @returns {string} */
function about(rule) { return WORDS.about_ja[String(rule["about"])] ?? ""; }

/** @param {Rule} rule @returns {string} */
function sayDays(rule) {
  if (rule["freq"] === "yearless") {
    return listOf(rule, "month_days").map((one) => {
      const [month, day, weekday] = monthDay(String(one)) ?? [0, 0, null];
      return `${month}月${day}日${weekday === null ? "" : `（${DAYS_JA[weekday]}）`}`;
    }).join("、");
  }
  if (rule["freq"] === "dates") { return listOf(rule, "dates").map(sayDay).join("、"); }
  return `${sayDay(rule["from_date"])}から${"until_date" in rule ? `${sayDay(rule["until_date"])}まで` : ""}`;
}

/** @param {Json | undefined} day @returns {string} */
function sayDay(day) {
  const [year, month, date] = String(day).split("-");
  return `${year}年${Number(month)}月${Number(date)}日`;
}

/** @param {Rule} rule @returns {string} */
function sayEnglish(rule) {
  let said = sayEnglishHead(rule);
  if ("months" in rule) { said += `, months ${listOf(rule, "months").join(", ")}`; }
  if ("open" in rule && rule["freq"] !== "open") { said += ", open to come and go"; }
  if ("planned" in rule) { said += ", planned"; }
  if ("season" in rule) { said += `, ${WORDS.season_en[String(rule["season"])]}`; }
  if ("start" in rule || "end" in rule) { said += ` ${rule["start"] ?? ""}–${rule["end"] ?? ""}`; }
  if ("from_month" in rule) { said += `, months ${rule["from_month"]}–${rule["until_month"]}`; }
  if ("except_months" in rule) { said += ` (except months ${listOf(rule, "except_months").join(", ")})`; }
  if ("except" in rule) { said += ` (except ${rule["except"]})`; }
  if ("venue" in rule) { said += ` [${rule["venue"]}]`; }
  return "note" in rule ? `${said} * ${rule["note"]}` : said;
}

/** @param {Rule} rule @returns {string} */
function sayEnglishHead(rule) {
  const on = listOf(rule, "weekdays").map((day) => WORDS.days_en[Number(day)]).join(", ");
  const nth = listOf(rule, "nth").map((n) => WORDS.nth_en[String(n)]).join(" & ");
  const days = listOf(rule, "days").join(", ");
  const every = "every_months" in rule ? `every ${rule["every_months"]} months` : "";
  switch (rule["freq"]) {
    case "daily": return "every day";
    case "weekly": return on ? `every ${on}` : `${often(rule, "week")} a week`;
    case "fortnightly": return `every other ${on || "week"}`;
    case "nth": return `${nth} ${"by_week" in rule ? "week’s " : ""}${on} ${every || "of the month"}`;
    case "monthly": return days ? `day ${days} ${every || "of the month"}` : `${often(rule, "month")} ${every || "a month"}${on && `, ${on}`}`;
    case "yearly": return `${often(rule, "year")} a year`;
    case "dates": return listOf(rule, "dates").join(", ");
    case "yearless": return listOf(rule, "month_days").map((one) => {
      const [month = 0, day = 0, weekday = null] = monthDay(String(one)) ?? [];
      const name = weekday === null ? "" : ` ${WORDS.days_en[weekday]}`;
      return `${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}${name}`;
    }).join(", ");
    case "span": return `${rule["from_date"]} to ${rule["until_date"] ?? ""}`.trim();
    case "text": return String(rule["text"]);
    case "open": return "open";
    default: return "irregular";
  }
}

/** @param {Rule} rule @param {string} unit @returns {string} */
function often(rule, unit) {
  const times = rule[`times_per_${unit}`] ?? 1;
  const sure = WORDS.about_en[String(rule["about"])] ?? "";
  return times === 1 ? `${sure}once` : `${sure}${times} times`;
}
