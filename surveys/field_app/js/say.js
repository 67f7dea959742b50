// Answers as people read them, as the register's lists and cards say them (layers/cards/say_answer.py).

import { daysIn, sayDate } from "./dates.js";
import { isObject } from "./paths.js";
import { saySchedule } from "./schedule.js";
import { lang as langNow } from "./words.js";
import { writeThousands } from "./written.js";

/** @typedef {import("./types").Field} Field */
/** @typedef {import("./types").Json} Json */
/** @typedef {import("./types").Lang} Lang */
/** @typedef {{lang?: Lang, titles?: Record<string, string>, withPoint?: boolean}} Manner */

const UNKNOWN = "unknown";
/** @type {Record<string, string>} Counters are Japanese; English says what is counted, or nothing. */
const UNITS_EN = {
  "％": " %", "㎡": " m²", "人": " people", "円": " yen", "段": " steps", "本": " a day", "畳": " mats",
  "台": "", "基": "", "脚": "", "か所": "", "つ": "", "回": " times", "分": " min", "年": " years",
};
// The calendar before it was another: no month of it can be turned into an era.
const FIRST_SOLAR_YEAR = 1873;

/**
 * One answer in words; no value is 「未確認」, which is not 「なし」. What is not as the check keeps it
 * is said as it stands.
 * @param {Field} field @param {Json | undefined} value @param {Manner} [how] `titles`: what sites are
 * called, by id; `withPoint`: say the degrees of a point
 * @returns {string}
 */
export function sayAnswer(field, value, { lang = langNow(), titles = {}, withPoint = false } = {}) {
  const ja = lang === "ja";
  if (value === null || value === undefined) { return ja ? "未確認" : "not asked"; }
  if (value === UNKNOWN && field.unknown) { return ja ? "不明" : "not known"; }
  if (Array.isArray(value)) { return sayList(field, value, { lang, titles, withPoint }); }
  if (typeof value === "number" && field.kind === "number") { return sayNumber(value, field.unit, lang); }
  if (typeof value !== "string") { return JSON.stringify(value); }
  switch (field.kind) {
    case "choice": return sayChoice(field, value, lang);
    case "date": return /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/u.test(value) ? sayDate(value, lang) : value;
    case "month": return sayMonth(value, lang);
    case "time": return value.startsWith("0") ? value.slice(1) : value;
    default: return value;
  }
}

/** @param {Field} field @param {Json[]} value @param {Required<Manner>} how @returns {string} */
function sayList(field, value, { lang, titles, withPoint }) {
  const ja = lang === "ja";
  const join = ja ? "、" : ", ";
  switch (field.kind) {
    case "choices": return value.map((one) => sayChoice(field, one, lang)).join(join);
    case "schedule": return value.length ? saySchedule(value.filter(isObject), lang) : ja ? "なし" : "none";
    case "sites": return value.map((one) => sayTitle(String(one), titles, lang)).join(join);
    case "photos": return ja ? `${value.length}枚` : `${value.length} photos`;
    case "point": return withPoint ? sayPoint(value, lang) : ja ? "地図にある" : "on the map";
    case "items": return sayCount(field, value.length, lang);
    default: return value.map(String).join(join);
  }
}

/** @param {string} id @param {Record<string, string>} titles @param {Lang} lang @returns {string} */
function sayTitle(id, titles, lang) {
  const title = Object.hasOwn(titles, id) ? titles[id] : "";
  return title || (lang === "ja" ? "（一覧にない地点）" : "(not in the register)");
}

/** @param {Field} field @param {number} count @param {Lang} lang @returns {string} */
function sayCount(field, count, lang) {
  if (!count) { return lang === "ja" ? "なし" : "none"; }
  return writeThousands(count) + (lang === "ja" ? field.item?.counter.ja ?? "" : "");
}

/** A number with thousands and its unit. @param {number} value @param {string} unit @param {Lang} lang @returns {string} */
export function sayNumber(value, unit, lang) {
  const sign = unit === "%" ? "％" : unit;
  const said = lang === "ja" ? sign : UNITS_EN[sign] ?? (sign && ` ${sign}`);
  return writeThousands(value) + said;
}

/**
 * A year, or a year and month, by era in Japanese; the Western year stands beside a year alone.
 * @param {string} text @param {Lang} lang @returns {string}
 */
export function sayMonth(text, lang) {
  const [told = "", month = ""] = text.normalize("NFKC").split("-");
  const year = Number(told);
  if (!Number.isInteger(year) || !Number.isInteger(Number(month))) { return text; }
  if (lang === "ja" && year < FIRST_SOLAR_YEAR) {
    return `${year}年${month && `${Number(month)}月`}`;
  }
  if (!month) {
    const era = sayDate(`${told}-12-31`, "ja").split("年")[0];
    return lang === "ja" ? `${era}年（${year}年）` : text;
  }
  const said = sayDate(`${told}-${month}-${daysIn(year, Number(month))}`, lang);
  return lang === "ja" ? `${said.split("月")[0]}月` : said.slice(said.indexOf(" ") + 1);
}

/** @param {Json[]} value @param {Lang} lang @returns {string} */
function sayPoint(value, lang) {
  const [lon = 0, lat = 0] = value.map(Number);
  return lang === "ja"
    ? `緯度${lat.toFixed(6)} 経度${lon.toFixed(6)}` : `${lat.toFixed(6)}, ${lon.toFixed(6)} (lat, lon)`;
}

/** @param {Field} field @param {Json} id @param {Lang} lang @returns {string} */
function sayChoice(field, id, lang) {
  if (id === UNKNOWN && field.unknown) { return lang === "ja" ? "不明" : "not known"; }
  return field.choices.find((one) => one.id === id)?.words[lang] ?? String(id);
}
