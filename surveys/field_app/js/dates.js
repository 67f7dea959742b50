// Days and hours as people in Japan write them (geo/base/dates.py). A day is `2026-11-21`, so two
// days are compared as texts. No lookbehind: Safari knows it only from 16.4.

import { InputFault, shorten, strip, tidy } from "./text.js";

/** @typedef {import("./types").Lang} Lang */
/** @typedef {{name: string, marks: string, first: string, last: string}} Era */

/** @type {Era[]} */
const ERAS = [
  { name: "令和", marks: "令和|令|R", first: "2019-05-01", last: "9999-12-31" },
  { name: "平成", marks: "平成|平|H", first: "1989-01-08", last: "2019-04-30" },
  { name: "昭和", marks: "昭和|昭|S", first: "1926-12-25", last: "1989-01-07" },
  { name: "大正", marks: "大正|大|T", first: "1912-07-30", last: "1926-12-25" },
  { name: "明治", marks: "明治|明|M", first: "1868-01-25", last: "1912-07-30" },
];
const SOLAR_FROM = "1873-01-01";
const LONGEST_ERA = 99;
const LONGEST_TOLD = 80;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DIGITS = "〇一二三四五六七八九";

const KANJI = /[〇一二三四五六七八九十]+(?=[年月日])/gu;
const CLOCK = /[ T](?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?$/u;
const WEEKDAY = / ?\([月火水木金土日](?:曜日?)?(?:[・,]?祝日?)?\)$|([0-9日])[月火水木金土日]曜日?$/u;
const DAY = new RegExp(
  `^(?:(?<era>${ERAS.map((one) => one.marks).join("|")}) ?(?<short>元|[0-9]{1,2})|(?<year>[0-9]{4}))`
  + "(?: ?年 ?(?<m1>[0-9]{1,2}) ?月 ?(?<d1>[0-9]{1,2}) ?日"
  + "| ?(?<sep>[./-]) ?(?<m2>[0-9]{1,2}) ?\\k<sep> ?(?<d2>[0-9]{1,2}))$", "iu",
);
const TIME = new RegExp(
  "^(?<half>午前|午後|[AaPp]\\.?[Mm]\\.?)? ?(?<hour>[0-9]{1,2}) ?"
  + "(?::(?<m1>[0-9]{2})(?::00)?|時 ?(?:(?<m2>[0-9]{1,2}) ?分|(?<halfpast>半))?)$", "u",
);
const BETWEEN = / ?(?:[~〜-]|から|より) ?/u;
const AMBIGUOUS = /^ ?[1-4] ?[:時]/u;

/** Every dash as the plain one. @param {string} text @returns {string} */
export function plainDashes(text) { return text.replace(/[‐‑‒–—―−ー]/gu, "-"); }

/** @param {number} number @param {number} width @returns {string} */
function pad(number, width) { return String(number).padStart(width, "0"); }

/** How many days a month has. @param {number} year @param {number} month @returns {number} */
export function daysIn(year, month) {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * The day, or "" when the calendar has none such.
 * @param {number} year @param {number} month @param {number} day @returns {string}
 */
export function dayOf(year, month, day) {
  const sound = year >= 1 && year <= 9999 && month >= 1 && month <= 12
    && day >= 1 && day <= daysIn(year, month);
  return sound ? `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` : "";
}

/**
 * The day a text names: 2026-11-21, 20261121, 令和8年11月21日, R8.11.21 and the like, in any width.
 * @param {string} text @returns {string} `2026-11-21`
 * @throws {InputFault} no such day, a day outside its era, a year of two digits, no date at all
 */
export function parseDate(text) {
  let plain = plainDate(text).replace(CLOCK, "").replace(WEEKDAY, "$1");
  if (/^[0-9]{8}$/u.test(plain)) {
    plain = `${plain.slice(0, 4)}-${plain.slice(4, 6)}-${plain.slice(6)}`;
  }
  const parts = DAY.exec(plain)?.groups;
  if (!parts) { throw unreadDate(text, plain); }
  const era = ERAS.find((one) => one.marks.split("|").includes((parts["era"] ?? "").toUpperCase()));
  const short = parts["short"] === "元" ? 1 : Number(parts["short"] ?? 0);
  const year = era ? (short && Number(era.first.slice(0, 4)) + short - 1) : Number(parts["year"]);
  const day = dayOf(year, Number(parts["m1"] ?? parts["m2"]), Number(parts["d1"] ?? parts["d2"]));
  if (!day) {
    throw fault(text, "という日は暦にありません。日付を確かめてください。",
      "is not a day of the calendar; check the date.");
  }
  if (era && (day < era.first || day > era.last)) { throw outside(text, era); }
  if (era && day < SOLAR_FROM) {
    throw fault(text, "は旧暦の日付です。西暦の日付で書いてください。",
      "is a day of the old lunar calendar; write it in Western years.");
  }
  return day;
}

/** A day in words, by era in Japanese. @param {string} day @param {Lang} lang @returns {string} */
export function sayDate(day, lang) {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  if (lang === "en") { return `${date} ${MONTHS[month - 1]} ${year}`; }
  const era = ERAS.find((one) => one.first <= day);
  const count = era ? year - Number(era.first.slice(0, 4)) + 1 : 0;
  if (!era || day < SOLAR_FROM || count > LONGEST_ERA) { return `${pad(year, 4)}年${month}月${date}日`; }
  return `${era.name}${count === 1 ? "元" : count}年${month}月${date}日`;
}

/**
 * An hour as `HH:MM` of the 24-hour clock, up to 24:00.
 * @param {string} text @returns {string}
 * @throws {InputFault} no such time; 午前12時 and 午後12時, noon to some and midnight to others
 */
export function parseTime(text) {
  const plain = plainDashes(tidy(text));
  if (plain === "正午") { return "12:00"; }
  const parts = TIME.exec(plain)?.groups;
  if (!parts) { throw unreadTime(text); }
  let hour = Number(parts["hour"]);
  const minute = parts["halfpast"] ? 30 : Number(parts["m1"] ?? parts["m2"] ?? 0);
  const half = (parts["half"] ?? "").toLowerCase();
  if (half && hour >= 12) {
    throw fault(text, "は昼か夜中か決められません。12:00、0:00、24:00のように書いてください。",
      "may be noon or midnight; write 12:00, 0:00 or 24:00.");
  }
  if (half === "午後" || half.startsWith("p")) { hour += 12; }
  if (minute >= 60 || hour * 60 + minute > 24 * 60) { throw unreadTime(text); }
  return `${pad(hour, 2)}:${pad(minute, 2)}`;
}

/**
 * Start and end of a span of hours; 午後 before the first also holds for the second unless that
 * says its own.
 * @param {string} text @returns {[string, string]}
 * @throws {InputFault} what cannot be read, ends before it starts, or may be morning or afternoon
 */
export function parseWindow(text) {
  const plain = strip(plainDashes(tidy(text)).replace(/まで$/u, ""));
  const ends = plain.split(BETWEEN);
  const [first = "", second = ""] = ends;
  if (ends.length !== 2) { throw unreadTime(text); }
  if (ends.some((one) => AMBIGUOUS.test(one)) && !/^(?:午|[AaPp])/u.test(first)) {
    throw fault(text, "は午前か午後か決められません。13:30のように書いてください。",
      "may be morning or afternoon; write it like 13:30.");
  }
  const start = parseTime(first);
  let end = parseTime(second);
  if (first.startsWith("午後") && /^[0-9]/u.test(second) && end < "12:00") {
    end = parseTime(`午後${second}`);
  }
  if (end <= start) {
    throw fault(text, "は終わりが始まりより後ではありません。午前・午後を確かめてください。",
      "does not end after it starts; check morning and afternoon.");
  }
  return [start, end];
}

/** A date's text in narrow signs, kanji numbers in digits. @param {string} text @returns {string} */
function plainDate(text) {
  return plainDashes(tidy(text)).replace(KANJI, (found) => {
    const at = found.lastIndexOf("十");
    if (at < 0) { return Array.from(found, (sign) => String(DIGITS.indexOf(sign))).join(""); }
    const tens = found.slice(0, at);
    const ones = found.slice(at + 1);
    if (Math.max(tens.length, ones.length) > 1 || tens.includes("十")) { return found; }
    return String(DIGITS.indexOf(tens || "一") * 10 + DIGITS.indexOf(ones || "〇"));
  });
}

/** @param {string} text @param {string} ja @param {string} en @returns {InputFault} */
function fault(text, ja, en) {
  const short = shorten(text, LONGEST_TOLD);
  return new InputFault(`「${short}」${ja}`, `“${short}” ${en}`);
}

/** @param {string} text @param {Era} era @returns {InputFault} */
function outside(text, era) {
  const span = `${era.first}～${era.last.startsWith("9999") ? "" : era.last}`;
  return fault(text, `は${era.name}の期間（${span}）にありません。元号か年を確かめてください。`,
    `lies outside the era ${era.name} (${span}); check the era or the year.`);
}

/** @param {string} text @param {string} plain @returns {InputFault} */
function unreadDate(text, plain) {
  if (/^[0-9]{1,2}年?(?:[./-][0-9]{1,2}){0,2}$/u.test(plain)) {
    return fault(text, "は年が決められません。西暦4けたか元号（令和8年、R8）で書いてください。",
      "has no clear year; write four digits or an era (R8).");
  }
  return fault(text, "は日付として読めません。2026-11-21か令和8年11月21日のように書いてください。",
    "cannot be read as a date; write it like 2026-11-21.");
}

/** @param {string} text @returns {InputFault} */
function unreadTime(text) {
  return fault(text, "は時刻として読めません。13:30や10:00～12:00のように書いてください。",
    "cannot be read as a time; write it like 13:30 or 10:00-12:00.");
}
