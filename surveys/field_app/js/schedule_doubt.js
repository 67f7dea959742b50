// What makes the count of a rule not known, though its days were read (geo/schedule/doubt.py).

import { plainDashes } from "./dates.js";
import { compilePattern, GRAMMAR, sentence } from "./schedule_grammar.js";
import { readOff } from "./schedule_off.js";
import { listOf } from "./schedule_rules.js";
import { tidy } from "./text.js";

/** @typedef {import("./types").Json} Json */
/** @typedef {import("./types").Words} Words */
/** @typedef {Record<string, Json>} Rule */

const { harmless, words, states } = GRAMMAR.doubt;

/** A remark without what never changes on which days it meets. @param {string} text @returns {string} */
export function withoutHarmless(text) { return plainDashes(tidy(text)).replace(compilePattern(harmless, "gu"), ""); }

/** Whether a remark may change on which days it meets. @param {string} text @returns {boolean} */
export function isDoubtful(text) { return compilePattern(words, "u").test(withoutHarmless(text)); }

/** The state a remark tells: paused, ended, not begun. @param {string} text @returns {Words | undefined} */
export function findState(text) {
  const plain = withoutHarmless(text);
  return states.find((one) => compilePattern(one.pattern, "u").test(plain));
}

/** Why a rule's sessions cannot be counted, `null` if they can. @param {Rule} rule @returns {Words | null} */
export function sayDoubt(rule) {
  if (rule["freq"] === "text") { return sayText(String(rule["text"])); }
  if ("planned" in rule) { return sayText(states[states.length - 1]?.ja ?? ""); }
  if ("except" in rule && withoutHarmless(`${rule["except"]}休み`)) { // 雨天 is harmless
    const off = readOff(String(rule["except"]));
    if (!off || off.months.length || off.cuts.length) { return say("vague_off", String(rule["except"])); }
  }
  if ("except_months" in rule && "every_months" in rule) { // which months it has is not told
    return say("vague_off", listOf(rule, "except_months").map((month) => `${month}月`).join("・"));
  }
  return "note" in rule ? sayText(String(rule["note"])) : null;
}

/**
 * For each rule, whether its sessions may be counted; a line kept as text that may change the days
 * of the others, like 第5週は休み, leaves none.
 * @param {Rule[]} rules @returns {boolean[]}
 */
export function areCounted(rules) {
  const torn = rules.some((rule) => rule["freq"] === "text" && isDoubtful(String(rule["text"])));
  return rules.map((rule) => !torn && !sayDoubt(rule));
}

/** @param {string} told @returns {Words | null} */
function sayText(told) {
  const state = findState(told);
  if (state) { return sentence("state", { told: () => told, state: (lang) => state[lang] }); }
  return isDoubtful(told) ? say("doubt", told) : null;
}

/** @param {string} name @param {string} told @returns {Words} */
function say(name, told) { return sentence(name, { told: () => told }); }
