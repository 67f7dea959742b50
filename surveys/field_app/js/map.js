// The walk's map: signs with their state, the walk's line, where one stands and where to go next.
import { el, figure } from "./dom.js";
import { middleOf, cornersOf } from "./drawing.js";
import { openMap } from "./map_base.js";
import { drawSigns } from "./map_signs.js";
import { boundsOf, drawShapes, hereOn, sketchOn } from "./map_sketch.js";
import { bearing, distanceM, kept, sayDirection, sayStraight, watchHere } from "./position.js";
import { say, t } from "./words.js";

/** @typedef {import("./types").Geometry} Geometry */
/** @typedef {import("./types").Pack} Pack */
/** @typedef {import("./types").PackSite} PackSite */
/** @typedef {import("./types").Position} Position */
/** @typedef {import("./map_sketch.js").Thing} Thing */
/**
 * @typedef {{
 *   pack: Pack, states: Map<string, string>, selected?: string, here?: Position | null,
 *   onChoose(siteId: string): void, onTap?: (lon: number, lat: number) => void,
 * }} MapOptions
 * @typedef {{
 *   setHere(here: Position | null): void, setStates(states: Map<string, string>): void,
 *   setSketch(place: Geometry | null, things?: Thing[]): void, fly(lon: number, lat: number): void, remove(): void,
 * }} WalkMap
 */

const NEAR_ZOOM = 17;
const SVG = "http://www.w3.org/2000/svg";

/**
 * Draw the map in a place; answered once it can be used, the base map may still be on its way.
 * @param {HTMLElement} place @param {MapOptions} o
 * @returns {Promise<WalkMap>}
 */
export async function drawMap(place, o) {
  const opened = await openMap(place, o.pack);
  const { L, map } = opened;
  let { states } = o;
  const sites = new Map(o.pack.sites.map((site) => [site.id, site]));
  const ids = o.pack.walk?.places ?? [];
  look(opened, o, sites);
  drawShapes(L, map, o.pack);
  const signs = drawSigns({
    L, map, sites: o.pack.sites, types: new Map(o.pack.types.map((type) => [type.id, type])),
    order: new Map(ids.map((id, at) => [id, at + 1])), selected: o.selected,
    state: (id) => states.get(id) ?? "none", onChoose: o.onChoose,
  });
  const sketch = sketchOn(L, map, markerOf(o, sites));
  const fly = (/** @type {number} */ lon, /** @type {number} */ lat) => {
    map.setView([lat, lon], Math.max(map.getZoom(), NEAR_ZOOM));
  };
  const next = nextPlate(fly);
  opened.box.append(next.plate);
  const here = hereDesk(opened, fly, (at) => next.show(at, nextSite(o, sites, ids, states)));
  if (o.onTap) { map.on("click", (/** @type {any} */ { latlng }) => o.onTap?.(kept(latlng.lng), kept(latlng.lat))); }
  if (o.here) { here.set(o.here); } else { next.show(null, null); }
  return {
    fly, setHere: here.set,
    setStates: (changed) => { states = changed; signs.refresh(); here.again(); },
    setSketch: (shape, things = []) => sketch.set(shape, cornersOf(shape), things),
    remove: () => { here.stop(); signs.remove(); sketch.remove(); opened.remove(); },
  };
}

/** Show first what matters: the chosen place, else the walk, else where one stands, else the town.
 * @param {import("./map_base.js").BaseMap} opened @param {MapOptions} o @param {Map<string, PackSite>} sites */
function look({ L, map }, o, sites) {
  const chosen = o.selected ? sites.get(o.selected) : undefined;
  const bounds = L.latLngBounds([]);
  if (chosen && chosen.lon !== null && chosen.lat !== null) {
    bounds.extend([chosen.lat, chosen.lon]);
  } else {
    (o.pack.walk?.places ?? []).forEach((id) => {
      const site = sites.get(id);
      if (site && site.lon !== null && site.lat !== null) { bounds.extend([site.lat, site.lon]); }
    });
    const line = boundsOf(L, o.pack.walk?.line ?? null);
    if (line) { bounds.extend(line); }
    if (!bounds.isValid() && o.here) { bounds.extend([o.here.lat, o.here.lon]); }
  }
  if (bounds.isValid()) { map.fitBounds(bounds, { maxZoom: NEAR_ZOOM, paddingTopLeft: [48, 96], paddingBottomRight: [84, 64], animate: false }); }
}

