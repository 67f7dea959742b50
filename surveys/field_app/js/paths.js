// Answers taken apart into one value a path, and put together again (surveys/declaration/paths.py).

import { compareSigns } from "./text.js";

/** @typedef {import("./types").Answers} Answers */
/** @typedef {import("./types").Field} Field */
/** @typedef {import("./types").Flat} Flat */
/** @typedef {import("./types").Json} Json */
/** @typedef {import("./types").RecordType} RecordType */

/** @param {unknown} value @returns {value is Record<string, Json>} */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Checked answers as one value a path; an item's own path holds its place in the order.
 * @param {RecordType} type @param {Answers} answers @returns {Flat}
 */
export function flatten(type, answers) {
  const items = new Set(type.fields.filter((one) => one.kind === "items").map((one) => one.id));
  /** @type {Map<string, Json>} */
  const flat = new Map();
  for (const [key, value] of Object.entries(answers)) {
    if (value === undefined) { continue; }
    if (!items.has(key) || !Array.isArray(value) || !value.length) { flat.set(key, value); continue; }
    value.forEach((item, at) => {
      if (!isObject(item)) { return; }
      const own = `${key}/${item._id}`;
      flat.set(own, at + 1);
      for (const [inner, part] of Object.entries(item)) {
        if (inner !== "_id" && part !== undefined) { flat.set(`${own}/${inner}`, part); }
      }
    });
  }
  return Object.fromEntries(flat);
}

/**
 * Answers from values by path, the inverse of `flatten`.
 * @param {RecordType} type @param {Flat} flat @returns {Answers}
 */
export function assemble(type, flat) {
  const orders = itemOrders(flat);
  /** @type {Answers} */
  const out = {};
  for (const field of type.fields) {
    const found = field.kind === "items" ? itemsOf(field, flat, orders.get(field.id) ?? []) : [];
    if (found.length) {
      out[field.id] = found;
    } else if (Object.hasOwn(flat, field.id)) {
      out[field.id] = flat[field.id] ?? null;
    }
  }
  return out;
}

/**
 * Every item's id and place, by its field.
 * @param {Flat} flat @returns {Map<string, [string, Json][]>}
 */
function itemOrders(flat) {
  /** @type {Map<string, [string, Json][]>} */
  const orders = new Map();
  for (const [path, order] of Object.entries(flat)) {
    const at = path.indexOf("/");
    if (at < 0 || path.includes("/", at + 1)) { continue; }
    const key = path.slice(0, at);
    const known = orders.get(key) ?? [];
    known.push([path.slice(at + 1), order]);
    orders.set(key, known);
  }
  return orders;
}

/** @param {Field} field @param {Flat} flat @param {[string, Json][]} orders @returns {Answers[]} */
function itemsOf(field, flat, orders) {
  const asked = field.item?.fields ?? [];
  const sorted = [...orders].sort((one, other) => (
    Number(one[1]) - Number(other[1]) || compareSigns(one[0], other[0])
  ));
  return sorted.map(([id]) => {
    /** @type {Answers} */
    const item = { _id: id };
    for (const one of asked) {
      const path = `${field.id}/${id}/${one.id}`;
      if (Object.hasOwn(flat, path)) { item[one.id] = flat[path] ?? null; }
    }
    return item;
  });
}

/**
 * What turns one flat into the other; `null` takes a value away. An item that goes takes what is
 * inside it along unsaid, so that bringing it back brings all.
 * @param {Flat} before @param {Flat} after @returns {Flat}
 */
export function changes(before, after) {
  /** @type {[string, Json][]} */
  const found = [];
  for (const path of Object.keys(before)) {
    const owner = itemOf(path);
    if (!Object.hasOwn(after, path) && !(owner && !Object.hasOwn(after, owner))) {
      found.push([path, null]);
    }
  }
  for (const [path, value] of Object.entries(after)) {
    if (!Object.hasOwn(before, path) || !sameJson(before[path], value)) { found.push([path, value]); }
  }
  return Object.fromEntries(found);
}

/** The item's own path of a value inside it, or "". @param {string} path @returns {string} */
export function itemOf(path) {
  const at = path.lastIndexOf("/");
  const head = at < 0 ? "" : path.slice(0, at);
  return at < path.length - 1 && head.includes("/") ? head : "";
}

/**
 * Whether two answers are one, whatever the order of their keys; 1 and true are not.
 * @param {unknown} one @param {unknown} other @returns {boolean}
 */
export function sameJson(one, other) {
  if (Object.is(one, other)) { return true; }
  if (typeof one === "number" && typeof other === "number") { return one === other; }
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((part, at) => sameJson(part, other[at]));
  }
  if (!isObject(one) || !isObject(other)) { return false; }
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length
    && keys.every((key) => Object.hasOwn(other, key) && sameJson(one[key], other[key]));
}

/**
 * The field of a path, and the field inside its item if the path goes there; `null` when the type
 * does not ask it.
 * @param {RecordType} type @param {string} path @returns {{field: Field, inner: Field | null} | null}
 */
export function fieldAt(type, path) {
  const [key = "", , ...rest] = path.split("/");
  const field = type.fields.find((one) => one.id === key);
  if (!field) { return null; }
  const inner = rest.join("/");
  if (!inner) { return { field, inner: null }; }
  const found = field.item?.fields.find((one) => one.id === inner);
  return found ? { field, inner: found } : null;
}

/** Only what the declaration still asks. @param {RecordType} type @param {Flat} flat @returns {Flat} */
export function knownPaths(type, flat) {
  return Object.fromEntries(Object.entries(flat).filter(([path]) => fieldAt(type, path)));
}
