// The door of the field app: opens the store, then draws the screen the address names.

import { drawChip, drawHead, drawFoot, tell } from "./chrome.js";
import { el, fill } from "./dom.js";
import { keepFresh } from "./freshen.js";
import { leaveBehind } from "./leave.js";
import { watchHere } from "./position.js";
import { createSender } from "./send.js";
import { startShell } from "./shell.js";
import { todayInJapan } from "./clock.js";
import { packOf, readOpened } from "./opened.js";
import { openStore } from "./store.js";
import { createTracker } from "./track.js";
import { say, setLang, t } from "./words.js";
import { drawConcern } from "./screens/concern.js";
import { drawDraft } from "./screens/draft.js";
import { drawGone } from "./screens/gone.js";
import { drawHome } from "./screens/home.js";
import { drawMapScreen } from "./screens/map.js";
import { drawNew } from "./screens/new.js";
import { drawSaved } from "./screens/saved.js";
import { drawSend } from "./screens/send.js";
import { drawSettings } from "./screens/settings.js";
import { drawSite } from "./screens/site.js";
import { drawUnseen } from "./screens/unseen.js";
import { drawWalk } from "./screens/walk.js";
import { drawWho } from "./screens/who.js";

/** @typedef {import("./context").Context} Context */
/** @typedef {import("./context").Screen} Screen */

/** @type {Record<string, Screen>} */
const SCREENS = {
  "": drawHome, site: drawSite, draft: drawDraft, saved: drawSaved, new: drawNew, concern: drawConcern,
  gone: drawGone, send: drawSend, walk: drawWalk, unseen: drawUnseen, who: drawWho, settings: drawSettings, map: drawMapScreen,
};

/** @param {string} id @returns {HTMLElement} */
function place(id) {
  const found = document.getElementById(id);
  if (!found) { throw new Error(id); }
  return found;
}

