// The grammar of schedules: the server's own table (geo/schedule/grammar.json), followed here too.

import { GRAMMAR } from "/field/lib/schedule/grammar.js";

/** @typedef {import("./types").Lang} Lang */
/** @typedef {import("./types").Words} Words */
/** @typedef {"line" | "dates"} Room */

export { GRAMMAR };

/** @type {Map<string, RegExp>} */
const compiled = new Map();

/** A pattern's text, its names filled in. @param {string} pattern @returns {string} */
function fill(pattern) {
  let text = pattern;
  while (text.includes("«")) { text = text.replace(/«([A-Z0-9]+)»/gu, (_, name) => GRAMMAR.names[name] ?? ""); }
  return text;
}

/** @param {string} pattern @param {string} flags @param {boolean} [whole] @returns {RegExp} */
export function compilePattern(pattern, flags, whole = false) {
  const key = `${flags}${whole}${pattern}`;
  const known = compiled.get(key) ?? new RegExp(whole ? `^(?:${fill(pattern)})$` : fill(pattern), flags);
  compiled.set(key, known);
  return known;
}

/** @param {Room} room @param {string} name @param {string} flags @param {boolean} [whole] @returns {RegExp} */
function patternOf(room, name, flags, whole) { return compilePattern(GRAMMAR[room][name] ?? "", flags, whole); }

/** The whole text as the grammar's `name`. @param {Room} room @param {string} name @param {string} text @returns {RegExpExecArray | null} */
export function matchWhole(room, name, text) { return patternOf(room, name, "u", true).exec(text); }

/** The grammar's `name` anywhere in a text. @param {Room} room @param {string} name @param {string} text @returns {RegExpExecArray | null} */
export function findIn(room, name, text) { return patternOf(room, name, "u").exec(text); }

/** The grammar's `name` at the head of a text. @param {Room} room @param {string} name @param {string} text @returns {RegExpExecArray | null} */
export function matchHead(room, name, text) { return matchAt(GRAMMAR[room][name] ?? "", text, 0); }

/** All of the grammar's `name` in a text, to split or replace by. @param {Room} room @param {string} name @returns {RegExp} */
export function everyOf(room, name) { return patternOf(room, name, "gu"); }

/** A pattern at one place of a text. @param {string} pattern @param {string} text @param {number} at @returns {RegExpExecArray | null} */
export function matchAt(pattern, text, at) {
  const sticky = compilePattern(pattern, "uy");
  sticky.lastIndex = at;
  return sticky.exec(text);
}

/**
 * One of the sentences that say what was made of a text.
 * @param {string} name @param {Record<string, (lang: Lang) => string>} parts @returns {Words}
 */
export function sentence(name, parts) {
  const [ja = "", en = ""] = GRAMMAR.sentences[name] ?? [];
  /** @param {string} words @param {Lang} lang */
  const filled = (words, lang) => words.replace(/\{([a-z]+)\}/gu, (_, key) => parts[key]?.(lang) ?? "");
  return { ja: filled(ja, "ja"), en: filled(en, "en") };
}

/** @param {string} name @param {Record<string, string | number>} [facts] @returns {Words} */
export function faultOf(name, facts = {}) {
  const [ja, en] = (GRAMMAR.faults[name] ?? ["", ""]).map((words) => (
    words.replace(/\{([a-z]+)\}/gu, (_, key) => String(facts[key] ?? ""))
  ));
  return { ja: ja ?? "", en: en ?? "" };
}
