// A map with its base, buttons, scale and credit, and nothing on it yet.
import { el, figure } from "./dom.js";
import { labelRules, paintRules } from "./map_style.js";
import { baseMapFile } from "./pack.js";
import { say, t } from "./words.js";

/** @typedef {import("./types").Pack} Pack */
/** @typedef {import("./types").Words} Words */
/** `any` where Leaflet's own things cross: it is a classic script without declarations here.
 *  @typedef {{L: any, map: any, box: HTMLElement, tools: HTMLElement, tell(words: Words | null): void, remove(): void}} BaseMap */

const LIB = "/field/lib";
const NOTE_MS = 8000;
/** @type {Promise<void> | null} */
let loading = null;

/** Leaflet and what draws the tiles: brought in once, at the first map. */
function bringLibraries() {
  loading ??= Promise.all([
    bring("link", { rel: "stylesheet", href: `${LIB}/leaflet/leaflet.css` }),
    bring("script", { src: `${LIB}/leaflet/leaflet.js` })
      .then(() => bring("script", { src: `${LIB}/protomaps-leaflet/protomaps-leaflet.js` })),
    bring("script", { src: `${LIB}/pmtiles/pmtiles.js` }),
  ]).then(() => undefined, (error) => { loading = null; throw error; });
  return loading;
}

/** @param {"link" | "script"} tag @param {Record<string, string>} attributes @returns {Promise<void>} */
function bring(tag, attributes) {
  return new Promise((resolve, reject) => {
    const made = el(tag, {
      ...attributes, onload: () => resolve(),
      onerror: () => { made.remove(); reject(new Error(`did not load: ${attributes.src ?? attributes.href}`)); },
    });
    document.head.append(made);
  });
}

/**
 * Open a map in a place.
 * @param {HTMLElement} place @param {Pack} pack
 * @returns {Promise<BaseMap>}
 */
export async function openMap(place, pack) {
  const ground = el("div", { class: "map-ground" });
  const note = el("p", { class: "map-note", role: "status", hidden: true });
  const tools = el("div", { class: "map-tools" });
  const credit = el("span", { class: "map-credit" }, pack.town.credit || "© OpenStreetMap contributors");
  const box = el("div", { class: "map", "data-base": "loading" }, ground, note, el("div", { class: "map-low" }, tools, credit));
  place.replaceChildren(box);
  await bringLibraries();
  const L = /** @type {any} */ (globalThis).L;
  const map = L.map(ground, {
    zoomControl: false, attributionControl: false, zoomSnap: 0.25, minZoom: 9, maxZoom: 19,
    bounceAtZoomLimits: false, wheelPxPerZoomLevel: 120,
  });
  map.fitBounds([[pack.town.south, pack.town.west], [pack.town.north, pack.town.east]], { animate: false });
  L.control.scale({ imperial: false, metric: true, position: "bottomleft", maxWidth: 120 }).addTo(map);
  tools.append(
    el("button", { type: "button", class: "map-button", "aria-label": t("近づく", "Nearer"), onclick: () => map.zoomIn(1) }, figure("plus", 26)),
    el("button", { type: "button", class: "map-button map-out", "aria-label": t("広く見る", "Wider"), onclick: () => map.zoomOut(1) }, "−"),
  );
  const watcher = new ResizeObserver(() => map.invalidateSize({ animate: false }));
  watcher.observe(ground);
  let open = true;
  const tell = teller(note);
  // The signs do not wait for the ground below them.
  layBase(L, map, pack, box).catch(() => { box.dataset.base = "none"; }).then(() => {
    if (open && box.dataset.base === "none") { tellNoMap(box); }
  });
  const remove = () => { open = false; watcher.disconnect(); tell(null); map.remove(); box.remove(); };
  return { L, map, box, tools, tell, remove };
}

/** @param {any} L @param {any} map @param {Pack} pack @param {HTMLElement} box */
async function layBase(L, map, pack, box) {
  const found = await baseMapFile(pack);
  const { pmtiles, protomapsL } = /** @type {any} */ (globalThis);
  if (!found) { box.dataset.base = "none"; return; }
  // The archive is known by its file's name; one out of a cache has none.
  const archive = new pmtiles.PMTiles(new pmtiles.FileSource(new File([found], `base-${pack.base.stamp}`)));
  await archive.getHeader();
  if (!box.isConnected) { return; }
  const layer = protomapsL.leafletLayer({
    url: archive, attribution: "", maxDataZoom: 15, noWrap: true,
    bounds: L.latLngBounds([pack.town.south, pack.town.west], [pack.town.north, pack.town.east]).pad(1),
    paintRules: paintRules(protomapsL), labelRules: labelRules(protomapsL),
  });
  box.dataset.base = "drawing";
  layer.once("load", () => { box.dataset.base = "drawn"; });
  layer.addTo(map);
}

/** @param {HTMLElement} box */
function tellNoMap(box) {
  box.append(el("p", { class: "map-none" }, t("地図はまだこの端末にない", "The map is not on this device yet")));
}

/** Words over the map that go by themselves. @param {HTMLElement} note @returns {(words: Words | null) => void} */
function teller(note) {
  let wait = 0;
  return (words) => {
    clearTimeout(wait);
    note.textContent = say(words);
    note.hidden = !words;
    if (words) { wait = Number(setTimeout(() => { note.hidden = true; }, NOTE_MS)); }
  };
}
