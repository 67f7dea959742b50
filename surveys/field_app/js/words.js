// The language in use, and how a pair of texts is said in it.

/** @typedef {import("./types").Lang} Lang */

/** @type {Lang} */
let now = "ja";

/** @returns {Lang} */
export function lang() { return now; }

/** @param {Lang} chosen */
export function setLang(chosen) {
  now = chosen;
  if (typeof document !== "undefined") { document.documentElement.lang = chosen; }
}

/**
 * Say a pair of texts: `t("保存する", "Save")`.
 * @param {string} ja @param {string} en @returns {string}
 */
export function t(ja, en) { return now === "ja" ? ja : en; }

/**
 * A number with its English noun, which is singular for one.
 * @param {number} number @param {string} one @returns {string} 1 place, 3 places
 */
export function counted(number, one) { return `${number} ${one}${number === 1 ? "" : "s"}`; }

/** @param {import("./types").Words | null | undefined} words @returns {string} */
export function say(words) { return words ? words[now] : ""; }
