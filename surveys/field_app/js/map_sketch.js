// Shapes on a map: those of sites, a walk's line, and what is being drawn.
import { el, sign } from "./dom.js";
import { cornersOf } from "./drawing.js";
import { COLOURS } from "./map_style.js";

/** @typedef {import("./types").Geometry} Geometry */
/** @typedef {import("./types").Marker} Marker */
/** Something inside the place being drawn, with its own sign or a short text.
 *  @typedef {{lon: number, lat: number, marker?: Marker, label?: string}} Thing */

const PIN = 44;
const THING = 26;

/** A pane that lets every touch through. @param {any} map @param {string} name @param {number} order */
export function quietPane(map, name, order) {
  const found = /** @type {HTMLElement} */ (map.getPane(name) ?? map.createPane(name));
  found.style.zIndex = String(order);
  found.style.pointerEvents = "none";
  return name;
}

/**
 * The lines and areas of sites, and the walk's line over them.
 * @param {any} L @param {any} map @param {import("./types").Pack} pack
 */
export function drawShapes(L, map, pack) {
  const pane = quietPane(map, "shapes", 390);
  const renderer = L.canvas({ pane, padding: 0.3 });
  const colours = new Map(pack.types.map((type) => [type.id, type.marker.colour]));
  const features = pack.sites.filter(({ place }) => place && place.type !== "Point")
    .map(({ type, place }) => ({ type: "Feature", properties: { type, area: place?.type.includes("Polygon") }, geometry: place }));
  L.geoJSON({ type: "FeatureCollection", features }, {
    style: (/** @type {any} */ { properties: p }) => ({
      renderer, pane, interactive: false, color: colours.get(p.type) ?? COLOURS.ink2, opacity: 0.9,
      weight: p.area ? 1.6 : 5, fillOpacity: 0.12,
    }),
  }).addTo(map);
  const line = pack.walk?.line;
  if (!line) { return; }
  const style = { renderer, pane, interactive: false, fill: false };
  L.geoJSON(line, { style: { ...style, color: COLOURS.card, weight: 8, opacity: 0.9 } }).addTo(map);
  L.geoJSON(line, { style: { ...style, color: COLOURS.indigo, weight: 4, opacity: 0.85, dashArray: "10 7" } }).addTo(map);
}

/**
 * What is being drawn; `set` puts a new state in place of the last one.
 * @param {any} L @param {any} map @param {Marker | null} marker
 * @param {(lon: number, lat: number) => void} [onDrag] a pin that may be moved by hand
 */
export function sketchOn(L, map, marker, onDrag) {
  const pane = quietPane(map, "sketch", 450);
  const group = L.layerGroup().addTo(map);
  const renderer = L.svg({ pane, padding: 0.5 });
  const style = { renderer, pane, interactive: false, color: COLOURS.vermilion };
  /** @param {Geometry | null} place @param {number[][]} corners @param {Thing[]} things @param {boolean} movable */
  const set = (place, corners, things = [], movable = false) => {
    group.clearLayers();
    const closed = place?.type.includes("Polygon");
    if (place && place.type !== "Point") {
      group.addLayer(L.geoJSON(place, { style: { ...style, weight: closed ? 3 : 5, fill: Boolean(closed), fillOpacity: 0.15 } }));
    } else if (corners.length > 1) {
      group.addLayer(L.polyline(corners.map(([lon, lat]) => [lat, lon]), { ...style, weight: 3, dashArray: "6 5" }));
    }
    if (place?.type === "Point") {
      group.addLayer(pin(L, place.coordinates, marker, movable ? onDrag : undefined));
    } else if (corners.length <= 200) {
      corners.forEach(([lon, lat]) => group.addLayer(L.circleMarker([lat, lon], { ...style, radius: 7, weight: 3, fillColor: COLOURS.card, fillOpacity: 1 })));
    }
    things.forEach((thing) => group.addLayer(thingMark(L, thing)));
  };
  return { set, remove: () => { group.remove(); renderer.remove(); } };
}

/** @param {any} L @param {number[]} at @param {Marker | null} marker @param {((lon: number, lat: number) => void) | undefined} onDrag */
function pin(L, [lon, lat], marker, onDrag) {
  const face = el("span", { class: "map-face" }, marker ? sign(marker, PIN) : el("span", { class: "map-dot" }));
  const icon = L.divIcon({ className: `map-sign map-pin${onDrag ? " map-movable" : ""}`, html: face, iconSize: [56, 56] });
  const made = L.marker([lat, lon], {
    icon, draggable: Boolean(onDrag), autoPan: Boolean(onDrag), interactive: Boolean(onDrag), keyboard: false, zIndexOffset: 800,
  });
  if (onDrag) { made.on("dragend", () => { const p = made.getLatLng(); onDrag(p.lng, p.lat); }); }
  return made;
}

/** @param {any} L @param {Thing} thing */
function thingMark(L, { lon, lat, marker, label }) {
  const face = el("span", { class: "map-face" },
    marker ? sign(marker, THING) : null, label ? el("b", { class: "map-number" }, label) : null);
  const icon = L.divIcon({ className: "map-sign map-thing", html: face, iconSize: [THING, THING] });
  return L.marker([lat, lon], { icon, interactive: false, keyboard: false, zIndexOffset: 700 });
}

/** Bounds round a place, or null. @param {any} L @param {Geometry | null} place */
export function boundsOf(L, place) {
  const corners = cornersOf(place);
  return corners.length ? L.latLngBounds(corners.map(([lon, lat]) => [lat, lon])) : null;
}

/**
 * The dot that says "here", with the circle it may be off by.
 * @param {any} L @param {any} map @param {number} [order] over the signs, or under them
 */
export function hereOn(L, map, order = 640) {
  const pane = quietPane(map, "here", order);
  const renderer = L.svg({ pane, padding: 0.5 });
  const group = L.layerGroup().addTo(map);
  const style = { renderer, pane, interactive: false };
  /** @param {import("./types").Position | null} here */
  return (here) => {
    group.clearLayers();
    if (!here) { return; }
    group.addLayer(L.circle([here.lat, here.lon], { ...style, radius: here.accuracy_m, color: COLOURS.indigo, weight: 1.5, opacity: 0.7, fillOpacity: 0.12 }));
    group.addLayer(L.circleMarker([here.lat, here.lon], { ...style, className: "map-here", radius: 9, color: COLOURS.card, weight: 3, fillColor: COLOURS.indigo, fillOpacity: 1 }));
  };
}
