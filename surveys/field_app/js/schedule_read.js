// Read when a salon meets or a bus runs from what people write (geo/schedule/read.py).
// No lookbehind: Safari knows it only from 16.4.

import { parseDate, parseWindow, plainDashes } from "./dates.js";
import { sameJson } from "./paths.js";
import { checkSchedule } from "./schedule_rules.js";
import { BLANK, countSigns, InputFault, strip, tidy } from "./text.js";

/** @typedef {import("./types").Json} Json */
/** @typedef {Record<string, Json>} Rule */

const DAYS_JA = "月火水木金土日";
const SEP = "[ 、,・と/&]*";
// A 日 is either the end of 曜日 or Sunday, and never tried as both.
const YO = "(?:曜日|曜(?!日)|(?!曜))";
const W = `[月火水木金土日]${YO}(?:${SEP}[月火水木金土日]${YO})*`;
const N = "[1-5一二三四五]";
const NTH = new RegExp(
  `(?<nth>(?:第 ?${N}|最終|最後の?)(?:${SEP}(?:(?:第 ?)?${N}|最終))*)[ の]*(?<days>${W})${SEP}`, "uy",
);
const WEEKLY = new RegExp(
  `^(?:(?<every>毎?週(?<times>[1-7])[回日]|毎週|隔週)[ の:/・]*)?(?<days>${W}|平日)?$`, "u",
);
const MONTHLY = /^(?:毎?月 ?(?<times>[0-9]{1,2})回|毎月の?)[ :/、,・]*/u;
const MONTHDAYS = new RegExp(`^[0-9]{1,2}日?(?:${SEP}[0-9]{1,2}日?)*$`, "u");
const TO = "(?:[~〜-]|から|より)";
const TIME = "(?:正午|(?:午前|午後|[AaPp][Mm])? ?[0-9]{1,2} ?"
  + "(?::[0-9]{2}(?![0-9:])|時(?: ?[0-9]{1,2} ?分|半)?))";
/** @param {string} colon how a season may end in ":" @returns {string} */
const season = (colon) => (
  `(?:(?<from>[0-9]{1,2}) ?月? ?${TO} ?(?<until>[0-9]{1,2}) ?月(?!曜)(?: ?の間)?(?:[はの]|${colon})?`
  + "|(?<only>[0-9]{1,2}) ?月は)[ 、,]*"
);
const LEAD = new RegExp(`^${season(":")}`, "u");
// An hour never follows a digit or a colon at once: 110:00 is no ten o'clock.
const SEASON = season(":(?![正午AaPp0-9])");
const SPAN = `(?:(?<both>${TIME} ?${TO} ?${TIME}) ?(?:まで)?|(?:(?<till>${TIME}) ?まで)|(?<start>${TIME}) ?${TO}?)`;
const UNTIL = `[~〜-] ?(?<end>${TIME})(?: ?まで)?`;
const SLOT = new RegExp(`(?:${SEASON})?(?:${SPAN}|${UNTIL})`, "uy");
const SLOT_AFTER_DIGIT = new RegExp(`(?:${SEASON})(?:${SPAN}|${UNTIL})`, "uy");
const UNTIL_ONLY = new RegExp(UNTIL, "uy");
const VENUE = /【([^【】]*)】|[ 　、,]?(?:会場|場所) *[:：]([^\n]+)$/gu;
const NO_VENUE = /休|曜|[毎隔]週|毎[月日]|[0-9][:時]|午[前後]|中止|対象|予約|参加|持ち物/u;
const BRACKET = /[（(]([^（()）]*)[)）]/gu;
const EXCEPT = /^(?:ただし|但し)?[、, ]*(?![、, ])([^\n]+?)(?:を?除く|は?(?:お?休み|休))$/u;
const OFF = "(?:祝祭日|祝日|祭日|休日|年末年始|お盆|盆)";
const TAIL_EXCEPT = new RegExp(
  `[、, 　]*(${OFF}(?:[・、,や及びと]*${OFF})*)(?:を?除く|は?(?:お?休み|休))[。 ]*$`, "u",
);
const TIMING = /[0-9][:時月日回]|第|最終|[毎隔]|週|曜|のみ|だけ|奇数|偶数|[夏冬春秋][期季]|場合/u;
const ONLY_DAYS = new RegExp(`^${W}$`, "u");
const LONGEST = 1000;
const PARTS = /[、,/。] *(?=毎[週月日]|第|隔週)/u;
const BLANK_ENDS = /^[ 、,:/]+|[ 、,:/]+$/gu;

/**
 * The rules a text tells, one or more a line. A line not understood as a whole is kept as
 * `{freq: "text", text: line}`; nothing is guessed or lost.
 * @param {string} text @returns {Rule[]}
 */
export function parseSchedule(text) {
  /** @type {Rule[]} */
  const rules = [];
  for (const raw of text.split(/[\r\n;；]/u)) {
    const line = strip(raw);
    if (!line) { continue; }
    const found = readSound(line);
    rules.push(...(found.length ? found : [{ freq: "text", text: line }]));
  }
  return rules;
}

