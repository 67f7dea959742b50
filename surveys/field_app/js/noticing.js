// What in a free text would tell who somebody is: the twin of surveys/record/privacy.py and
// private_text.py, by their own patterns and lists. A browser that cannot follow one notices nothing.

import { PRIVACY } from "/field/lib/privacy/table.js";

/** @typedef {"name" | "phone" | "mail" | "age"} Kind */
/** @typedef {{ kind: Kind, start: number, end: number, text: string }} Notice `start` and `end` in the text as it was given */
/** @typedef {[number, number, Kind]} Span */
/** @typedef {keyof typeof PRIVACY.patterns} Name */
/** @typedef {{ p: Record<Name, RegExp>, heads: Map<string, RegExp>, alone: Set<string>, ofSama: Set<string>, written: Set<string> }} Rules */

/** @type {Rules | null | undefined} */
let made;

/** @returns {Rules | null} null where this browser knows no such pattern: it says nothing then */
function rules() {
  if (made === undefined) { made = compile(); }
  return made;
}

/** @returns {Rules | null} */
function compile() {
  try {
    const { patterns, heads, alone, of_sama, written } = PRIVACY;
    const each = Object.entries(patterns).map(([name, [source, flags]]) => [name, new RegExp(source, `g${flags}`)]);
    return {
      p: Object.fromEntries(each), heads: new Map(Object.entries(heads).map(([mark, [source, flags]]) => [mark, new RegExp(source, `y${flags}`)])),
      alone: new Set(alone), ofSama: new Set(of_sama), written: new Set(written),
    };
  } catch {
    return null;
  }
}

/** Whether a question's texts are looked at. @param {string} type @param {string} path @returns {boolean} */
export function isWatched(type, path) { return rules() !== null && (PRIVACY.watched[type] ?? []).includes(path); }

/** What to write instead. @param {Kind} kind @returns {import("./types").Words} */
export function insteadOf(kind) { return PRIVACY.instead[kind]; }

/**
 * What is noticed in the texts of a record, by question.
 * @param {string} type @param {import("./types").Flat} flat @returns {Map<string, Notice[]>}
 */
export function noticeIn(type, flat) {
  /** @type {Map<string, Notice[]>} */
  const found = new Map();
  for (const [path, value] of Object.entries(flat)) {
    const some = typeof value === "string" && isWatched(type, path) ? notice(value) : [];
    if (some.length > 0) { found.set(path, some); }
  }
  return found;
}

/** Every place of a text that may tell who somebody is, in its order. @param {string} text @returns {Notice[]} */
export function notice(text) {
  const known = rules();
  if (!known || text === "") { return []; }
  const { plain, at, sign } = folded(text, known);
  const found = [...names(plain, known), ...contacts(plain, known), ...ages(plain, sign, known)]
    .sort((one, other) => one[0] - other[0] || one[1] - other[1] || (one[2] < other[2] ? -1 : 1));
  /** @type {Notice[]} */
  const out = [];
  let free = 0;
  for (const [start, end, kind] of found) {
    if (start < free) { continue; }
    const [from = 0, to = 0] = [at[start], at[end]];
    out.push({ kind, start: from, end: to, text: text.slice(from, to) });
    free = end;
  }
  return out;
}

/**
 * A text of one width, sign for sign.
 * @param {string} text @param {Rules} known
 * @returns {{ plain: string, at: number[], sign: number[] }} of each unit of it, where it stands in the text and which sign it is
 */
function folded(text, { p }) {
  /** @type {number[]} */
  const at = [];
  /** @type {number[]} */
  const sign = [];
  let plain = "";
  let from = 0;
  let count = 0;
  for (const one of text) {
    const wide = one.normalize("NFKC");
    const now = [...wide].length === 1 ? wide : one;
    for (let unit = 0; unit < now.length; unit += 1) { at.push(from); sign.push(count); }
    plain += now;
    from += one.length;
    count += 1;
  }
  // The mark of a long vowel is a dash in numbers alone.
  return { plain: plain.replace(p.dash, "-"), at: [...at, from], sign: [...sign, count] };
}