/** @returns {Promise<void>} */
async function begin() {
  const main = place("main");
  const store = await openStore();
  await leaveBehind(store);
  const settings = await store.settings();
  setLang(settings.lang);
  const sender = createSender(store);
  /** @type {Context} */
  const context = {
    store, sender, tracker: createTracker(store), settings, device: await store.device(), pack: null, opened: null, main,
    head: (head) => drawHead(context, place("head"), head),
    foot: (...children) => drawFoot(place("foot"), children),
    go: (address) => { if (location.hash === address) { draw(context); } else { location.hash = address; } },
    again: () => { draw(context); },
    tell: (text, undo) => tell(place("told"), text, undo),
    here: () => here.at,
    onHere: (listener) => { here.listeners.push(listener); listener(here.at, here.trouble); here.watch(); },
    type: (id) => context.pack?.types.find((one) => one.id === id),
    site: (id) => context.pack?.sites.find((one) => one.id === id),
    walkId: () => context.pack?.walk?.id ?? null,
    reload: async () => {
      context.settings = await store.settings();
      context.device = await store.device();
      context.opened = await readOpened(store);
      context.pack = packOf(await store.pack(), context.opened, todayInJapan(context.device));
      setLang(context.settings.lang);
    },
  };
  await context.reload();
  const here = watching();
  leave = () => { here.listeners = []; };
  addEventListener("hashchange", () => { draw(context); });
  document.addEventListener("visibilitychange", async () => {
    if (document.visibilityState !== "visible") { return; }
    if (await leaveBehind(store)) { location.reload(); return; }
    // A tablet that slept over midnight opens on the walk of the new day.
    const before = context.walkId();
    await context.reload();
    if (context.walkId() !== before && /^#?\/?$/.test(location.hash)) { context.again(); }
  });
  for (const change of ["online", "offline"]) { addEventListener(change, () => drawChip(context)); }
  sender.onChange(() => drawChip(context));
  store.onChange(() => drawChip(context));
  await draw(context);
  sender.start();
  keepFresh(context, () => { if (/^#?\/?$/.test(location.hash)) { context.again(); } });
  if (settings.track) { context.tracker.start(context.walkId()); }
  await startShell({ formOpen: () => location.hash.startsWith("#/draft/") });
}

/** Where the device is, asked only while a screen wants to know. */
function watching() {
  /** @type {{at: import("./types").Position | null, trouble: import("./types").Words | null, listeners: ((at: import("./types").Position | null, trouble: import("./types").Words | null) => void)[], watch(): void}} */
  const made = {
    at: null, trouble: null, listeners: [],
    watch() {
      if (stop) { return; }
      stop = watchHere((at, trouble) => {
        made.at = at ?? made.at;
        made.trouble = trouble;
        made.listeners.forEach((listener) => listener(made.at, trouble));
      });
    },
  };
  /** @type {(() => void) | null} */
  let stop = null;
  return made;
}

/** @type {() => void} */
let leave = () => {};
/** @type {(() => void) | void} */
let cleared;
let turn = 0;

/**
 * Draw the screen of the address; a screen that was left meanwhile draws no more.
 * @param {Context} context
 */
async function draw(context) {
  turn += 1;
  const mine = turn;
  cleared?.();
  cleared = undefined;
  leave();
  const [name = "", ...parts] = location.hash.replace(/^#\/?/, "").split("/").map(decode);
  const screen = SCREENS[name] ?? drawHome;
  // Each screen has its own place, so that a slow one cannot write over the next.
  const own = el("div", { class: "narrow" });
  own.style.display = "contents";
  fill(context.main, own);
  try {
    const inner = innerContext(context, own, () => mine === turn);
    if (!context.pack && name !== "settings" && name !== "send") { await drawWalk(inner); }
    else if (asksWho(context, name)) { await drawWho(inner); }
    else {
      const result = await screen(inner, ...parts);
      if (mine === turn) { cleared = result; } else { result?.(); }
    }
  } catch (error) {
    fill(own, el("div", { class: "trouble", role: "alert" }, wordsOf(error)),
      el("a", { class: "button", href: "#/" }, t("一覧にもどる", "Back to the list")));
  }
  if (mine === turn) {
    scrollTo(0, 0);
    document.querySelector("#head h1")?.dispatchEvent(new Event("kayoi:shown"));
  }
}

/** Once, before anything is written. @param {Context} context @param {string} name */
function asksWho({ settings }, name) { return !settings.who && !settings.by && (name === "" || SCREENS[name] === undefined); }

/**
 * A screen's own view of the context: what is read again later is seen here too, and a screen
 * that was left while it still read draws neither head nor foot over the next one's.
 * @param {Context} context @param {HTMLElement} main @param {() => boolean} isOpen
 * @returns {Context}
 */
function innerContext(context, main, isOpen) {
  /** @type {Pick<Context, "main" | "head" | "foot" | "onHere">} */
  const own = {
    main,
    head: (head) => { if (isOpen()) { context.head(head); } },
    foot: (...children) => { if (isOpen()) { context.foot(...children); } },
    onHere: (listener) => { if (isOpen()) { context.onHere(listener); } },
  };
  return Object.assign(Object.create(context), own);
}

/** @param {string} part @returns {string} */
function decode(part) {
  try { return decodeURIComponent(part); } catch { return ""; }
}

/** @param {unknown} error @returns {string} */
function wordsOf(error) {
  const words = /** @type {{words?: import("./types").Words}} */ (error).words;
  if (words) { return say(words); }
  console.error(error);
  return t("画面をつくれませんでした。書いたものはこの端末に残っています。開き直してください。",
    "This screen could not be drawn. What you wrote is still on this device. Open the app again.");
}

/**
 * Say why the app cannot begin; there is no screen to go back to.
 * @param {unknown} error
 */
function sayNoBeginning(error) {
  const words = /** @type {{words?: import("./types").Words}} */ (error).words;
  if (!words) { console.error(error); }
  fill(place("main"), el("div", { class: "trouble", role: "alert" }, words ? say(words)
    : t("この端末に書きためる場所を開けませんでした。プライベートブラウズを使っていないか、サイトのデータの保存を止めていないか確かめて、画面を開き直してください。",
      "This device gives no place to keep records. Leave private browsing, allow the site to keep data, and open the screen again.")));
}

begin().catch(sayNoBeginning);
