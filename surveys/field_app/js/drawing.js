// A place being drawn: its shape, its corners, how it was found. Pure: every step answers a new one.
import { distanceM, kept } from "./position.js";

/** @typedef {import("./types").Geometry} Geometry */
/** @typedef {import("./types").Position} Position */
/** @typedef {import("./types").Shape} Shape */
/** @typedef {import("./position.js").Fix} Fix */
/** `whole` is a place of several parts or with holes: it is shown, and only ever replaced whole.
 *  @typedef {{shape: Shape, corners: number[][], whole: Geometry | null, position: Position | null}} Drawing */

const STEP_M = 3;
const SURE_M = 30;

/**
 * Begin with the place there is.
 * @param {Geometry | null} place @param {Position | null} position @param {Shape[]} shapes
 * @returns {Drawing}
 */
export function beginDrawing(place, position, shapes) {
  const first = shapes[0] ?? "point";
  if (!place) { return { shape: first, corners: [], whole: null, position }; }
  if (place.type === "Point") { return { shape: "point", corners: [place.coordinates], whole: null, position }; }
  if (place.type === "LineString") { return { shape: "line", corners: place.coordinates, whole: null, position }; }
  const ring = place.type === "Polygon" && place.coordinates.length === 1 ? place.coordinates[0] : undefined;
  if (ring) { return { shape: "area", corners: ring.slice(0, -1), whole: null, position }; }
  return { shape: place.type === "MultiLineString" ? "line" : "area", corners: [], whole: place, position };
}

/** @param {Shape} shape @returns {Drawing} */
export function emptyDrawing(shape) { return { shape, corners: [], whole: null, position: null }; }

/** How many corners make the shape a place. @param {Shape} shape */
export function cornersNeeded(shape) { return { point: 1, line: 2, area: 3 }[shape]; }

/** The place as far as it is one; null while corners are missing. @param {Drawing} drawing @returns {Geometry | null} */
export function toPlace({ shape, corners, whole }) {
  if (whole) { return whole; }
  const [first] = corners;
  if (!first || corners.length < cornersNeeded(shape)) { return null; }
  if (shape === "point") { return { type: "Point", coordinates: first }; }
  return shape === "line" ? { type: "LineString", coordinates: corners }
    : { type: "Polygon", coordinates: [[...corners, first]] };
}

/**
 * A finger's place: moves a point, adds a corner to a line or an area.
 * @param {Drawing} drawing @param {number} lon @param {number} lat @param {string} at
 * @returns {Drawing}
 */
export function tapped(drawing, lon, lat, at) {
  if (drawing.whole) { return drawing; }
  const corner = [kept(lon), kept(lat)];
  const last = drawing.corners.at(-1);
  if (drawing.shape !== "point" && last && last[0] === corner[0] && last[1] === corner[1]) { return drawing; }
  const corners = drawing.shape === "point" ? [corner] : [...drawing.corners, corner];
  return { ...drawing, corners, position: byHand(/** @type {number[]} */ (corners[0]), at) };
}

/** @param {number[]} corner @param {string} at @returns {Position} */
function byHand([lon = 0, lat = 0], at) { return { by: "hand", lon, lat, accuracy_m: 0, count: 0, at }; }

/** The device's own place. @param {Position} position @returns {Drawing} */
export function measured(position) {
  return { shape: "point", corners: [[position.lon, position.lat]], whole: null, position };
}

/**
 * A fix while a line is walked: taken when it is sure enough and a step away from the last one.
 * The line's position keeps the worst radius and counts its fixes; once a finger has added a
 * corner, the line is by hand.
 * @param {Drawing} drawing @param {Fix} fix
 * @returns {Drawing} the same one when the fix was not taken
 */
export function walked(drawing, fix) {
  const last = drawing.corners.at(-1);
  const near = last && distanceM({ lon: last[0] ?? 0, lat: last[1] ?? 0 }, fix) < STEP_M;
  if (drawing.whole || near || !(fix.accuracy_m <= SURE_M)) { return drawing; }
  const corners = [...drawing.corners, [kept(fix.lon), kept(fix.lat)]];
  const so = drawing.position;
  if (so?.by === "hand" && drawing.corners.length) { return { ...drawing, corners }; }
  const [lon = 0, lat = 0] = corners[0] ?? [];
  const worst = Math.max(fix.accuracy_m, drawing.corners.length && so ? so.accuracy_m : 0);
  return { ...drawing, corners, position: { by: "gps", lon, lat, accuracy_m: worst, count: corners.length, at: fix.at } };
}

/** Every corner of a place. @param {Geometry | null} place @returns {number[][]} */
export function cornersOf(place) {
  if (!place) { return []; }
  if (place.type === "Point") { return [place.coordinates]; }
  if (place.type === "LineString") { return place.coordinates; }
  return place.type === "MultiPolygon" ? place.coordinates.flat(2) : place.coordinates.flat(1);
}

/** Where a place is looked for by others: its point, the middle of its corners. @param {Geometry | null} place */
export function middleOf(place) {
  const corners = cornersOf(place);
  if (!corners.length) { return null; }
  const mean = (/** @type {number} */ axis) => corners.reduce((total, corner) => total + (corner[axis] ?? 0), 0) / corners.length;
  return { lon: kept(mean(0)), lat: kept(mean(1)) };
}
