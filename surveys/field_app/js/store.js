// What the device keeps, in IndexedDB. Every write is on the disk before its promise resolves.

import { newId } from "./ids.js";
import { dropPhotosOf, dropTrack, inOrder, isTold, photoRange, putFinished, rewire, takeBack } from "./store_moves.js";
import { Door, NAME, StoreFullError, StoreRefusedError } from "./store_door.js";

export { StoreFullError, StoreRefusedError };

/** @typedef {import("./types").Draft} Draft */
/** @typedef {import("./types").OutboxRow} OutboxRow */
/** @typedef {import("./types").PhotoRow} PhotoRow */
/** @typedef {import("./types").Device} Device */
/** @typedef {import("./types").Settings} Settings */
/** @typedef {import("./types").Pack} Pack */
/** @typedef {import("./types").TrackRow} TrackRow */
/** @typedef {import("./types").LogRow} LogRow */
/** @typedef {import("./types").PastRow} PastRow */

/** @type {Settings} */
const SETTINGS = { lang: "ja", by: "", erase: "after_7_days", track: false, who: false };
/** @type {import("./types").Words} */
const GONE = {
  ja: "この記録は、ほかの画面で保存されたか消されています。一覧へもどって確かめてください。",
  en: "This record was saved or removed on another screen. Go back to the list to see it.",
};

/**
 * Open what the device keeps.
 * @returns {Promise<Store>}
 * @throws {StoreRefusedError} where the browser gives no IndexedDB
 */
export async function openStore() {
  const store = new Store();
  await store.door.open();
  askToStay();
  return store;
}

// Without this a browser short of room may throw away what is not yet sent.
function askToStay() {
  if (typeof navigator === "undefined" || !navigator.storage?.persist) { return; }
  void navigator.storage.persisted()
    .then((kept) => kept || navigator.storage.persist())
    .catch(() => undefined);
}

export class Store {
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {BroadcastChannel | null} */
  #channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(NAME);