/** @param {string} line @returns {Rule[]} */
function readSound(line) {
  try {
    const { rules, faults } = checkSchedule(readLine(line));
    return faults.length ? [] : rules;
  } catch (error) {
    if (error instanceof InputFault) { return []; }
    throw error;
  }
}

/** @param {string} line @returns {Rule[]} */
function readLine(line) {
  if (line.startsWith('原文"')) { return [{ freq: "text", text: unquote(line.slice(2)) }]; }
  /** @type {Rule} */
  const extra = {};
  const mark = line.indexOf("※");
  let body = mark < 0 ? line : line.slice(0, mark);
  if (mark >= 0) {
    extra["note"] = unquote(line.slice(mark + 1));
    if (!extra["note"]) { return []; }
  }
  const venues = [...body.matchAll(VENUE)];
  const venue = venues[0];
  if (venue) {
    const raw = strip(venue[1] || venue[2] || "");
    extra["venue"] = unquote(raw);
    if (venues.length > 1 || !raw || (!raw.startsWith('"') && NO_VENUE.test(tidy(raw)))) { return []; }
    body = body.replace(VENUE, " ");
  }
  const plain = takeBrackets(body, extra);
  if (plain === null) { return []; }
  let rules = readBody(plain);
  const parts = plain.split(PARTS);
  if (!rules.length && parts.length > 1 && !Object.keys(extra).length) {
    const each = parts.map(readBody);
    // An hour told once may hold for all parts or for one, so all must tell theirs.
    if (each.every((found) => found.length && found.every((rule) => "start" in rule))) {
      rules = each.flat();
    }
  }
  return rules.map((rule) => ({ ...rule, ...extra }));
}

/**
 * Move days off and remarks in brackets to `extra`; the rest, or `null` if unclear.
 * @param {string} line @param {Rule} extra @returns {string | null}
 */
function takeBrackets(line, extra) {
  let clear = true;
  let body = line.replace(BRACKET, (_, raw, at) => {
    const inside = strip(raw);
    const off = EXCEPT.exec(inside);
    if (!off && inside && DAYS_JA.includes(inside) && endsInDay(line.slice(0, at))) { return " "; }
    if (!off && (TIMING.test(tidy(inside)) || ONLY_DAYS.test(tidy(inside)))) { return ` ${inside} `; }
    const key = off ? "except" : "note";
    clear = clear && Boolean(inside) && !(key in extra);
    extra[key] = off ? unquote(off[1] ?? "") : inside;
    return " ";
  });
  if (countSigns(body) > LONGEST) { return null; }
  const tail = TAIL_EXCEPT.exec(body);
  if (tail) {
    clear = clear && !("except" in extra);
    extra["except"] = tail[1] ?? "";
    body = body.slice(0, tail.index);
  }
  return clear ? plainDashes(tidy(body)) : null;
}

/** @param {string} text @returns {boolean} */
function endsInDay(text) { return new RegExp(`日[${BLANK}]*$`, "u").test(text); }

/**
 * The rules of a line freed of venue, days off and notes; none if any of it is unclear.
 * @param {string} body @returns {Rule[]}
 */
function readBody(body) {
  const { found, rest } = takeSlots(body);
  let slots = found.map(readSlot);
  let head = rest.replace(BLANK_ENDS, "");
  const lead = LEAD.exec(head);
  if (lead) {
    if (slots.some((slot) => "from_month" in slot)) { return []; }
    const own = readSeason(lead.groups ?? {});
    slots = (slots.length ? slots : [{}]).map((slot) => ({ ...own, ...slot }));
    head = head.slice(lead[0].length);
  }
  const months = slots.flatMap(monthsOf);
  if (months.length > new Set(months).size) { return []; } // two spans in one month: one session or two?
  head = head.replace(BLANK_ENDS, "").replace(/[のは]?(?:に?(?:開催|実施))?[。 ]*$/u, "");
  const each = slots.length ? slots : [{}];
  return readHead(head).flatMap((rule) => each.map((slot) => ({ ...rule, ...slot })));
}

/** @param {string} body @returns {{found: Record<string, string | undefined>[], rest: string}} */
function takeSlots(body) {
  /** @type {Record<string, string | undefined>[]} */
  const found = [];
  let rest = "";
  for (let at = 0; at < body.length;) {
    const pattern = /[0-9:]/u.test(body[at - 1] ?? "") ? [SLOT_AFTER_DIGIT, UNTIL_ONLY] : [SLOT];
    const slot = pattern.map((one) => { one.lastIndex = at; return one.exec(body); }).find(Boolean);
    if (slot) { found.push(slot.groups ?? {}); }
    rest += slot ? " " : body[at];
    at += slot ? slot[0].length : 1;
  }
  return { found, rest };
}

