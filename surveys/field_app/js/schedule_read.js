// Read when a salon meets or a bus runs from what people write (geo/schedule/read.py). The patterns
// are the table's; here stands only the order they are met in. None looks behind: Safari before 16.4.

import { parseWindow, plainDashes } from "./dates.js";
import { withoutHarmless } from "./schedule_doubt.js";
import { everyOf, findIn, GRAMMAR, matchAt, matchHead, matchWhole } from "./schedule_grammar.js";
import { readHead } from "./schedule_heads.js";
import { readOff, takeOff } from "./schedule_off.js";
import { checkSchedule, DAYS_JA, listOf, monthsOf } from "./schedule_rules.js";
import { countSigns, InputFault, strip, tidy } from "./text.js";

/** @typedef {import("./types").Json} Json */
/** @typedef {Record<string, Json>} Rule */
/** @typedef {Record<string, string | undefined>} Groups */

const TAIL = 12; // signs before a bracket that may hold the day it belongs to

/**
 * The rules a text tells, one or more a line; a line of hours alone, in brackets or after ※
 * belongs to the line before it when the two read as one. A line not understood as a whole is kept as
 * `{freq: "text", text: line}`; nothing is guessed or lost.
 * @param {string} text @returns {Rule[]}
 */
export function parseSchedule(text) {
  const lines = text.split(everyOf("line", "break")).map(strip).filter(Boolean);
  /** @type {Rule[]} */
  const rules = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? "";
    let after = endOfLine(lines, at);
    let found = after > at + 1 ? readSound(lines.slice(at, after).join(" ")) : [];
    if (!found.length) { after = at + 1; found = readSound(line); }
    rules.push(...(found.length ? found : [{ freq: "text", text: line }]));
    at = after;
  }
  return rules;
}

/** Rules with texts kept before they could be read in today's reading. @param {Rule[]} rules @returns {Rule[]} */
export function readAgain(rules) {
  return rules.flatMap((rule) => {
    if (rule["freq"] !== "text") { return takeAgain(rule); }
    const found = parseSchedule(String(rule["text"]));
    return found.length && found.every((one) => one["freq"] !== "text") ? found : [rule];
  });
}

/** A rule kept before days off were taken away, without them. @param {Rule} rule @returns {Rule[]} */
function takeAgain(rule) {
  const off = "except" in rule ? readOff(String(rule["except"])) : null;
  if (!off || !(off.months.length || off.cuts.length)) { return [rule]; }
  const { except: _except, ...bare } = rule;
  const { rules } = checkSchedule(takeOff([bare], off, false) ?? []);
  return rules.length ? rules : [rule];
}

/** Whether a line may belong to the one before: hours alone, a bracket, ※. @param {string} line @returns {boolean} */
export function continues(line) {
  if (matchHead("line", "continues", line)) { return true; }
  if (countSigns(line) > GRAMMAR.longest) { return false; }
  const { found, rest } = takeSlots(plain(line));
  return found.length > 0 && !cut(rest);
}

/** @param {string[]} lines @param {number} at @returns {number} */
function endOfLine(lines, at) {
  const line = lines[at] ?? "";
  let after = at + 1;
  if (findIn("line", "note", line) || matchHead("line", "verbatim", line)) { return after; }
  const last = Math.min(lines.length, after + GRAMMAR.continued_lines);
  while (after < last && continues(lines[after] ?? "")) {
    after += 1;
    if (findIn("line", "note", lines[after - 1] ?? "")) { break; } // the next line is not its remark
  }
  return after;
}

/** @param {string} line @returns {Rule[]} */
function readSound(line) {
  const found = checkLine(line);
  const before = found.length ? null : matchWhole("line", "before", line)?.groups;
  if (!before || findIn("line", "no_venue", tidy(before["venue"] ?? ""))) { return found; }
  const rules = checkLine(before["rest"] ?? "");
  const text = rules.some((rule) => "venue" in rule || rule["freq"] === "text");
  return text ? [] : rules.map((rule) => ({ ...rule, venue: before["venue"] ?? "" }));
}

/** @param {string} line @returns {Rule[]} */
function checkLine(line) {
  try {
    const { rules, faults } = checkSchedule(readLine(line));
    return faults.length ? [] : rules;
  } catch (error) {
    if (error instanceof InputFault) { return []; }
    throw error;
  }
}

/** @param {string} text @returns {string} */
function plain(text) { return plainDashes(tidy(text)); }

/** Without the separators at its ends. @param {string} text @returns {string} */
function cut(text) { return text.replace(/^[ 、,:/]+|[ 、,:/]+$/gu, ""); }

