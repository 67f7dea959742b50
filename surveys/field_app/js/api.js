// Asking the server: an answer counts only when it is surely the server's own.

import { GRAMMAR } from "./schedule_grammar.js";

/** @typedef {import("./types").Words} Words */
/** @typedef {import("./types").Submission} Submission */
/** @typedef {import("./types").PhotoRow} PhotoRow */
/** @typedef {import("./types").Json} Json */
/** @typedef {{[key: string]: any}} Body */
/**
 * What came of it. "offline": nothing answered; "trouble": something did, but not as the server
 * does, or it cannot just now; "signin"; "conflict": 409; "refused": the server's own 4xx.
 * @typedef {{is: "ok" | "conflict", body: Body} | {is: "offline" | "trouble" | "signin"} | {is: "refused", words: Words, body: Body}} Answer
 */
/**
 * @typedef {object} Wire
 * @property {(url: string, o: RequestInit) => Promise<Response>} fetch
 * @property {(work: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 */

/** @typedef {"idle" | "offline" | "signin" | "trouble"} Ending */

/** Contact ended what was going on. */
export class Stopped extends Error {
  /** @param {Ending} ending */
  constructor(ending) {
    super(ending);
    this.ending = ending;
  }
}

/** @param {Answer} answer @returns {{is: "ok", body: Body} | null} null where the server refused */
export function orStop(answer) {
  if (answer.is === "ok") { return { is: "ok", body: answer.body }; }
  if (answer.is === "refused" || answer.is === "conflict") { return null; }
  throw new Stopped(answer.is);
}

const ROOT = "/api/v1/field";
export const LIMIT_MS = 30_000;
export const PHOTO_LIMIT_MS = 120_000;

/** @type {Wire} */
const BROWSER = {
  fetch: (url, o) => fetch(url, o),
  setTimeout: (work, ms) => setTimeout(work, ms),
  clearTimeout: (timer) => clearTimeout(timer),
};

/** @param {Wire} [wire] */
export function createApi(wire = BROWSER) {
  /** @param {string} path @param {RequestInit} o @param {(body: Body) => boolean} fits @param {number} [limit] */
  const ask = (path, o, fits, limit = LIMIT_MS) => send(wire, ROOT + path, o, fits, limit);
  return {
    /** @param {string} id @param {object} holds @param {string} clock */
    hello: (id, holds, clock) => ask(`/devices/${id}`, put({ holds, clock }),
      (body) => typeof body.code === "string" && !Number.isNaN(Date.parse(body.server_time))),
    /** @param {PhotoRow} row @param {string} device */
    photo: (row, device) => ask(`/photos/${row.id}`,
      { method: "PUT", body: row.bytes, headers: { "Content-Type": row.media, "X-Kayoi-Device": device } },
      isKept, PHOTO_LIMIT_MS),
    /** @param {Submission} submission @param {string} device @param {boolean} [wait] whether what is missing may still come */
    record: (submission, device, wait = true) => ask(`/records/${submission.id}${wait ? "" : "?wait=no"}`, put(submission, device),
      (body) => isKept(body) && typeof body.seq === "number"),
    /** @param {string} id @param {object} track @param {string} device */
    track: (id, track, device) => ask(`/tracks/${id}`, put(track, device), (body) => body.id === id),
    /** @param {string} id @param {string} device */
    dropTrack: (id, device) => ask(`/tracks/${id}`,
      { method: "DELETE", headers: { "Content-Type": "application/json", "X-Kayoi-Device": device } }, () => true),
    /** @param {{device_id: string, day: string, records: string[], photos: string[]}} asked */
    receipt: (asked) => ask("/receipts", { ...put(asked, asked.device_id), method: "POST" },
      (body) => typeof body.matches === "boolean" && body.day === asked.day && Array.isArray(body.missing?.records)
        && Array.isArray(body.missing?.photos)),
    /** @param {string | null} walk */
    pack: (walk) => ask(walk === null ? "/pack" : `/pack?walk=${encodeURIComponent(walk)}`,
      { headers: { "X-Kayoi-Rules": String(GRAMMAR.since) } },
      (body) => body.format === 1 && Array.isArray(body.sites) && Array.isArray(body.types), PHOTO_LIMIT_MS),
  };
}

/** @typedef {ReturnType<typeof createApi>} Api */

/** @param {object} body @param {string} [device] @returns {RequestInit} */
function put(body, device) {
  /** @type {Record<string, string>} */
  const own = device ? { "X-Kayoi-Device": device } : {};
  return { method: "PUT", body: JSON.stringify(body), headers: { "Content-Type": "application/json", ...own } };
}

/** @param {Body} body @returns {boolean} */
function isKept(body) { return body.state === "kept" || body.state === "held"; }

/**
 * @param {Wire} wire @param {string} url @param {RequestInit} o
 * @param {(body: Body) => boolean} fits @param {number} limit
 * @returns {Promise<Answer>}
 */
async function send(wire, url, o, fits, limit) {
  const stop = new AbortController();
  let late = false;
  const timer = wire.setTimeout(() => { late = true; stop.abort(); }, limit);
  try {
    // A redirect leads away from the server's own answer: to a sign-in page, or a hotel's.
    const response = await wire.fetch(url, {
      credentials: "same-origin", cache: "no-store", redirect: "error", ...o, signal: stop.signal,
    });
    return judge(response, await readJson(response), fits);
  } catch {
    return { is: late ? "trouble" : "offline" };
  } finally {
    wire.clearTimeout(timer);
  }
}

/** @param {Response} response @returns {Promise<Body | null>} null where it is no JSON of ours */
async function readJson(response) {
  const media = response.headers.get("Content-Type") ?? "";
  if (response.redirected || response.type.startsWith("opaque") || !/^application\/json\b/i.test(media)) { return null; }
  const text = await response.text();
  try {
    const body = JSON.parse(text);
    return body && typeof body === "object" && !Array.isArray(body) ? body : null;
  } catch { return null; }
}

/** @param {Response} response @param {Body | null} body @param {(body: Body) => boolean} fits @returns {Answer} */
function judge({ status }, body, fits) {
  if (!body) { return { is: "trouble" }; }
  if (status === 200 || status === 201) { return fits(body) ? { is: "ok", body } : { is: "trouble" }; }
  if (status === 409 && (Array.isArray(body.missing_photos) || typeof body.wait_for === "string")) {
    return { is: "conflict", body };
  }
  if (status < 400 || status >= 500 || status === 408 || status === 409 || status === 429) { return { is: "trouble" }; }
  const words = body.error;
  if (typeof words?.ja !== "string" || typeof words?.en !== "string") { return { is: "trouble" }; }
  return status === 401 ? { is: "signin" } : { is: "refused", words: { ja: words.ja, en: words.en }, body };
}
