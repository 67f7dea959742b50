// The signs of sites: only those in view are drawn, and where there is no room near ones share a plate.
import { el, sign } from "./dom.js";
import { shown } from "./marks.js";
import { counted, t } from "./words.js";

/** @typedef {import("./types").PackSite} PackSite */
/** @typedef {import("./types").RecordType} RecordType */
/**
 * @typedef {{
 *   L: any, map: any, sites: PackSite[], types: Map<string, RecordType>, order: Map<string, number>,
 *   state(id: string): string, selected?: string | undefined, quiet?: boolean, onChoose(id: string): void,
 * }} SignOptions
 * @typedef {{key: string, at: any, site: PackSite, shared: number}} Wanted
 */

const SIGN = 36;
const CHOSEN = 44;
const QUIET = 26;
/** Also the least a finger hits. */
const TOUCH = 48;
const SQUARE = 64;
// How far a plate may lie from its square's middle without touching the next one.
const AWAY = 9;
const SVG = "http://www.w3.org/2000/svg";
const MARKS = { draft: "M5 8h.01M8 8h.01M11 8h.01", seen: "M4.2 8.4l2.6 2.6 5-5.4", absent: "M5 5l6 6M11 5l-6 6" };

/** @param {string} state @returns {string} */
export function sayState(state) {
  if (state === "draft") { return t("途中", "begun"); }
  if (state === "seen") { return t("書いた", "written"); }
  return state === "absent" ? t("閉まった", "closed") : t("まだ", "not yet");
}

/**
 * Draw signs and keep them as the map moves.
 * @param {SignOptions} o
 * @returns {{refresh(): void, remove(): void}}
 */
export function drawSigns(o) {
  const { map, L } = o;
  const placed = o.sites.filter(({ lon, lat }) => lon !== null && lat !== null)
    .map((site) => ({ site, at: L.latLng(site.lat, site.lon) }));
  /** @type {Map<string, any>} */
  let drawn = new Map();
  const refresh = () => {
    const wanted = new Map(inView(o, placed).map((one) => [one.key, one]));
    drawn.forEach((marker, key) => { if (!wanted.has(key)) { marker.remove(); } });
    drawn = new Map([...wanted].map(([key, one]) => [key, drawn.get(key) ?? marked(o, one)]));
  };
  map.on("moveend", refresh);
  refresh();
  return { refresh, remove: () => { map.off("moveend", refresh); drawn.forEach((marker) => marker.remove()); drawn.clear(); } };
}

/**
 * What to draw in this view. A walk's places and the chosen one always stand for themselves; the
 * others share a plate a square when there are more of them than the view has squares.
 * @param {SignOptions} o @param {{site: PackSite, at: any}[]} placed
 * @returns {Wanted[]}
 */
function inView(o, placed) {
  const { map } = o;
  const bounds = map.getBounds().pad(0.15);
  const seen = placed.filter(({ at }) => bounds.contains(at));
  const size = map.getSize();
  const single = (/** @type {{site: PackSite, at: any}} */ { site, at }) => (
    { key: `${site.id}|${o.state(site.id)}|${site.id === o.selected}`, at, site, shared: 1 });
  if (seen.length * SQUARE * SQUARE <= size.x * size.y) { return seen.map(single); }
  const own = (/** @type {{site: PackSite}} */ { site }) => o.order.has(site.id) || site.id === o.selected;
  /** @type {Map<string, {site: PackSite, at: any}[]>} */
  const squares = new Map();
  seen.filter((one) => !own(one)).forEach((one) => {
    const p = map.project(one.at, map.getZoom());
    const key = `${Math.floor(p.x / SQUARE)}/${Math.floor(p.y / SQUARE)}`;
    const there = squares.get(key);
    if (there) { there.push(one); } else { squares.set(key, [one]); }
  });
  const others = [...squares].map(([key, there]) => {
    const first = /** @type {{site: PackSite, at: any}} */ (there[0]);
    return there.length === 1 ? single(first)
      : { key: `${map.getZoom()}|${key}|${there.length}`, at: plateAt(o, key, there), site: first.site, shared: there.length };
  });
  return [...seen.filter(own).map(single), ...others];
}

