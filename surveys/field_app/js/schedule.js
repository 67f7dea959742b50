// When a salon meets or a bus runs, checked, read and written (geo/schedule/write.py).

import { sameJson } from "./paths.js";
import { parseSchedule } from "./schedule_read.js";
import { lang as langNow } from "./words.js";

export { parseSchedule } from "./schedule_read.js";
export { checkSchedule } from "./schedule_rules.js";

/** @typedef {import("./types").Json} Json */
/** @typedef {import("./types").Lang} Lang */
/** @typedef {Record<string, Json>} Rule */

const DAYS_JA = "月火水木金土日";
const DAYS_EN = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/**
 * Checked rules as text, one a line; the Japanese reads back the same.
 * @param {Rule[]} rules @param {Lang} [lang] @returns {string}
 */
export function saySchedule(rules, lang = langNow()) {
  return rules.map((rule) => (lang === "ja" ? sayRule(rule) : sayEnglish(rule))).join("\n");
}

/** @param {Rule} rule @param {string} key @returns {Json[]} */
function list(rule, key) {
  const found = rule[key];
  return Array.isArray(found) ? found : [];
}

/** As JSON, without the signs that part a line. @param {string} text @returns {string} */
function quote(text) {
  // JSON.stringify also escapes halves of signs, which the server writes as they are.
  const json = `"${Array.from(text, (sign) => (
    /[\ud800-\udfff]/u.test(sign) ? sign : JSON.stringify(sign).slice(1, -1)
  )).join("")}"`;
  return json.replace(/[;；()（）【】※:：]/gu, (sign) => (
    `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`
  ));
}

/** @param {Rule} rule @returns {string} */
function sayRule(rule) {
  if (rule["freq"] === "text") {
    const plain = String(rule["text"]);
    return sameJson(parseSchedule(plain), [rule]) ? plain : `原文${quote(plain)}`;
  }
  let line = "from_month" in rule ? `${rule["from_month"]}月～${rule["until_month"]}月は` : "";
  line += sayHead(rule);
  if ("start" in rule || "end" in rule) {
    line += ` ${clock(String(rule["start"] ?? ""))}～${clock(String(rule["end"] ?? ""))}`;
  }
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

/** @param {Rule} rule @returns {string} */
function sayHead(rule) {
  const weekdays = list(rule, "weekdays").map((day) => DAYS_JA[Number(day)]).join("・");
  const on = weekdays && `${weekdays}曜日`;
  const nth = list(rule, "nth").map((n) => (Number(n) < 0 ? "最終" : String(n))).join("・");
  switch (rule["freq"]) {
    case "daily": return "毎日";
    case "weekly": return on ? `毎週${on}` : "週1回";
    case "fortnightly": return `隔週${on}`;
    case "nth": return `毎月${nth === "最終" ? "" : "第"}${nth}${on}`;
    case "monthly": return "days" in rule
      ? `毎月${list(rule, "days").map((day) => `${day}日`).join("・")}`
      : `月${rule["times_per_month"]}回`;
    case "dates": return list(rule, "dates").map((day) => {
      const [year, month, date] = String(day).split("-");
      return `${year}年${Number(month)}月${Number(date)}日`;
    }).join("、");
    default: return "不定期";
  }
}

/** @param {Rule} rule @returns {string} */
function sayEnglish(rule) {
  let said = sayEnglishHead(rule);
  if ("start" in rule || "end" in rule) { said += ` ${rule["start"] ?? ""}–${rule["end"] ?? ""}`; }
  if ("from_month" in rule) { said += `, months ${rule["from_month"]}–${rule["until_month"]}`; }
  if ("except" in rule) { said += ` (except ${rule["except"]})`; }
  if ("venue" in rule) { said += ` [${rule["venue"]}]`; }
  return "note" in rule ? `${said} * ${rule["note"]}` : said;
}

/** @param {Rule} rule @returns {string} */
function sayEnglishHead(rule) {
  const on = list(rule, "weekdays").map((day) => DAYS_EN[Number(day)]).join(", ");
  const nth = list(rule, "nth").map((n) => ["last", "", "1st", "2nd", "3rd", "4th", "5th"][Number(n) + 1]).join(" & ");
  const days = [...list(rule, "days"), ...list(rule, "dates")].join(", ");
  switch (rule["freq"]) {
    case "daily": return "every day";
    case "weekly": return on ? `every ${on}` : "once a week";
    case "fortnightly": return `every other ${on || "week"}`;
    case "nth": return `${nth} ${on} of the month`;
    case "monthly": return days ? `day ${days} of the month` : `${rule["times_per_month"]} times a month`;
    case "dates": return days;
    case "text": return String(rule["text"]);
    default: return "irregular";
  }
}
