// The way into IndexedDB: one connection, opened again when the system closed it, and errors in
// words a person outdoors can act on.

import { openDB } from "/field/lib/idb/idb.js";

/** @typedef {import("./types").Words} Words */
/** @typedef {import("/field/lib/idb/idb.js").IDBPDatabase} Database */
/** @typedef {import("/field/lib/idb/idb.js").IDBPTransaction<unknown, string[], "readwrite">} Change */
/** @typedef {import("/field/lib/idb/idb.js").IDBPTransaction<unknown, string[], "readonly">} Look */

export const NAME = "kayoi-field";
const VERSION = 1;
// How long another tab may take to let go of an older version.
const BLOCKED_MS = 5000;

/** @type {Words} */
const NO_STORE = {
  ja: "この端末に書きためる場所を開けませんでした。プライベートブラウズを使っていないか確かめて、画面を開き直してください。",
  en: "This device gives no place to keep records. Leave private browsing, and open the screen again.",
};
/** @type {Words} */
const FULL = {
  ja: "この端末の空きがなくなりました。写真をほかへ移すか、電波のある所で送ってから続けてください。この直前までに書いたものは残っています。",
  en: "This device is full. Move photos elsewhere, or send where there is a signal, then go on. All that was written before is kept.",
};
/** @type {Words} */
const STALE = {
  ja: "新しい版がほかの画面で開かれました。この画面を閉じて、開き直してください。書いた所までは残っています。",
  en: "A newer version was opened on another screen. Close this one and open it again. What was written is kept.",
};
/** @type {Words} */
const BLOCKED = {
  ja: "古い版がほかの画面で開いています。その画面を閉じてから、開き直してください。",
  en: "An older version is open on another screen. Close it, then open this one again.",
};

export class StoreRefusedError extends Error {
  /** @param {Words} words @param {unknown} [cause] */
  constructor(words, cause) {
    super(words.ja, { cause });
    this.name = "StoreRefusedError";
    this.words = words;
  }
}

export class StoreFullError extends Error {
  /** @param {unknown} [cause] */
  constructor(cause) {
    super(FULL.ja, { cause });
    this.name = "StoreFullError";
    this.words = FULL;
  }
}

/** @param {Database} db @param {number} from */
function upgrade(db, from) {
  if (from < 1) {
    db.createObjectStore("settings");
    db.createObjectStore("pack");
    db.createObjectStore("drafts", { keyPath: "id" });
    db.createObjectStore("outbox", { keyPath: "id" });
    const photos = db.createObjectStore("photos", { keyPath: ["id", "owner", "path"] });
    photos.createIndex("owner", "owner");
    // Keys alone tell how many are unsent: the bytes stay on the disk.
    photos.createIndex("state", "state");
    db.createObjectStore("log", { keyPath: "day" });
    db.createObjectStore("track", { keyPath: "id", autoIncrement: true }).createIndex("day", "day");
    db.createObjectStore("past", { keyPath: "id" });
  }
}

export class Door {
  /** @type {Promise<Database> | null} */
  #db = null;
  /** @type {Promise<unknown>} */
  #line = Promise.resolve();
  #stale = false;
  #closed = false;

  /** @param {() => void} changed called after every write */
  constructor(changed) { this.changed = changed; }

  /** @returns {Promise<Database>} */
  open() {
    if (this.#stale) { return Promise.reject(new StoreRefusedError(STALE)); }
    if (this.#closed) { return Promise.reject(new StoreRefusedError(NO_STORE)); }
    this.#db ??= this.#connect().catch((error) => {
      this.#db = null;
      throw error;
    });
    return this.#db;
  }

  /** @returns {Promise<Database>} */
  #connect() {
    return new Promise((resolve, reject) => {
      if (typeof indexedDB === "undefined") { throw new StoreRefusedError(NO_STORE); }
      /** @type {ReturnType<typeof setTimeout> | undefined} */
      let timer;
      // A browser that refuses may throw at once, before there is a promise to fail.
      Promise.resolve().then(() => openDB(NAME, VERSION, {
        upgrade: (db, from) => upgrade(/** @type {Database} */ (db), from),
        blocked: () => { timer = setTimeout(() => reject(new StoreRefusedError(BLOCKED)), BLOCKED_MS); },
        blocking: () => this.#giveWay(),
        terminated: () => { this.#db = null; },
      })).then(resolve, (error) => {
        reject(new StoreRefusedError(nameOf(error) === "VersionError" ? STALE : NO_STORE, error));
      }).finally(() => clearTimeout(timer));
    });
  }

  // A newer version waits for this connection: to hold on would stop both.
  #giveWay() {
    this.#stale = true;
    void this.#db?.then((db) => db.close(), () => undefined);
    this.#db = null;
    this.changed();
  }

  /** @returns {Words | null} Why nothing can be written any more. */
  trouble() { return this.#stale ? STALE : null; }

  /**
   * Write in one transaction, resolved once it is on the disk. Writes go in the order they were
   * asked for, also when one has to be tried again.
   * @template T
   * @param {string[]} names @param {(tx: Change) => Promise<T>} work may run twice
   * @returns {Promise<T>}
   */
  write(names, work) {
    const turn = this.#line.then(() => this.#twice(() => this.#change(names, work)));
    this.#line = turn.catch(() => undefined);
    return turn.then((out) => {
      this.changed();
      return out;
    });
  }

  /**
   * @template T
   * @param {string[]} names @param {(tx: Look) => Promise<T>} work
   * @returns {Promise<T>}
   */
  read(names, work) {
    return this.#twice(async () => work((await this.open()).transaction(names, "readonly")));
  }

  /**
   * @template T
   * @param {string[]} names @param {(tx: Change) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async #change(names, work) {
    const tx = (await this.open()).transaction(names, "readwrite", { durability: "strict" });
    const done = tx.done;
    done.catch(() => undefined);
    try {
      const out = await work(tx);
      await done;
      return out;
    } catch (error) {
      abort(tx);
      throw tx.error ?? error;
    }
  }

  // iOS closes connections when memory runs short: a new one gets the same data.
  /** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  async #twice(work) {
    try {
      return await work();
    } catch (error) {
      if (!isLost(error)) { throw inWords(error); }
    }
    const old = this.#db;
    this.#db = null;
    void old?.then((db) => db.close(), () => undefined);
    return work().catch((error) => { throw inWords(error); });
  }

  close() {
    this.#closed = true;
    void this.#db?.then((db) => db.close(), () => undefined);
  }
}

/** @param {Change} tx */
function abort(tx) {
  try { tx.abort(); } catch { /* it had ended by itself */ }
}

/** @param {unknown} error @returns {string} */
function nameOf(error) { return error instanceof Error || error instanceof DOMException ? error.name : ""; }

/** @param {unknown} error @returns {boolean} */
function isLost(error) {
  return ["InvalidStateError", "UnknownError", "AbortError"].includes(nameOf(error))
    || (error instanceof Error && error.message.includes("Connection to Indexed"));
}

/** @param {unknown} error @returns {unknown} */
function inWords(error) {
  if (error instanceof StoreRefusedError || error instanceof StoreFullError) { return error; }
  if (nameOf(error) === "QuotaExceededError") { return new StoreFullError(error); }
  return error instanceof DOMException || isLost(error) ? new StoreRefusedError(NO_STORE, error) : error;
}
