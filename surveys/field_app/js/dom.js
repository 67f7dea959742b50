// Elements made by hand: texts only ever become text nodes, so no record can become markup.

import { shown } from "./marks.js";

/** @typedef {import("./types").Lang} Lang */
/** @typedef {import("./types").Words} Words */
/** @typedef {Node | string | null | undefined | false} Child */

// Attributes a person reads or hears.
const READ = new Set(["alt", "aria-description", "aria-label", "label", "placeholder", "title"]);
const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element. A key that begins with "on" is a listener; `true` a bare attribute; `false`,
 * `null` and `undefined` none at all.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on") && typeof value === "function") {
      made.addEventListener(key.slice(2), /** @type {EventListener} */ (value));
    } else if (key === "value" && "value" in made) {
      Object.assign(made, { value });
    } else if (value === true) {
      made.setAttribute(key, "");
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(key, READ.has(key) ? shown(String(value)) : String(value));
    }
  }
  made.append(...children.flat().filter(isThere).map(asShown));
  return made;
}

/** Signs nobody sees are shown, whoever wrote them. @param {Node | string} child @returns {Node | string} */
function asShown(child) { return typeof child === "string" ? shown(child) : child; }

/** @param {Child} child @returns {child is Node | string} */
function isThere(child) {
  return child !== null && child !== undefined && child !== false && child !== "";
}

/**
 * Put children in place of what an element holds.
 * @param {Element} place
 * @param {...(Child | Child[])} children
 */
export function fill(place, ...children) {
  place.replaceChildren(...children.flat().filter(isThere).map(asShown));
}

/**
 * Change what an element holds into something newer, leaving in place what stays the same: a row
 * under a finger, or with the keyboard on it, is still that row afterwards.
 * @param {Element} place
 * @param {...(Child | Child[])} children
 */
export function refill(place, ...children) {
  const held = document.activeElement;
  const wanted = children.flat().filter(isThere).map((one) => (typeof one === "string" ? document.createTextNode(shown(one)) : one));
  merge(place, wanted);
  // A row that changed its place in the list was taken out for a moment, and the focus with it.
  if (held instanceof HTMLElement && held !== document.activeElement && place.contains(held)) { held.focus({ preventScroll: true }); }
}

/** @param {Element} place @param {Node[]} wanted */
function merge(place, wanted) {
  wanted.forEach((fresh, at) => {
    const old = [...place.childNodes].slice(at).find((one) => keyOf(one) === keyOf(fresh));
    if (!old) { place.insertBefore(fresh, place.childNodes[at] ?? null); return; }
    if (place.childNodes[at] !== old) { place.insertBefore(old, place.childNodes[at] ?? null); }
    if (old instanceof Element && fresh instanceof Element) {
      copyAttributes(old, fresh);
      merge(old, [...fresh.childNodes]);
    } else if (old.textContent !== fresh.textContent) { old.textContent = fresh.textContent; }
  });
  while (place.childNodes.length > wanted.length) { place.lastChild?.remove(); }
}

/** What makes two nodes the same one at two times. @param {Node} node @returns {string} */
function keyOf(node) {
  if (!(node instanceof Element)) { return node.nodeName; }
  // A button's listener knows what it was made for: another text is another button.
  const own = node instanceof HTMLButtonElement ? node.textContent : node.getAttribute("data-key") ?? node.getAttribute("href");
  const inner = node.nodeName === "LI" ? node.querySelector("a[href]")?.getAttribute("href") : null;
  return `${node.nodeName} ${own ?? inner ?? ""}`;
}

/** @param {Element} old @param {Element} fresh */
function copyAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    // What a person opened stays open.
    if (!fresh.hasAttribute(name) && name !== "open" && name !== "style") { old.removeAttribute(name); }
  }
  for (const { name, value } of [...fresh.attributes]) {
    if (name !== "style" && old.getAttribute(name) !== value) { old.setAttribute(name, value); }
  }
  // The page's rules refuse a style attribute; what a script sets by hand they let through.
  if (old instanceof HTMLElement && fresh instanceof HTMLElement && old.style.transform !== fresh.style.transform) {
    old.style.transform = fresh.style.transform;
  }
}

/**
 * Draw a record type's sign.
 * @param {import("./types").Marker} marker
 * @param {number} size pixels
 * @returns {SVGSVGElement}
 */
export function sign(marker, size) {
  const ink = "#20242E";
  const glyph = marker.dark_glyph ? ink : "#fff";
  const svg = shape("svg", { viewBox: "-2.5 -2.5 37 37", width: size, height: size, "aria-hidden": "true" });
  svg.append(
    shape("path", { d: marker.shape, fill: "#fff", stroke: "#fff", "stroke-width": 4.5, "stroke-linejoin": "round" }),
    shape("path", {
      d: marker.shape, fill: marker.colour, stroke: marker.dark_glyph ? ink : marker.colour,
      "stroke-width": marker.dark_glyph ? 1.5 : 1, "stroke-linejoin": "round",
    }),
  );
  if (marker.glyph) { svg.append(shape("path", { d: marker.glyph, fill: glyph, "fill-rule": "evenodd" })); }
  if (marker.strokes) {
    svg.append(shape("path", {
      d: marker.strokes, fill: "none", stroke: glyph, "stroke-width": marker.stroke_width, "stroke-linecap": "round",
    }));
  }
  return /** @type {SVGSVGElement} */ (svg);
}

/**
 * Draw one of the app's own line figures on a box of 24 × 24.
 * @param {"camera" | "check" | "clock" | "arrow" | "back" | "plus" | "map" | "warn" | "gear"} name
 * @param {number} [size]
 * @returns {SVGSVGElement}
 */
export function figure(name, size = 24) {
  const svg = shape("svg", {
    viewBox: "0 0 24 24", width: size, height: size, fill: "none", stroke: "currentColor",
    "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true",
  });
  svg.append(...FIGURES[name].map((d) => shape("path", { d })));
  return /** @type {SVGSVGElement} */ (svg);
}

const FIGURES = {
  camera: ["M4 8h3l1.6-2.4h6.8L17 8h3v11H4z", "M12 16.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z"],
  check: ["M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z", "M8 12.3l2.8 2.8L16 9.6"],
  clock: ["M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z", "M12 7v5.2l3.4 2"],
  arrow: ["M12 21V4", "M5.5 10.5L12 4l6.5 6.5"],
  back: ["M20 12H5", "M11 5.5L4.5 12l6.5 6.5"],
  plus: ["M12 5v14", "M5 12h14"],
  map: ["M3.5 6.5l5.5-2 6 2 5.5-2v13l-5.5 2-6-2-5.5 2z", "M9 4.5v13", "M15 6.5v13"],
  warn: ["M12 3.5L22 20.5H2z", "M12 10v4.6", "M12 17.3v.4"],
  gear: ["M12 15.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z",
    "M9.9 5.3L10.1 2.6L13.9 2.6L14.1 5.3L15.3 5.8L17.3 4L20 6.7L18.2 8.7L18.7 9.9L21.4 10.1L21.4 13.9L18.7 14.1L18.2 15.3L20 17.3L17.3 20L15.3 18.2L14.1 18.7L13.9 21.4L10.1 21.4L9.9 18.7L8.7 18.2L6.7 20L4 17.3L5.8 15.3L5.3 14.1L2.6 13.9L2.6 10.1L5.3 9.9L5.8 8.7L4 6.7L6.7 4L8.7 5.8z"],
};

/** @param {string} tag @param {Record<string, unknown>} attributes @returns {SVGElement} */
function shape(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, String(value)));
  return made;
}