/** @param {Rule} rule @returns {number[]} */
function monthsOf(rule) {
  const first = Number(rule["from_month"] ?? 1);
  const last = Number(rule["until_month"] ?? 12);
  const count = ((((last - first) % 12) + 12) % 12) + 1;
  return Array.from({ length: count }, (_, step) => ((((first - 1 + step) % 12) + 12) % 12) + 1);
}

/** @param {Record<string, string | undefined>} found @returns {Rule} */
function readSeason(found) {
  const first = found["from"] ?? found["only"];
  if (!first) { return {}; }
  return { from_month: Number(first), until_month: Number(found["until"] ?? found["only"]) };
}

/** @param {Record<string, string | undefined>} found @returns {Rule} */
function readSlot(found) {
  const slot = readSeason(found);
  if (found["both"]) {
    [slot["start"], slot["end"]] = parseWindow(found["both"]);
  } else if (found["start"]) {
    slot["start"] = parseWindow(`${found["start"]}~24:00`)[0];
  } else {
    slot["end"] = parseWindow(`0:00~${found["end"] ?? found["till"]}`)[1];
  }
  return slot;
}

/** @param {string} head @returns {Rule[]} */
function readHead(head) {
  if (head === "毎日" || head === "年中無休") { return [{ freq: "daily" }]; }
  if (head === "不定期") { return [{ freq: "irregular" }]; }
  const weekly = WEEKLY.exec(head);
  if (head && weekly) { return readWeekly(weekly); }
  const monthly = MONTHLY.exec(head);
  const rest = monthly ? head.slice(monthly[0].length) : head;
  const times = monthly?.groups?.["times"];
  if (times && !rest) { return [{ freq: "monthly", times_per_month: Number(times) }]; }
  let { rules, told } = readNth(rest);
  if (!rules.length && monthly && rest.endsWith("日") && MONTHDAYS.test(rest)) {
    const days = (rest.match(/[0-9]+/gu) ?? []).map(Number);
    rules = [{ freq: "monthly", days }];
    told = days.length;
  }
  if (rules.length) { return times && Number(times) !== told ? [] : rules; }
  return monthly ? [] : readDates(head);
}

/** @param {RegExpExecArray} found @returns {Rule[]} */
function readWeekly(found) {
  const { days: told, times, every } = found.groups ?? {};
  const days = told === "平日" ? [0, 1, 2, 3, 4] : weekdays(told ?? "");
  if (times && (days.length || 1) !== Number(times)) { return []; }
  if (!every && days.length === 1 && !found[0].includes("曜")) { return []; }
  return [{ freq: every === "隔週" ? "fortnightly" : "weekly", weekdays: days }];
}

/** @param {string} text @returns {number[]} */
function weekdays(text) {
  return Array.from(text.replace(/曜日?/gu, ""), (day) => DAYS_JA.indexOf(day)).filter((at) => at >= 0);
}

/** @param {string} text @returns {{rules: Rule[], told: number}} */
function readNth(text) {
  /** @type {{freq: string, weekdays: number[], nth: number[]}[]} */
  const rules = [];
  let place = 0;
  for (;;) {
    NTH.lastIndex = place;
    const found = NTH.exec(text);
    if (!found) { break; }
    const marks = (found.groups?.["nth"] ?? "").match(/[1-5一二三四五]|最/gu) ?? [];
    const nth = marks.map((mark) => (mark === "最" ? -1 : "一二三四五".indexOf(mark) + 1 || Number(mark)));
    const days = weekdays(found.groups?.["days"] ?? "");
    const same = rules.find((rule) => sameJson(rule.weekdays, days));
    if (same) { same.nth.push(...nth); } else { rules.push({ freq: "nth", weekdays: days, nth }); }
    place += found[0].length;
  }
  const told = rules.reduce((sum, rule) => sum + rule.nth.length * rule.weekdays.length, 0);
  return place === text.length ? { rules, told } : { rules: [], told: 0 };
}

/** @param {string} text @returns {Rule[]} */
function readDates(text) {
  /** @type {string[]} */
  const days = [];
  for (const word of text.split(/[、,・ と]+/u)) {
    const last = days[days.length - 1];
    const short = last ? /^(?:([0-9]{1,2})[月/])?([0-9]{1,2})日?$/u.exec(word) : null;
    if (last && short) {
      const day = parseDate(`${last.slice(0, 4)}/${short[1] ?? Number(last.slice(5, 7))}/${short[2]}`);
      if (day <= last) { return []; } // perhaps of the next year, perhaps a slip
      days.push(day);
    } else {
      days.push(parseDate(word));
    }
  }
  return [{ freq: "dates", dates: days }];
}

/** @param {string} text @returns {string} */
function unquote(text) {
  const plain = strip(text);
  if (!plain.startsWith('"') || !plain.endsWith('"')) { return plain; }
  try { return String(JSON.parse(plain)); } catch { return plain; }
}
