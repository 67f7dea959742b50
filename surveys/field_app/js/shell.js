// The app's own files on the device: kept by the service worker, changed only at a start.

/** @typedef {import("./types").Words} Words */

const WORKER = "/field/sw.js";

/** @type {Words} */
const NEEDS_HTTPS = {
  ja: "この開き方（http）では、電波のない所でアプリを開けません。https で始まるアドレスで開いてください。書いたものはこの端末に残ります。",
  en: "Opened over http the app cannot start without a signal. Open it at an address that begins with https. What is written stays on this device.",
};
/** @type {Words} */
const NO_WORKER = {
  ja: "このブラウザでは、電波のない所でアプリを開けません。プライベートブラウズをやめるか、Safari 16 か Chrome の新しい版で開いてください。",
  en: "This browser cannot start the app without a signal. Leave private browsing, or use Safari 16 or a recent Chrome.",
};
/** @type {Words} */
const NOT_KEPT = {
  ja: "アプリをこの端末に入れられませんでした。電波のよい所で開き直してください。それまでは、画面を閉じないでください。",
  en: "The app could not be put on this device. Open it again where the signal is good; until then, keep the screen open.",
};

/** @type {Words | null} */
let failed = null;

/** @returns {Words | null} What keeps the app from starting without a signal; null for nothing. */
export function shellTrouble() {
  if (!globalThis.isSecureContext) { return NEEDS_HTTPS; }
  return "serviceWorker" in navigator ? failed : NO_WORKER;
}

let version = "";
// A first start over a thin line takes all of the app's files.
const READY_MS = 20_000;

/** @returns {string} The version on this device; "" where there is none yet. */
export function shellVersion() { return version; }

/** @returns {Promise<boolean>} Whether the app starts without a signal from now on. */
export async function shellReady() {
  if (shellTrouble()) { return false; }
  const late = new Promise((resolve) => { setTimeout(() => resolve(null), READY_MS); });
  return Boolean(await Promise.race([navigator.serviceWorker.ready, late]));
}

/** @param {ServiceWorker | null} worker */
function askVersion(worker) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => {
    version = String(data);
    port1.close();
  };
  worker?.postMessage("version", [port2]);
}

/**
 * Put the app's files on the device, and take up a newer version that waited for this start.
 * @param {{formOpen: () => boolean, onWaiting?: () => void}} o formOpen: whether a form is open now
 * @returns {Promise<void>}
 */
export async function startShell({ formOpen, onWaiting = () => undefined }) {
  if (shellTrouble()) { return; }
  try {
    const shell = await navigator.serviceWorker.register(WORKER, { scope: "/field/" });
    failed = null;
    void navigator.serviceWorker.ready.then((one) => askVersion(one.active));
    if (shell.waiting && !formOpen()) {
      takeOver(shell.waiting, formOpen);
    } else if (shell.waiting) {
      onWaiting();
    }
    shell.addEventListener("updatefound", () => { watch(shell.installing, onWaiting); });
  } catch {
    // Without a signal the update cannot be asked for; what is installed goes on.
    failed = navigator.serviceWorker.controller ? null : NOT_KEPT;
  }
}

/** @param {ServiceWorker} waiting @param {() => boolean} formOpen */
function takeOver(waiting, formOpen) {
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    // A form may have been opened in the meantime: it is not torn away.
    if (!formOpen()) { location.reload(); }
  }, { once: true });
  waiting.postMessage("take-over");
}

/** @param {ServiceWorker | null} coming @param {() => void} onWaiting */
function watch(coming, onWaiting) {
  coming?.addEventListener("statechange", () => {
    // The very first one replaces nothing.
    if (coming.state === "installed" && navigator.serviceWorker.controller) { onWaiting(); }
    if (coming.state === "redundant" && !navigator.serviceWorker.controller) { failed = NOT_KEPT; }
  });
}
