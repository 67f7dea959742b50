// Answers checked against the declaration, with the same result as the server's
// (surveys/record/answers.py, check_place of surveys/record/compose.py).

import { parseDate } from "./dates.js";
import { isObject } from "./paths.js";
import { checkSchedule } from "./schedule_rules.js";
import { cleanText, countSigns, firstSigns, InputFault, strip } from "./text.js";
import { roundTo, writeThousands, writeValue } from "./written.js";

export { cleanText } from "./text.js";

/** @typedef {import("./types").Answers} Answers */
/** @typedef {import("./types").Fault} Fault */
/** @typedef {import("./types").Field} Field */
/** @typedef {import("./types").Geometry} Geometry */
/** @typedef {import("./types").Json} Json */
/** @typedef {import("./types").RecordType} RecordType */

const UNKNOWN = "unknown";
const LONGEST_TEXT = 10_000;
const LONGEST_NAME = 200;
const LONGEST_CAPTION = 500;
const MOST_ITEMS = 200;
const ITEM_ID = /^[0-9A-Za-z_-]{1,40}$/u;
const PHOTO_ID = /^[0-9a-f]{64}$/u;
const MONTH = /^[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?$/;
const TIME = /^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/;
/** @type {Record<string, string>} */
const SHAPE_OF = {
  Point: "point", LineString: "line", MultiLineString: "line", Polygon: "area", MultiPolygon: "area",
};

/**
 * The answers in their kept form, in declared order, and every fault. `null`, blank text and empty
 * photos are no answer; what is faulty is left out and named by its path.
 * @param {RecordType} type @param {Answers} answers @returns {{answers: Answers, faults: Fault[]}}
 */
export function checkAnswers(type, answers) { return checkFields(type.fields, answers, ""); }

/** @param {Field[]} fields @param {Answers} answers @param {string} at @returns {{answers: Answers, faults: Fault[]}} */
function checkFields(fields, answers, at) {
  const asked = new Set(fields.map((one) => one.id));
  /** @type {Fault[]} */
  const faults = Object.keys(answers)
    .filter((key) => answers[key] !== undefined && !asked.has(key) && !(at && key === "_id"))
    .map((key) => ({
      path: at + key, words: { ja: "この調査票にない項目です", en: "not asked by this type" },
    }));
  /** @type {Answers} */
  const clean = {};
  for (const field of fields) {
    const value = Object.hasOwn(answers, field.id) ? answers[field.id] : null;
    if (value === null || value === undefined) { continue; }
    try {
      const kept = field.kind === "items" && value !== UNKNOWN
        ? checkItems(field, value, at, faults) : checkValue(field, value);
      if (kept !== null) { clean[field.id] = kept; }
    } catch (error) {
      if (!(error instanceof InputFault)) { throw error; }
      faults.push({ path: at + field.id, words: error.words });
    }
  }
  return { answers: clean, faults };
}

/** @param {Field} field @param {Json} value @param {string} at @param {Fault[]} faults @returns {Json} */
function checkItems(field, value, at, faults) {
  if (!Array.isArray(value) || !value.every(isObject)) {
    throw new InputFault("一覧ではありません", "not a list of items");
  }
  if (value.length > MOST_ITEMS) { throw tooMany(); }
  const seen = new Set();
  return value.map((item, index) => {
    const number = index + 1;
    const id = itemId(Object.hasOwn(item, "_id") ? item["_id"] : null, number);
    if (!ITEM_ID.test(id) || seen.has(id)) {
      throw new InputFault(
        `${number}番目の記号（_id）が正しくありません`, `item ${number} has a bad _id`,
      );
    }
    seen.add(id);
    const found = checkFields(field.item?.fields ?? [], item, `${at}${field.id}/${id}/`);
    faults.push(...found.faults);
    return { _id: id, ...found.answers };
  });
}

/** @param {unknown} given @param {number} number @returns {string} */
function itemId(given, number) {
  if (typeof given === "string") { return given || String(number); }
  const none = !given || (Array.isArray(given) ? !given.length : isObject(given) && !Object.keys(given).length);
  return none && !Number.isNaN(given) ? String(number) : writeValue(given);
}

/** @param {Field} field @param {Json} value @returns {Json} */
function checkValue(field, value) {
  if (value === UNKNOWN && field.unknown) { return UNKNOWN; }
  switch (field.kind) {
    case "choice": return checkChoice(field, value);
    case "choices": return checkChoices(field, value);
    case "number": return checkNumber(field, value);
    case "text": return checkText(value, false);
    case "note": return checkText(value, true);
    case "date": return parseDate(asText(value));
    case "month": return checkPattern(MONTH, value);
    case "time": return checkPattern(TIME, value);
    case "schedule": {
      const { rules, faults } = checkSchedule(value);
      const first = faults[0];
      if (first) { throw new InputFault(first.ja, first.en); }
      return rules;
    }
    case "areas": case "sites": return checkNames(value);
    case "photos": return checkPhotos(value);
    default: return checkPoint(value);
  }
}

/** @returns {InputFault} */
function tooMany() { return new InputFault(`${MOST_ITEMS}個までです`, `at most ${MOST_ITEMS}`); }

/** @param {unknown} value @returns {string} */
function asText(value) {
  if (typeof value !== "string") { throw new InputFault("文字ではありません", "not a text"); }
  return value;
}

/** @param {RegExp} pattern @param {Json} value @returns {string} */
function checkPattern(pattern, value) {
  const text = asText(value);
  if (!pattern.test(text)) {
    throw new InputFault("年（1980）か年月（1980-04）、時刻（09:30）の形で書いてください",
      "write 1980, 1980-04 or 09:30");
  }
  return text;
}

/** @param {Field} field @param {Json} value @returns {string} */
function checkChoice(field, value) {
  const known = typeof value === "string"
    && ((value === UNKNOWN && field.unknown) || field.choices.some((one) => one.id === value));
  if (!known) { throw new InputFault("選択肢にありません", "not one of the choices"); }
  return value;
}

/** @param {Field} field @param {Json} value @returns {Json} */
function checkChoices(field, value) {
  if (!Array.isArray(value)) {
    throw new InputFault("選択肢の一覧ではありません", "not a list of choices");
  }
  const chosen = new Set(value.map((one) => checkChoice(field, one)));
  const kept = field.choices.map((one) => one.id).filter((id) => chosen.has(id));
  return kept.length ? kept : null;
}

/** @param {Field} field @param {Json} value @returns {number} */
function checkNumber(field, value) {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new InputFault("数ではありません", "not a number");
  }
  if (value < field.low || value > field.high) {
    const [low, high] = [field.low, field.high].map(writeThousands);
    throw new InputFault(`${low}〜${high}${field.unit} の範囲で書いてください`,
      `must be within ${low}–${high} ${field.unit}`);
  }
  return roundTo(value, field.decimals) || 0; // -0 is told as 0
}

