// The time as the server has it, and days as people in Japan count them.

import { t } from "./words.js";

/** @typedef {import("./types").Device} Device */

// Japan has had no summer time since 1951.
const JAPAN_MS = 9 * 3600 * 1000;
const DAY_MS = 24 * 3600 * 1000;
const WEEKDAYS = ["日", "月", "火", "水", "木", "金", "土"];

/**
 * The time in UTC, put right by what the server's clock said last.
 * @param {Pick<Device, "clock_off_s">} device @param {number} [at] milliseconds of the device
 * @returns {string}
 */
export function nowIso(device, at = Date.now()) {
  return new Date(at + device.clock_off_s * 1000).toISOString();
}

/** @param {number} [at] @returns {string} The time as the device's own clock stands. */
export function deviceIso(at = Date.now()) { return new Date(at).toISOString(); }

/** @param {Pick<Device, "clock_off_s">} device @param {number} [at] @returns {string} `2026-11-21` */
export function todayInJapan(device, at = Date.now()) { return dayOf(nowIso(device, at)); }

/** @param {string} iso @returns {string} The day in Japan of a time. */
export function dayOf(iso) {
  return new Date(Date.parse(iso) + JAPAN_MS).toISOString().slice(0, 10);
}

/** @param {string} from @param {string} to @returns {number} Whole days between two days. */
export function daysBetween(from, to) {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** @param {string} iso @returns {string} `9:05`, in Japan */
export function sayTime(iso) {
  const at = new Date(Date.parse(iso) + JAPAN_MS);
  return `${at.getUTCHours()}:${String(at.getUTCMinutes()).padStart(2, "0")}`;
}

/** @param {string} day @returns {string} 11月21日（土） */
export function sayDay(day) {
  const at = new Date(Date.parse(day));
  if (Number.isNaN(at.getTime())) { return ""; }
  const english = at.toLocaleDateString("en-GB", { timeZone: "UTC", weekday: "short", day: "numeric", month: "short" });
  return t(`${at.getUTCMonth() + 1}月${at.getUTCDate()}日（${WEEKDAYS[at.getUTCDay()]}）`, english);
}
