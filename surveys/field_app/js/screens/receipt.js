// A day's receipt in words: what the device counted, and what the server counted.

import { sayWhen } from "../places.js";
import { counted, t } from "../words.js";

/** @typedef {import("../types").LogRow} LogRow */

/** @param {LogRow} day @returns {boolean} whether the newest receipt counts all there is, on both sides */
export function reconciled(day) {
  const { receipt } = day;
  return receipt !== null && receipt.matches && receipt.device.records === day.records.length && receipt.device.photos === day.photos.length;
}

/** @param {LogRow} day @returns {string} 端末 12件・写真 31枚 ＝ サーバー 12件・31枚 */
export function sayCounts(day) {
  const mine = t(`端末 ${day.records.length}件・写真 ${day.photos.length}枚`, `device: ${counted(day.records.length, "record")}, ${counted(day.photos.length, "photo")}`);
  const { receipt } = day;
  if (!receipt) { return mine; }
  const theirs = t(`サーバー ${receipt.server.records}件・${receipt.server.photos}枚`, `server: ${counted(receipt.server.records, "record")}, ${counted(receipt.server.photos, "photo")}`);
  return `${mine} ${reconciled(day) ? "＝" : "≠"} ${theirs}`;
}

/** @param {LogRow} day @param {import("../context").Context} context @returns {string} with its day */
export function sayReceipt(day, context) { return `${sayWhen(day.day, context)}　${sayCounts(day)}`; }
