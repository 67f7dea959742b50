// A photo as it is kept: upright, at most 1600 pixels, without where and by what it was taken.

import { nowIso, todayInJapan } from "./clock.js";
import { hex } from "./ids.js";
import { StoreRefusedError } from "./store_door.js";

/** @typedef {import("./types").PhotoRow} PhotoRow */
/** @typedef {import("./types").Words} Words */
/** @typedef {{source: CanvasImageSource, width: number, height: number, close: () => void}} Picture */
/** @typedef {Pick<PhotoRow, "media" | "bytes" | "thumb" | "width" | "height" | "said">} Shrunk */

const LONGEST_SIDE = 1600;
const THUMB_SIDE = 320;
const QUALITY = 0.85;
// The server takes no more (MOST_PHOTO_BYTES).
const MOST_BYTES = 40_000_000;

/** @type {Words} */
const NEEDS_HTTPS = {
  ja: "写真を残すには https で始まるアドレスで開いてください。いまの開き方では、写真の番号を作れません。",
  en: "Open the app at an address that begins with https to keep photos; here they cannot be numbered.",
};
/** @type {Words} */
const EMPTY = {
  ja: "写真を受け取れませんでした。もう一度とってください。",
  en: "The photo did not arrive. Please take it again.",
};
/** @type {Words} */
const TOO_LARGE = {
  ja: "写真が大きすぎます（40MBまで）。カメラの設定で小さくして、もう一度とってください。",
  en: "The photo is too large (at most 40 MB). Set the camera to a smaller size and take it again.",
};
/** @type {Words} */
const NO_PICTURE = {
  ja: "写真として開けませんでした。ほかの写真を選んでください。",
  en: "This could not be opened as a photo. Please choose another.",
};
/** @type {Words} */
const NO_DRAFT = {
  ja: "この記録は、写真を入れている間に保存されたか消されました。写真は入っていません。",
  en: "This record was saved or removed while the photo was being kept. The photo is not in it.",
};
/** @type {Words} */
const AS_IT_IS = {
  ja: "この端末では縮められない形式なので、元のまま送ります。",
  en: "This device cannot scale this format, so it is sent as it is.",
};

/** @type {Promise<unknown>} */
let line = Promise.resolve();

/**
 * Keep a photo for a question. One at a time: a tablet has no room for two open at once.
 * @param {import("./store.js").Store} store @param {Blob} file @param {string} owner @param {string} path
 * @returns {Promise<PhotoRow>}
 * @throws {Error} with `.words`
 */
export function takePhoto(store, file, owner, path) {
  const turn = line.then(() => keep(store, file, owner, path));
  line = turn.catch(() => undefined);
  return turn;
}

/** @param {import("./store.js").Store} store @param {Blob} file @param {string} owner @param {string} path */
async function keep(store, file, owner, path) {
  const device = await store.device();
  const at = Date.now();
  const shrunk = await shrink(file);
  /** @type {PhotoRow} */
  const row = {
    ...shrunk, id: await sha256(shrunk.bytes), owner, path, taken_at: nowIso(device, at), day: todayInJapan(device, at),
    state: "waiting",
  };
  await store.door.write(["drafts", "photos"], async (tx) => {
    // A photo of no draft would be shown nowhere and sent by nothing.
    if (await tx.objectStore("drafts").getKey(owner) === undefined) { throw new StoreRefusedError(NO_DRAFT); }
    await tx.objectStore("photos").put(row);
  });
  return row;
}

/** @param {Blob} file @returns {Promise<Shrunk>} */
async function shrink(file) {
  if (file.size === 0) { throw new StoreRefusedError(EMPTY); }
  if (file.size > MOST_BYTES) { throw new StoreRefusedError(TOO_LARGE); }
  const picture = await openPicture(file);
  try {
    const large = picture && await draw(picture, LONGEST_SIDE);
    if (!picture || !large) { return await asItIs(file); }
    const thumb = await draw(picture, THUMB_SIDE);
    return {
      media: "image/jpeg", bytes: await large.blob.arrayBuffer(), thumb: await thumb?.blob.arrayBuffer() ?? null,
      width: large.width, height: large.height, said: null,
    };
  } finally {
    picture?.close();
  }
}