/** @param {Json} value @param {boolean} lines @returns {string | null} */
function checkText(value, lines) {
  const text = cleanText(asText(value), { lines });
  const long = countSigns(text);
  if (long > LONGEST_TEXT) {
    const [told, most] = [long, LONGEST_TEXT].map(writeThousands);
    throw new InputFault(`長すぎます（${told}字）。${most}字までにしてください`,
      `too long (${told} characters); at most ${most}`);
  }
  return text || null;
}

/** @param {Json} value @returns {Json} */
function checkNames(value) {
  if (!Array.isArray(value)) { throw new InputFault("一覧ではありません", "not a list"); }
  if (value.length > MOST_ITEMS) { throw tooMany(); }
  const names = value.map((one) => (
    strip(firstSigns(cleanText(asText(one).replace(/[、;]/gu, " "), { lines: false }), LONGEST_NAME))
  ));
  const kept = [...new Set(names.filter(Boolean))];
  return kept.length ? kept : null;
}

/** @param {Json} value @returns {Json} */
function checkPhotos(value) {
  if (!Array.isArray(value) || value.length > MOST_ITEMS) {
    throw new InputFault("写真の一覧ではありません", "not a list of photos");
  }
  /** @type {Map<string, Json>} */
  const out = new Map();
  for (const one of value) {
    const id = isObject(one) && Object.hasOwn(one, "id") ? one["id"] : null;
    if (!isObject(one) || typeof id !== "string" || !PHOTO_ID.test(id)) {
      throw new InputFault("写真の記号が正しくありません", "a photo's id is wrong");
    }
    const given = Object.hasOwn(one, "caption") ? one["caption"] : null;
    const caption = cleanText(isNothing(given) ? "" : asText(given), { lines: false });
    out.set(id, { id, caption: strip(firstSigns(caption, LONGEST_CAPTION)) });
  }
  return out.size ? [...out.values()] : null;
}

/** @param {unknown} value @returns {boolean} */
function isNothing(value) {
  if (Array.isArray(value)) { return !value.length; }
  return isObject(value) ? !Object.keys(value).length : !value && !Number.isNaN(value);
}

/** @param {Json} value @returns {number[]} */
function checkPoint(value) {
  const [lon, lat] = Array.isArray(value) && value.length === 2 ? value : [];
  if (typeof lon !== "number" || typeof lat !== "number") {
    throw new InputFault("場所は [経度, 緯度] で書いてください", "a point is [longitude, latitude]");
  }
  if (!inDegrees([lon, lat])) {
    throw new InputFault("経度・緯度の範囲の外です", "outside the range of degrees");
  }
  return [roundTo(lon, 7) || 0, roundTo(lat, 7) || 0];
}

/** @param {number[]} at @returns {boolean} */
function inDegrees([lon = NaN, lat = NaN]) { return Math.abs(lon) <= 180 && Math.abs(lat) <= 90; }

/**
 * What is wrong with a shape for a type.
 * @param {RecordType} type @param {Geometry | null} geometry @returns {Fault[]}
 */
export function checkPlace(type, geometry) {
  if (!geometry) { return []; }
  /** @param {string} ja @param {string} en @returns {Fault[]} */
  const wrong = (ja, en) => [{ path: "@place", words: { ja, en } }];
  const shape = SHAPE_OF[geometry.type];
  if (!type.shapes.some((one) => one === shape)) {
    return wrong("この調査票では使えない形です", "a shape this type does not take");
  }
  const corners = cornersOf(geometry.coordinates);
  if (corners.some((at) => at.length > 2)) {
    return wrong("高さのない形にしてください", "the shape must have no heights");
  }
  return corners.length && corners.every(inDegrees)
    ? [] : wrong("経度・緯度の範囲の外です", "outside the range of degrees");
}

/** @param {unknown} part @returns {number[][]} */
function cornersOf(part) {
  if (!Array.isArray(part) || !part.length) { return []; }
  return Array.isArray(part[0]) ? part.flatMap(cornersOf) : [part.map(Number)];
}