/** @param {string} line @returns {Rule[]} */
function readLine(line) {
  const verbatim = matchHead("line", "verbatim", line);
  if (verbatim) { return [{ freq: "text", text: unquote(line.slice(verbatim[0].length - 1)) }]; }
  /** @type {Rule} */
  const extra = {};
  const mark = findIn("line", "note", line);
  let body = mark ? line.slice(0, mark.index) : line;
  body = body.slice(matchHead("line", "label", body)?.[0].length ?? 0);
  if (mark) {
    const told = strip(line.slice(mark.index + mark[0].length));
    extra["note"] = unquote(told);
    if (told.startsWith('"')) { extra["quoted"] = true; }
    if (!extra["note"]) { return []; }
  }
  const venues = [...body.matchAll(everyOf("line", "venue"))];
  const venue = venues[0];
  if (venue) {
    const raw = strip(venue.groups?.["inner"] || venue.groups?.["rest"] || "");
    extra["venue"] = unquote(raw);
    if (venues.length > 1 || !raw || (!raw.startsWith('"') && findIn("line", "no_venue", tidy(raw)))) { return []; }
    body = body.replace(everyOf("line", "venue"), " ");
  }
  /** @type {string[]} */
  const offs = [];
  const left = takeBrackets(body, extra, offs);
  return left === null ? [] : takeOffs(readParts(left, extra, offs), offs, extra);
}

/** @param {string} left @param {Rule} extra @param {string[]} offs @returns {Rule[]} */
function readParts(left, extra, offs) {
  const tail = "note" in extra ? null : findIn("line", "tail", left);
  if (tail) { extra["note"] = tail.groups?.["note"] ?? ""; }
  const body = tail ? left.slice(0, tail.index) : left;
  const whole = readWhole(body);
  const parts = body.split(everyOf("line", "parts")).filter((one) => strip(one));
  if (whole.length || parts.length < 2 || Object.keys(extra).length || offs.length) { return whole; }
  const each = parts.map(readBody);
  const rules = each.flat();
  const timed = rules.filter((rule) => "start" in rule).length;
  // An hour told once may hold for all parts or for one, so all tell theirs or none does.
  if (!each.every((found) => found.length) || (timed && timed < rules.length)) { return []; }
  // 火曜、第2木曜: every Tuesday, or the second?
  const told = parts.every((part) => findIn("line", "part", part));
  return timed || (told && !meetTwice(rules)) ? rules : [];
}

/** Whether two rules may mean one session: 毎週火曜・第1火曜. @param {Rule[]} rules @returns {boolean} */
function meetTwice(rules) {
  const days = rules.flatMap((rule) => listOf(rule, "weekdays"));
  const ordinals = new Set(rules.flatMap((rule) => ("by_week" in rule ? [] : listOf(rule, "weekdays").flatMap((day) => (
    listOf(rule, "nth").filter((n) => Number(n) > 0).map((n) => `${day} ${n}`)
  )))));
  const told = rules.every((rule) => "weekdays" in rule);
  const every = rules.reduce((sum, rule) => sum + listOf(rule, "weekdays").length * ("nth" in rule ? listOf(rule, "nth").length : 1), 0);
  return !told || (new Set(days).size < days.length && ordinals.size < every);
}

/**
 * Rules without the days off of brackets and notes; none if one had no room.
 * @param {Rule[]} rules @param {string[]} offs @param {Rule} extra @returns {Rule[]}
 */
function takeOffs(rules, offs, extra) {
  let left = rules;
  /** @type {string[]} */
  const vague = [];
  for (const raw of offs) {
    const off = raw.startsWith('"') ? null : readOff(raw);
    const taken = off && takeOff(left, off, false);
    if (taken) { left = taken; } else { vague.push(unquote(raw)); }
  }
  const { quoted, ...more } = extra;
  const told = quoted ? null : matchWhole("line", "except", String(extra["note"] ?? ""))?.groups?.["off"];
  const off = told ? readOff(told) : null;
  const taken = off && takeOff(left, off, false);
  if (taken) { left = taken; delete more["note"]; }
  if (vague.length > 1) { return []; }
  if (vague.length) { more["except"] = vague[0] ?? ""; }
  // What stands in both would be lost in one of them.
  return left.some((rule) => Object.keys(more).some((key) => key in rule)) ? [] : left.map((rule) => ({ ...rule, ...more }));
}

/**
 * Move days off and remarks in brackets out; the rest, or `null` if unclear.
 * @param {string} line @param {Rule} extra @param {string[]} offs @returns {string | null}
 */
function takeBrackets(line, extra, offs) {
  let clear = true;
  const body = line.replace(everyOf("line", "bracket"), (_, raw, at) => {
    const inside = strip(raw);
    const before = line.slice(0, at);
    const off = matchWhole("line", "except", inside)?.groups?.["off"];
    if (off !== undefined) { offs.push(strip(off)); return " "; }
    const tidied = tidy(inside);
    const day = matchWhole("line", "weekday", tidied)?.groups?.["day"];
    if (day && findIn("line", "dated", plain(Array.from(before.slice(-2 * TAIL)).slice(-TAIL).join("")))) { return `(${day}) `; }
    if (tidied && DAYS_JA.includes(tidied) && /[日⽇]$/u.test(strip(before))) { return " "; }
    if (findIn("line", "timing", withoutHarmless(inside)) || matchWhole("line", "inline", tidied)) {
      clear = clear && !matchWhole("line", "either", tidied);
      return ` ${inside} `;
    }
    clear = clear && Boolean(inside) && !("note" in extra);
    extra["note"] = inside;
    return " ";
  });
  return clear && countSigns(body) <= GRAMMAR.longest ? plain(body) : null;
}