/** @param {MapOptions} o @param {Map<string, PackSite>} sites */
function markerOf(o, sites) {
  const site = o.selected ? sites.get(o.selected) : undefined;
  return o.pack.types.find(({ id }) => id === site?.type)?.marker ?? null;
}

/** The chosen place, else the walk's first one that is not written yet.
 * @param {MapOptions} o @param {Map<string, PackSite>} sites @param {string[]} ids @param {Map<string, string>} states */
function nextSite(o, sites, ids, states) {
  const open = ids.find((id) => sites.has(id) && ["none", "draft"].includes(states.get(id) ?? "none"));
  return sites.get(o.selected ?? open ?? "") ?? null;
}

/** A plate that says where the next place is; pressed, it shows it.
 * @param {(lon: number, lat: number) => void} fly */
function nextPlate(fly) {
  const arrow = figure("arrow", 28);
  const turned = document.createElementNS(SVG, "g");
  turned.append(...arrow.childNodes);
  arrow.append(turned);
  const text = el("span", { class: "map-next-text" });
  /** @type {{lon: number, lat: number} | null} */
  let there = null;
  const plate = el("button", { type: "button", class: "map-next", hidden: true, onclick: () => { if (there) { fly(there.lon, there.lat); } } }, arrow, text);
  /** @param {Position | null} here @param {PackSite | null} site */
  const show = (here, site) => {
    there = site && site.lon !== null && site.lat !== null ? { lon: site.lon, lat: site.lat } : site ? middleOf(site.place) : null;
    plate.hidden = !there || !here;
    if (!there || !here || !site) { return; }
    const degrees = bearing(here, there);
    turned.setAttribute("transform", `rotate(${Math.round(degrees)} 12 12)`);
    const far = `${say(sayDirection(degrees))}${t("へ ", ", ")}${sayStraight(distanceM(here, there))}`;
    text.replaceChildren(el("b", {}, site.title), el("span", {}, far));
  };
  return { plate, show };
}

/** The dot, and the button that goes to it: pressed before anyone follows the device, it begins to.
 * @param {import("./map_base.js").BaseMap} opened
 * @param {(lon: number, lat: number) => void} fly @param {(here: Position | null) => void} onHere */
function hereDesk({ L, map, tools, tell }, fly, onHere) {
  const draw = hereOn(L, map);
  /** @type {Position | null} */
  let now = null;
  /** @type {(() => void) | null} */
  let stop = null;
  let going = false;
  const set = (/** @type {Position | null} */ here) => {
    now = here;
    draw(here);
    onHere(here);
    if (here && going) { going = false; tell(null); fly(here.lon, here.lat); }
  };
  const go = () => {
    if (now) { fly(now.lon, now.lat); return; }
    going = true;
    tell({ ja: "位置をさがしている", en: "Looking for the position" });
    stop ??= watchHere((here, trouble) => {
      if (here) { set(here); }
      if (trouble && going) { going = false; stop?.(); stop = null; tell(trouble); }
    });
  };
  tools.prepend(el("button", { type: "button", class: "map-button map-go", "aria-label": t("今いる所へ", "Where I am"), onclick: go },
    crosshair(), el("span", {}, t("今いる所へ", "Where I am"))));
  return { set, again: () => onHere(now), stop: () => { stop?.(); stop = null; } };
}

/** @returns {Element} */
function crosshair() {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  Object.entries({ viewBox: "0 0 24 24", width: 26, height: 26, class: "map-cross", "aria-hidden": "true" }).forEach(([key, value]) => svg.setAttribute(key, String(value)));
  path.setAttribute("d", "M12 18.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM12 2v4M12 18v4M2 12h4M18 12h4M12 12h.01");
  svg.append(path);
  return svg;
}