/** Near the middle of what it stands for, yet inside its own square.
 * @param {SignOptions} o @param {string} key @param {{at: any}[]} there */
function plateAt({ L, map }, key, there) {
  const zoom = map.getZoom();
  const points = there.map(({ at }) => map.project(at, zoom));
  const [x, y] = key.split("/").map((number, axis) => {
    const middle = (Number(number) + 0.5) * SQUARE;
    const mean = points.reduce((total, p) => total + (axis ? p.y : p.x), 0) / points.length;
    return Math.min(middle + AWAY, Math.max(middle - AWAY, mean));
  });
  return map.unproject(L.point(x, y), zoom);
}

/** @param {SignOptions} o @param {Wanted} wanted @returns {any} */
function marked(o, wanted) {
  const { L, map } = o;
  const { site, at, shared } = wanted;
  const chosen = site.id === o.selected && shared === 1;
  const face = shared > 1 ? el("b", {}, String(shared)) : drawFace(o, site, chosen);
  const icon = L.divIcon({
    className: signClass(o, site, shared, chosen), html: face, iconSize: o.quiet ? [QUIET, QUIET] : [TOUCH, TOUCH],
  });
  const marker = L.marker(at, {
    icon, keyboard: !o.quiet, interactive: !o.quiet, zIndexOffset: chosen ? 900 : o.order.has(site.id) ? 500 : 0,
  });
  marker.addTo(map);
  const element = /** @type {HTMLElement} */ (marker.getElement());
  if (o.quiet) { element.setAttribute("aria-hidden", "true"); return marker; }
  const choose = () => (shared > 1 ? map.setView(at, Math.min(map.getZoom() + 2, map.getMaxZoom())) : o.onChoose(site.id));
  marker.on("click", choose);
  element.setAttribute("aria-label", shown(labelOf(o, site, shared)));
  element.dataset.site = shared > 1 ? "" : site.id;
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); event.stopPropagation(); choose(); }
  });
  return marker;
}

/** @param {SignOptions} o @param {PackSite} site @param {number} shared @param {boolean} chosen */
function signClass(o, site, shared, chosen) {
  if (o.quiet) { return "map-sign map-quiet"; }
  return shared > 1 ? "map-sign map-plate" : `map-sign map-is-${o.state(site.id)}${chosen ? " map-chosen" : ""}`;
}

/** @param {SignOptions} o @param {PackSite} site @param {boolean} chosen @returns {HTMLElement} */
function drawFace(o, site, chosen) {
  const type = o.types.get(site.type);
  const size = o.quiet ? QUIET : chosen ? CHOSEN : SIGN;
  const number = o.order.get(site.id);
  const state = o.state(site.id);
  return el("span", { class: "map-face" },
    type ? sign(type.marker, size) : el("span", { class: "map-unknown" }, "?"),
    !o.quiet && number !== undefined ? el("b", { class: "map-number" }, String(number)) : null,
    !o.quiet && state in MARKS ? mark(MARKS[/** @type {keyof MARKS} */ (state)]) : null);
}

/** @param {string} d @returns {Element} */
function mark(d) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  Object.entries({ viewBox: "0 0 16 16", class: "map-mark", "aria-hidden": "true" }).forEach(([key, value]) => svg.setAttribute(key, value));
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}

/** @param {SignOptions} o @param {PackSite} site @param {number} shared @returns {string} */
function labelOf(o, site, shared) {
  if (shared > 1) { return t(`この辺りの${shared}か所。近づいて見る`, `${counted(shared, "site")} around here: look nearer`); }
  const type = o.types.get(site.type);
  const number = o.order.get(site.id);
  return [
    number === undefined ? "" : t(`${number}番目`, `No. ${number}`),
    type ? t(type.words.ja, type.words.en) : site.type, site.title, sayState(o.state(site.id)),
  ].filter(Boolean).join(t("　", ", "));
}