/** The rules of a line freed of brackets, days off at its head or its end taken away. @param {string} body @returns {Rule[]} */
function readWhole(body) {
  const first = matchHead("line", "except_first", body);
  const off = first && readOff(first.groups?.["off"] ?? "");
  const whole = first && off && takeOff(readBody(body.slice(first[0].length)), off, true);
  if (whole) { return whole; }
  const last = findIn("line", "except_last", body);
  const before = last ? body.slice(0, last.index) : "";
  for (const one of before.matchAll(everyOf("line", "except_from"))) {
    const there = readOff(before.slice(one.index + one[0].length));
    const taken = there && takeOff(readBody(before.slice(0, one.index)), there, true);
    if (taken) { return taken; }
  }
  return readBody(body);
}

/** The hours told in a text, and the text without them. @param {string} body @returns {{found: Groups[], rest: string}} */
function takeSlots(body) {
  /** @type {Groups[]} */
  const found = [];
  let rest = "";
  for (let at = 0; at < body.length;) {
    // An hour never follows a digit or a colon at once: 110:00 is no ten o'clock.
    const fresh = !/[0-9:]/u.test(body[at - 1] ?? "");
    const slots = GRAMMAR.slots.filter((one) => one.fresh === fresh);
    /** @type {RegExpExecArray | null} */
    let slot = null;
    for (const one of slots) { slot ??= matchAt(one.pattern, body, at); }
    if (slot) { found.push(slot.groups ?? {}); }
    rest += slot ? " " : body[at];
    at += slot ? slot[0].length : 1;
  }
  return { found, rest };
}

/**
 * The rules of a line freed of venue, days off and notes; none if any of it is unclear.
 * @param {string} body @returns {Rule[]}
 */
function readBody(body) {
  const { found, rest } = takeSlots(body);
  let slots = found.map(readSlot);
  let head = cut(rest);
  const lead = matchHead("line", "lead", head);
  if (lead) {
    if (slots.some((slot) => "from_month" in slot || "season" in slot)) { return []; }
    const own = readSeason(lead.groups ?? {});
    slots = (slots.length ? slots : [{}]).map((slot) => ({ ...own, ...slot }));
    head = head.slice(lead[0].length);
  }
  const seasons = slots.filter((slot) => "season" in slot).length;
  const held = slots.flatMap((slot) => ("season" in slot ? [slot["season"]] : monthsOf(slot)));
  const twice = held.length > new Set(held).size;
  if ((seasons && seasons < slots.length) || (twice && !areApart(slots))) { return []; }
  head = cut(head).replace(everyOf("line", "held"), "");
  const each = slots.length ? slots : [{}];
  const rules = readHeadOr(head, found.length > 0);
  if (rules.some((rule) => slots.some((slot) => Object.keys(slot).some((key) => key in rule)))) { return []; } // two seasons told
  if (twice && (rules.length > 1 || countDays(rules) === slots.length)) { return []; } // each day both, or each its own?
  return rules.flatMap((rule) => each.map((slot) => ({ ...rule, ...slot })));
}

/** Whether spans of hours on one day are sessions of their own, no rest at noon between. @param {Rule[]} slots */
function areApart(slots) {
  if (slots.some((slot) => Object.keys(slot).sort().join() !== "end,start")) { return false; }
  return slots.every((slot, at) => {
    const before = slots[at - 1];
    return !before || minutes(slot["start"]) - minutes(before["end"]) > GRAMMAR.apart_minutes;
  });
}

/** @param {unknown} clock */
function minutes(clock) {
  const [hour, minute] = String(clock).split(":");
  return Number(hour) * 60 + Number(minute);
}

/** How many days the one rule names. @param {Rule[]} rules */
function countDays(rules) {
  const rule = rules[0] ?? {};
  const many = ["weekdays", "nth", "days"].map((key) => (Array.isArray(rule[key]) ? rule[key].length : 1));
  return many.reduce((all, one) => all * one, 1);
}

/** The rules of a text of days; none where one is no day. @param {string} head @param {boolean} timed @returns {Rule[]} */
function readHeadOr(head, timed) {
  try {
    return readHead(head, timed);
  } catch (error) {
    if (error instanceof InputFault) { return []; }
    throw error;
  }
}

/** @param {Groups} found @returns {Rule} */
function readSeason(found) {
  const named = found["named"];
  if (named) { return { season: GRAMMAR.seasons[named[0] ?? ""] ?? null }; }
  const first = found["from"] ?? found["only"];
  if (!first) { return {}; }
  return { from_month: Number(first), until_month: Number(found["until"] ?? first) };
}

/** @param {Groups} found @returns {Rule} */
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

/** @param {string} text @returns {string} */
function unquote(text) {
  const bare = strip(text);
  if (!bare.startsWith('"') || !bare.endsWith('"')) { return bare; }
  try { return String(JSON.parse(bare)); } catch { return bare; }
}
