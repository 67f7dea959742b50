// The sender: one at a time over all tabs, tried again until the server has everything.

import { PHOTO_LIMIT_MS, createApi } from "./api.js";
import { newId } from "./ids.js";
import { sendRound, unsent } from "./send_round.js";
import { takeLease } from "./store_sending.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./types").Words} Words */
/** @typedef {{phase: "idle" | "sending" | "offline" | "signin" | "trouble", records: number, photos: number, done: number, words: Words | null, oldest: string | null, clock_off_s: number, quota: Words | null}} SenderState */
/** @typedef {import("./api.js").Wire & {now: () => number, online: () => boolean, locks: LockManager | undefined, listen: (wake: () => void) => void}} World */
/** @typedef {{start(): void, sendNow(): Promise<void>, eraseTrack(day: string): Promise<void>, state(): SenderState, onChange(listener: () => void): () => void}} Sender */

const EVERY_MS = 30_000;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 300_000;
// How long one step may take before another tab takes over.
const LEASE_MS = PHOTO_LIMIT_MS + 60_000;

/** @type {Record<"offline" | "signin" | "trouble", Words>} */
const SAID = {
  offline: { ja: "電波がありません。書いたものは端末に残り、つながると送ります。", en: "No signal. Everything stays here and is sent once there is one." },
  signin: { ja: "送るにはサインインしてください。書いたものは端末に残っています。", en: "Sign in to send. Everything stays here until then." },
  trouble: { ja: "サーバーから返事がありません。書いたものは端末に残り、あとでもう一度送ります。", en: "No answer from the server. Everything stays here and is sent again later." },
};

/** @returns {World} */
function browserWorld() {
  return {
    fetch: (url, o) => fetch(url, o),
    setTimeout: (work, ms) => setTimeout(work, ms), clearTimeout: (timer) => clearTimeout(timer),
    now: () => Date.now(), online: () => navigator.onLine !== false, locks: navigator.locks,
    listen: (wake) => {
      addEventListener("online", wake);
      addEventListener("offline", wake);
      document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") { wake(); } });
    },
  };
}

/** @param {Store} store @param {World} [world] @returns {Sender} */
export function createSender(store, world = browserWorld()) { return new OneSender(store, world); }

class OneSender {
  /** @type {SenderState} */
  #state = { phase: "idle", records: 0, photos: 0, done: 0, words: null, oldest: null, clock_off_s: 0, quota: null };
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {Promise<void> | null} */
  #running = null;
  /** @type {any} */
  #timer = null;
  #failures = 0;
  #holder = newId();

  /** @param {Store} store @param {World} world */
  constructor(store, world) {
    this.store = store;
    this.world = world;
    this.api = createApi(world);
  }

  state() { return this.#state; }

  /** @param {() => void} listener */
  onChange(listener) {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  start() {
    this.world.listen(() => { void this.#send(false); });
    this.store.onChange(() => { void this.#count().then(() => this.#arm(), () => undefined); });
    void this.#send(true);
  }

  /** Send now; what was refused is tried again too. */
  async sendNow() {
    await this.#running;
    await this.#send(true);
  }

  /** Erase a day's track here, and at the server as soon as it can be reached. @param {string} day */
  async eraseTrack(day) {
    await this.store.dropTrack(day);
    void this.sendNow();
  }

  /** @param {boolean} refused @returns {Promise<void>} */
  #send(refused) {
    this.#running ??= this.#alone(refused).finally(() => {
      this.#running = null;
      this.#arm();
    });
    return this.#running;
  }

  /** @param {boolean} refused */
  async #alone(refused) {
    try {
      const { locks } = this.world;
      if (locks) {
        await locks.request("kayoi-field-send", { ifAvailable: true }, (lock) => (lock ? this.#round(refused) : undefined));
      } else if (await takeLease(this.store, this.#holder, this.world.now(), LEASE_MS)) {
        await this.#round(refused);
        await takeLease(this.store, this.#holder, this.world.now(), 0);
      }
      await this.#count();
    } catch (error) {
      this.#failures += 1;
      this.#say({ phase: "trouble", words: wordsOf(error) });
    }
  }

  /** @param {boolean} refused */
  async #round(refused) {
    await this.#count();
    if (!this.world.online()) { return this.#end("offline"); }
    this.#say({ phase: "sending", done: 0, words: null });
    const { store, api, world } = this;
    const { id: device } = await store.device();
    this.#end(await sendRound({
      store, api, device, refused, now: world.now,
      step: () => { this.#say({ done: this.#state.done + 1 }); void this.#renew(); },
      told: (quota) => { this.#say({ quota }); },
    }));
  }

  // A round may take longer than a lease lasts.
  async #renew() {
    if (!this.world.locks) { await takeLease(this.store, this.#holder, this.world.now(), LEASE_MS).catch(() => false); }
  }

  /** @param {import("./api.js").Ending} ending */
  #end(ending) {
    this.#failures = ending === "idle" ? 0 : this.#failures + 1;
    // Where too much was sent, "no answer" would be wrong.
    const said = ending === "idle" ? null : (ending === "trouble" && this.#state.quota) || SAID[ending];
    this.#say({ phase: ending, words: said });
  }

  async #count() {
    const [{ records, photos }, device] = await Promise.all([unsent(this.store), this.store.device()]);
    const oldest = records.map((row) => row.submission.made_at).sort()[0] ?? null;
    this.#say({ records: records.length, photos: photos.size, oldest, clock_off_s: device.clock_off_s });
  }

  /** @param {Partial<SenderState>} part */
  #say(part) {
    const next = { ...this.#state, ...part };
    if (JSON.stringify(next) === JSON.stringify(this.#state)) { return; }
    this.#state = next;
    this.#listeners.forEach((listener) => queueMicrotask(listener));
  }

  // Asks again while something is unsent, the more seldom the more often it failed.
  #arm() {
    if (this.#running || this.#timer !== null) { return; }
    const { records, photos } = this.#state;
    if (records + photos === 0 && this.#failures === 0) { return; }
    const wait = this.#failures === 0 ? EVERY_MS : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.#failures - 1));
    this.#timer = this.world.setTimeout(() => {
      this.#timer = null;
      void this.#send(false);
    }, wait);
  }
}

/** @param {unknown} error @returns {Words} */
function wordsOf(error) {
  const words = /** @type {{words?: Words} | null} */ (error)?.words;
  return words ?? SAID.trouble;
}
