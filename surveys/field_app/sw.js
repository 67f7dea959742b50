// The field app's files, kept whole on the device. Records and the base map are not its business.

const VERSION = /*SHELL_VERSION*/"";
/** @type {string[]} */
const FILES = /*SHELL_FILES*/[];
const PREFIX = "kayoi-shell-";
const SHELL = PREFIX + VERSION;
const START = "/field/";

const worker = /** @type {WorkerScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", (event) => { event.waitUntil(takeFiles()); });
worker.addEventListener("activate", (event) => { event.waitUntil(tidy()); });
worker.addEventListener("message", (event) => {
  if (event.data === "take-over") { event.waitUntil(takeOver()); }
  if (event.data === "version") { event.ports[0]?.postMessage(VERSION); }
});
worker.addEventListener("fetch", (event) => {
  const file = shellFile(event.request);
  if (file) { event.respondWith(fromShell(file, event.request)); }
});

// All or nothing: half a new version beside half an old one would not start.
async function takeFiles() {
  const files = [...new Set([START, ...FILES])];
  const answers = await Promise.all(files.map(async (file) => {
    const answer = await fetch(new Request(file, { cache: "no-store", redirect: "error", credentials: "same-origin" }));
    if (!answer.ok || answer.redirected || answer.type !== "basic") { throw new TypeError(`${file}: ${answer.status}`); }
    return /** @type {const} */ ([file, answer]);
  }));
  try {
    const cache = await caches.open(SHELL);
    await Promise.all(answers.map(([file, answer]) => cache.put(file, answer)));
  } catch (error) {
    await caches.delete(SHELL);
    throw error;
  }
}

// Asked by a screen that has just started: with others open, one might be in the middle of a form.
async function takeOver() {
  if ((await appWindows()).length <= 1) { await worker.skipWaiting(); }
}

async function appWindows() {
  return (await worker.clients.matchAll({ includeUncontrolled: true, type: "window" }))
    .filter((one) => new URL(one.url).pathname.startsWith(START));
}

async function tidy() {
  // A screen of an older version may still ask for a file of its own.
  if ((await appWindows()).length <= 1) {
    const old = (await caches.keys()).filter((one) => one.startsWith(PREFIX) && one !== SHELL);
    await Promise.all(old.map((one) => caches.delete(one)));
  }
  await worker.clients.claim();
}

/** @param {Request} request @returns {string | null} The file that answers, null for the network. */
function shellFile(request) {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin) { return null; }
  if (FILES.includes(url.pathname)) { return url.pathname; }
  const inApp = url.pathname === START || url.pathname === `${START}index.html`;
  return request.mode === "navigate" && inApp ? START : null;
}

/** @param {string} file @param {Request} request @returns {Promise<Response>} */
async function fromShell(file, request) {
  const kept = await (await caches.open(SHELL)).match(file);
  // The browser may have thrown the files away: then only the network has them.
  return kept ?? fetch(request);
}