  constructor() {
    this.door = new Door(() => this.#tell(true));
    if (this.#channel) { this.#channel.onmessage = () => this.#tell(false); }
  }

  /** @param {boolean} others whether other tabs are told */
  #tell(others) {
    if (others) { this.#channel?.postMessage("changed"); }
    // Apart, so that a listener that fails is not taken for a write that failed.
    this.#listeners.forEach((listener) => queueMicrotask(listener));
  }

  /** @param {() => void} listener @returns {() => void} Call it to stop. */
  onChange(listener) {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  /** @returns {import("./types").Words | null} Why nothing can be written any more. */
  trouble() { return this.door.trouble(); }

  close() {
    this.#channel?.close();
    this.#channel = null;
    this.#listeners.clear();
    this.door.close();
  }

  // ---- one thing under one key ---------------------------------------------------------------

  /** @param {string} key @returns {Promise<unknown>} */
  value(key) { return this.door.read(["settings"], (tx) => tx.objectStore("settings").get(key)); }

  /** @param {string} key @param {unknown} value @returns {Promise<void>} */
  async setValue(key, value) {
    await this.door.write(["settings"], (tx) => tx.objectStore("settings").put(value, key));
  }

  /** @returns {Promise<Settings>} */
  async settings() { return { ...SETTINGS, .../** @type {object} */ (await this.value("settings")) }; }

  /** @param {Partial<Settings>} part @returns {Promise<void>} */
  setSettings(part) { return this.#merge("settings", part); }

  /** @returns {Promise<Device>} */
  async device() {
    const found = /** @type {Device | undefined} */ (await this.value("device"));
    return found ?? this.door.write(["settings"], async (tx) => {
      const settings = tx.objectStore("settings");
      const device = await settings.get("device") ?? { id: newId(), code: "", clock_off_s: 0, seen_at: "" };
      await settings.put(device, "device");
      return device;
    });
  }

  /** @param {Partial<Device>} part @returns {Promise<void>} */
  async setDevice(part) {
    await this.device();
    await this.#merge("device", part);
  }

  /** @param {string} key @param {object} part @returns {Promise<void>} */
  async #merge(key, part) {
    await this.door.write(["settings"], async (tx) => {
      const settings = tx.objectStore("settings");
      await settings.put({ ...await settings.get(key), ...part }, key);
    });
  }

  // ---- the pack --------------------------------------------------------------------------------

  /** @returns {Promise<Pack | null>} */
  async pack() { return await this.door.read(["pack"], (tx) => tx.objectStore("pack").get("pack")) ?? null; }

  /** @param {Pack} pack @returns {Promise<void>} */
  async setPack(pack) {
    await this.door.write(["pack", "past"], async (tx) => {
      await tx.objectStore("pack").put(pack, "pack");
      const past = tx.objectStore("past");
      for (const row of /** @type {PastRow[]} */ (await past.getAll())) {
        if (isTold(pack, row)) { await past.delete(row.id); }
      }
    });
  }

  /** @returns {Promise<void>} */
  async dropPack() {
    await this.door.write(["pack", "past"], async (tx) => {
      await tx.objectStore("pack").delete("pack");
      await tx.objectStore("past").clear();
    });
  }

  /** @returns {Promise<PastRow[]>} What erased records said that the pack does not tell yet. */
  past() { return this.door.read(["past"], (tx) => tx.objectStore("past").getAll()); }

  // ---- drafts ----------------------------------------------------------------------------------

  /** @returns {Promise<Draft[]>} Last touched first. */
  async drafts() {
    const rows = await this.door.read(["drafts"], (tx) => tx.objectStore("drafts").getAll());
    return rows.sort((a, b) => (a.touched_at < b.touched_at ? 1 : -1));
  }

  /** @param {string} id @returns {Promise<Draft | undefined>} */
  draft(id) { return this.door.read(["drafts"], (tx) => tx.objectStore("drafts").get(id)); }

  /**
   * @param {Draft} draft
   * @param {{known?: boolean}} [o] known: only where it still is a draft
   * @returns {Promise<void>}
   */
  async putDraft(draft, o = {}) {
    await this.door.write(["drafts", "outbox"], async (tx) => {
      const drafts = tx.objectStore("drafts");
      // A screen left open elsewhere must not bring back what was finished here.
      const there = await drafts.getKey(draft.id) !== undefined;
      const finished = await tx.objectStore("outbox").getKey(draft.id) !== undefined;
      if (finished || (o.known && !there)) { throw new StoreRefusedError(GONE); }
      await drafts.put(draft);
    });
  }

  /**
   * Keep a new draft unless one of the same site and kind, or correcting the same record, is there.
   * @param {Draft} draft @returns {Promise<Draft>} the one that is kept
   */
  addDraft(draft) {
    return this.door.write(["drafts"], async (tx) => {
      const drafts = tx.objectStore("drafts");
      const all = /** @type {Draft[]} */ (await drafts.getAll());
      const same = all.find((one) => one.site_id === draft.site_id && one.kind === draft.kind
        && (one.kind !== "correct" || one.record_id === draft.record_id));
      if (!same) { await drafts.put(draft); }
      return same ?? draft;
    });
  }

  /** @param {string} id @returns {Promise<void>} */
  async dropDraft(id) {
    await this.door.write(["drafts", "outbox", "photos"], async (tx) => {
      const draft = await tx.objectStore("drafts").get(id);
      if (!draft) { return; }
      await tx.objectStore("drafts").delete(id);
      await rewire(tx, id, draft.after);
      await dropPhotosOf(tx, id);
    });
  }

  // ---- what is finished --------------------------------------------------------------------------

  /** @returns {Promise<OutboxRow[]>} Oldest first. */
  async outbox() {
    const rows = /** @type {OutboxRow[]} */ (
      await this.door.read(["outbox"], (tx) => tx.objectStore("outbox").getAll()));
    return inOrder(rows);
  }

  /** @param {string} id @returns {Promise<OutboxRow | undefined>} */
  outboxRow(id) { return this.door.read(["outbox"], (tx) => tx.objectStore("outbox").get(id)); }

  /**
   * Draft away, row and log in, in one transaction; done once however often it is asked.
   * @param {string} draftId "" for none
   * @param {OutboxRow} row one without a label is given the day's next
   * @returns {Promise<OutboxRow>} as it is kept
   */
  finish(draftId, row) {
    return this.door.write(["settings", "drafts", "outbox", "photos", "log"], (tx) => putFinished(tx, draftId, row));
  }

  /**
   * Take a row that no send has begun out of the outbox.
   * @param {string} id
   * @param {Draft | null} draft what it becomes; null: nothing, and its photos go too
   * @returns {Promise<boolean>} false when a send had begun
   */
  takeBack(id, draft) {
    return this.door.write(["drafts", "outbox", "photos", "log"], (tx) => takeBack(tx, id, draft));
  }

  /** @returns {Promise<LogRow[]>} Newest day first. */
  async log() { return (await this.door.read(["log"], (tx) => tx.objectStore("log").getAll())).reverse(); }

  // ---- photos ------------------------------------------------------------------------------------

  /** @param {string} owner @returns {Promise<PhotoRow[]>} In the order they were taken. */
  async photosOf(owner) {
    const rows = await this.door.read(["photos"], (tx) => tx.objectStore("photos").index("owner").getAll(owner));
    return rows.sort((a, b) => (a.taken_at < b.taken_at ? -1 : 1));
  }

  /** @param {string} id @returns {Promise<PhotoRow | undefined>} */
  async photo(id) {
    return (await this.door.read(["photos"], (tx) => tx.objectStore("photos").getAll(photoRange(id), 1)))[0];
  }

  /** @param {PhotoRow} row @returns {Promise<void>} */
  async putPhoto(row) { await this.door.write(["photos"], (tx) => tx.objectStore("photos").put(row)); }

  /**
   * @param {string} id @param {string} owner
   * @param {string} [path] only there; else wherever the owner has it
   * @returns {Promise<void>}
   */
  async dropPhoto(id, owner, path) {
    await this.door.write(["photos"], async (tx) => {
      const photos = tx.objectStore("photos");
      for (const key of /** @type {string[][]} */ (await photos.getAllKeys(photoRange(id)))) {
        if (key[1] === owner && (path === undefined || key[2] === path)) { await photos.delete(key); }
      }
    });
  }

  // ---- the walk's own track ------------------------------------------------------------------------

  /** @param {TrackRow[]} rows @returns {Promise<void>} */
  async addTrack(rows) {
    await this.door.write(["track"], async (tx) => { for (const row of rows) { await tx.objectStore("track").put(row); } });
  }

  /** @param {string} day @returns {Promise<TrackRow[]>} */
  track(day) { return this.door.read(["track"], (tx) => tx.objectStore("track").index("day").getAll(day)); }

  /** Drop a day's track; what the server has of it is dropped there too at the next contact.
   * @param {string} day @returns {Promise<void>} */
  async dropTrack(day) {
    await this.door.write(["track", "settings"], (tx) => dropTrack(tx, day));
  }

  /** @returns {Promise<string[]>} Newest first. */
  async trackDays() {
    const rows = await this.door.read(["track"], (tx) => tx.objectStore("track").getAll());
    return [...new Set(rows.map((row) => row.day))].sort().reverse();
  }

  /** @returns {Promise<{used: number, quota: number, kept: boolean} | null>} null where unknown */
  async room() {
    if (typeof navigator === "undefined" || !navigator.storage?.estimate) { return null; }
    const { usage = 0, quota = 0 } = await navigator.storage.estimate();
    const kept = await navigator.storage.persisted?.() ?? false;
    return { used: usage, quota, kept };
  }
}