/** @param {Blob} file @returns {Promise<Shrunk>} */
async function asItIs(file) {
  const bytes = await file.arrayBuffer().catch((error) => { throw new StoreRefusedError(EMPTY, error); });
  const media = file.type.startsWith("image/") ? file.type : sniffMedia(bytes);
  if (!media) { throw new StoreRefusedError(NO_PICTURE); }
  return { media, bytes, thumb: null, width: 0, height: 0, said: AS_IT_IS };
}

/** @param {Blob} file @returns {Promise<Picture | null>} null where the browser cannot open it */
async function openPicture(file) {
  if (typeof createImageBitmap === "function") {
    try {
      const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
      return { source: bitmap, width: bitmap.width, height: bitmap.height, close: () => bitmap.close() };
    } catch { /* an element may still open it */ }
  }
  const url = URL.createObjectURL(file);
  const image = new Image();
  try {
    image.src = url;
    await image.decode();
    return { source: image, width: image.naturalWidth, height: image.naturalHeight, close: () => URL.revokeObjectURL(url) };
  } catch {
    URL.revokeObjectURL(url);
    return null;
  }
}

/**
 * @param {Picture} picture @param {number} longest
 * @returns {Promise<{blob: Blob, width: number, height: number} | null>}
 */
async function draw(picture, longest) {
  const { width, height } = fitWithin(picture.width, picture.height, longest);
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const pen = canvas.getContext("2d");
  if (!pen) { return null; }
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.drawImage(picture.source, 0, 0, width, height);
  /** @type {Blob | null} */
  const blob = await new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", QUALITY); });
  // Safari gives a canvas's memory back late unless it is emptied.
  Object.assign(canvas, { width: 0, height: 0 });
  return blob && blob.type === "image/jpeg" ? { blob, width, height } : null;
}

/** @param {number} width @param {number} height @param {number} longest @returns {{width: number, height: number}} */
export function fitWithin(width, height, longest) {
  const share = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
}

/** @param {ArrayBuffer} bytes @returns {string} "" where it begins like no photo */
export function sniffMedia(bytes) {
  const head = new Uint8Array(bytes.slice(0, 12));
  const text = String.fromCharCode(...head);
  if (head[0] === 0xff && head[1] === 0xd8) { return "image/jpeg"; }
  if (text.startsWith("\x89PNG")) { return "image/png"; }
  if (text.startsWith("RIFF") && text.endsWith("WEBP")) { return "image/webp"; }
  if (text.slice(4, 8) !== "ftyp") { return ""; }
  return text.slice(8) === "avif" ? "image/avif" : "image/heic";
}

/** @param {ArrayBuffer} bytes @returns {Promise<string>} */
export async function sha256(bytes) {
  if (typeof crypto === "undefined" || !crypto.subtle) { throw new StoreRefusedError(NEEDS_HTTPS); }
  return hex(await crypto.subtle.digest("SHA-256", bytes));
}

/** @type {Map<string, string>} */
const urls = new Map();

/**
 * An address the page can show a photo by, the same at every call until they are freed.
 * @param {PhotoRow} row @param {{thumb?: boolean}} [o] @returns {string}
 */
export function photoUrl(row, { thumb = false } = {}) {
  const small = thumb && row.thumb !== null;
  const key = `${row.id}/${small}`;
  const known = urls.get(key);
  if (known) { return known; }
  const bytes = small && row.thumb ? row.thumb : row.bytes;
  const url = URL.createObjectURL(new Blob([bytes], { type: small ? "image/jpeg" : row.media }));
  urls.set(key, url);
  return url;
}

/** Give back the memory of every address `photoUrl` made. */
export function freePhotoUrls() {
  urls.forEach((url) => URL.revokeObjectURL(url));
  urls.clear();
}