/** @param {RegExp} pattern @param {string} text */
function has(pattern, text) { return text.search(pattern) >= 0; }

/** @param {RegExpMatchArray} found @returns {[number, number]} */
function spanOf(found) { const start = found.index ?? 0; return [start, start + found[0].length]; }

/** @param {string} plain @param {Rules} known @returns {Generator<Span>} */
function* names(plain, known) {
  const { p, heads } = known;
  for (const found of plain.matchAll(p.called)) {
    const [start, end] = spanOf(found);
    const { name = "", mark = "" } = found.groups ?? {};
    const tail = heads.get(mark);
    if (tail) {
      tail.lastIndex = end;
      if (tail.test(plain)) { continue; }
    }
    if (isName(name.trim(), mark, known)) { yield [start, end, "name"]; }
  }
  for (const pattern of [p.read_name, p.by_role]) {
    for (const found of plain.matchAll(pattern)) { yield [...spanOf(found), "name"]; }
  }
}

/** @param {string} bare @param {string} mark @param {Rules} known @returns {boolean} */
function isName(bare, mark, { p, ofSama, written, alone }) {
  if (mark === "様" && ofSama.has(bare.slice(-1))) { return false; }
  if (has(p.role, bare) || has(p.trade, bare)) { return written.has(bare); }
  if (bare.match(p.spoken_alone)?.[0] === bare) { return !has(p.spoken, bare); }
  return !alone.has(bare);
}

/** @param {string} given @param {Rules} known @returns {Generator<Span>} */
function* contacts(given, { p }) {
  const plain = translate(given, PRIVACY.dashes);
  for (const found of plain.matchAll(p.mail)) {
    const [start, end] = spanOf(found);
    const first = start + ((plain.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
    yield [plain.slice(0, first).search(p.mail_head), end, "mail"];
  }
  // Sign for sign, so that what is found stands where it stood.
  const figures = translate(plain.replace(p.no_number, (one) => "|".repeat(one.length)), PRIVACY.kanji)
    .replace(p.abroad, (one) => `${" ".repeat(one.length - 1)}0`);
  for (const pattern of [p.local, p.apart]) {
    for (const found of figures.matchAll(pattern)) { yield [...spanOf(found), "phone"]; }
  }
  for (const pattern of [p.of_10, p.of_11]) {
    for (const found of figures.matchAll(pattern)) {
      const start = found.index ?? 0;
      const number = found[1] ?? "";
      const groups = number.match(p.figures) ?? [];
      if (groups.length <= PRIVACY.most_groups && [...(groups.at(-1) ?? "")].length >= PRIVACY.least_last) {
        yield [start, start + number.length, "phone"];
      }
    }
  }
}

/** @param {string} text @param {Record<string, string>} table @returns {string} */
function translate(text, table) { return [...text].map((one) => table[one] ?? one).join(""); }

/**
 * Each house number with the first age near it.
 * @param {string} plain @param {number[]} sign @param {Rules} known @returns {Generator<Span>}
 */
function* ages(plain, sign, { p }) {
  const all = [...plain.matchAll(p.age)].map(spanOf);
  const where = (/** @type {number} */ unit) => sign[unit] ?? 0;
  let at = 0;
  for (const found of all.length > 0 ? plain.matchAll(p.door) : []) {
    const door = spanOf(found);
    while (at < all.length && where(all[at]?.[1] ?? 0) < where(door[0]) - PRIVACY.near) { at += 1; }
    for (const [start, end] of all.slice(at)) {
      if (where(start) > where(door[1]) + PRIVACY.near) { break; }
      const between = start < door[0] ? plain.slice(end, door[0]) : plain.slice(door[1], start);
      if (between.split("。").length <= 2) {
        yield [Math.min(start, door[0]), Math.max(end, door[1]), "age"];
        break;
      }
    }
  }
}
