// Texts as the server keeps them (surveys/record/answers.py, geo/base/text.py): blanks are its blanks, lengths
// are counted in signs, not in halves of them.

/** @typedef {import("./types").Words} Words */

/** What the server takes for a blank; `\s` and `trim` here would differ by \x1c to \x1f, \x85, \ufeff. */
export const BLANK = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const ENDS = new RegExp(`^[${BLANK}]+|[${BLANK}]+$`, "gu");
const BLANKS = new RegExp(`[${BLANK}]+`, "gu");
// What XML, and so a workbook, cannot hold: control signs, halves of signs, non-characters.
const NOT_TEXT = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/gu;
const SEEN = new RegExp(
  `[^${BLANK}\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufe00-\\ufe0f\\ufeff]`, "u",
);
const LINE_ENDS = /\r\n|[\r\u0085\u2028\u2029]/gu;
// Circled and dotted numbers mark items and are no digits: ①10:00 is never 110:00.
const BUT_MARKS = /[^①-⑳⒈-⒛⓪㉑-㉟㊱-㊿]+/gu;
const SURROGATES = /[\ud800-\udfff]/gu;
/** @type {Record<string, string>} NFKC leaves these radicals as they are. */
const RADICALS = { "⺠": "民", "⻑": "長", "⻄": "西", "⻘": "青", "⻭": "歯" };

/** A value that cannot be used, with what is wrong in both languages. */
export class InputFault extends Error {
  /** @param {string} ja @param {string} en */
  constructor(ja, en) {
    super(en);
    this.name = "InputFault";
    /** @type {Words} */
    this.words = { ja, en };
  }
}

/** @param {string} text @returns {string} */
export function strip(text) { return text.replace(ENDS, ""); }

/** How many signs a text has. @param {string} text @returns {number} */
export function countSigns(text) {
  let count = 0;
  for (const _ of text) { count += 1; }
  return count;
}

/** The first signs of a text, none of them halved. @param {string} text @param {number} most @returns {string} */
export function firstSigns(text, most) {
  return text.length <= most ? text : Array.from(text).slice(0, most).join("");
}

/** A text as a message repeats it: never a whole page. @param {string} text @param {number} most @returns {string} */
export function shorten(text, most) {
  const short = firstSigns(text, most);
  return short === text ? text : `${short}…`;
}

/**
 * The text as it is kept: no control signs, one kind of line end, no blank ends.
 * @param {string} text @param {{lines?: boolean}} [how] @returns {string}
 */
export function cleanText(text, { lines = true } = {}) {
  let plain = text.replace(LINE_ENDS, "\n").replace(NOT_TEXT, "");
  if (!lines) { plain = plain.replace(/[\n\t]+/gu, " "); }
  // A name of signs nobody sees would be a link nobody can press.
  return SEEN.test(plain) ? strip(plain) : "";
}

/** NFKC with radicals mended and blanks folded; circled numbers stay. @param {string} text @returns {string} */
export function tidy(text) {
  const mended = text.replace(BUT_MARKS, (part) => part.normalize("NFKC")).replace(SURROGATES, "")
    .replace(/[⺠⻑⻄⻘⻭]/gu, (sign) => RADICALS[sign] ?? sign);
  return strip(mended.replace(/\u00a0/gu, " ").replace(/\ufeff/gu, "").replace(BLANKS, " "));
}

/**
 * Order two texts by their signs, as the server sorts them.
 * @param {string} one @param {string} other @returns {number}
 */
export function compareSigns(one, other) {
  const left = Array.from(one);
  const right = Array.from(other);
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const step = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (step) { return step; }
  }
  return left.length - right.length;
}
