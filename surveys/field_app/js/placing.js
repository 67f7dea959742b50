// Where a site is: measured, walked or set by hand on a small map; every step can be taken back.
import { el, fill } from "./dom.js";
import { beginDrawing, cornersNeeded, cornersOf, emptyDrawing, measured, middleOf, tapped, toPlace, walked } from "./drawing.js";
import { openMap } from "./map_base.js";
import { drawSigns } from "./map_signs.js";
import { boundsOf, hereOn, sketchOn } from "./map_sketch.js";
import { measureHere } from "./measuring.js";
import { distanceM, judgeFix, sayPosition, sayStraight, watchHere } from "./position.js";
import { say, t } from "./words.js";

/** @typedef {import("./types").Geometry} Geometry */
/** @typedef {import("./types").PackSite} PackSite */
/** @typedef {import("./types").Position} Position */
/** @typedef {import("./types").Shape} Shape */
/** @typedef {import("./drawing.js").Drawing} Drawing */
/**
 * `here` is where a map without a place begins; `onChoose` is asked for when a person would rather write at a site that is already there.
 * @typedef {{
 *   type: import("./types").RecordType, draft: import("./types").Draft, pack: import("./types").Pack,
 *   onChange(place: Geometry | null, position: Position | null): void,
 *   nearby(point: {lon: number, lat: number}): PackSite[], onChoose?: (siteId: string) => void,
 *   here?: Position | null,
 * }} PlaceOptions
 */

const SAME_M = 20;
const NEAR_ZOOM = 18;
// From here on a finger's width is less than some ten metres.
const SURE_ZOOM = 16.5;
const STEPS_BACK = 200;

/**
 * Draw the card that asks for the place.
 * @param {HTMLElement} place @param {PlaceOptions} o
 * @returns {{remove(): void}}
 */
export function askPlace(place, o) {
  const card = new PlaceCard(place, o);
  return { remove: () => card.remove() };
}

class PlaceCard {
  /** @param {HTMLElement} place @param {PlaceOptions} o */
  constructor(place, o) {
    this.o = o;
    this.now = beginDrawing(o.draft.place, o.draft.position, o.type.shapes);
    /** @type {Drawing[]} */
    this.past = [];
    this.byHand = !o.draft.place;
    /** @type {(() => void) | null} */
    this.stopWalk = null;
    /** @type {{remove(): void} | null} */
    this.measuring = null;
    this.said = el("p", { class: "placing-said", role: "status" });
    this.hint = el("p", { class: "placing-hint" });
    this.ground = el("div", { class: "placing-map" });
    this.panel = el("div", { class: "placing-panel" });
    this.shapes = el("div", { class: "placing-shapes", role: "group", "aria-label": t("形", "Shape") });
    this.buttons = el("div", { class: "placing-buttons" });
    this.near = el("div", { class: "placing-near", role: "status" });
    this.card = el("section", { class: "placing" }, this.said, this.shapes, this.ground, this.hint, this.panel, this.buttons, this.near);
    place.replaceChildren(this.card);
    /** @type {import("./map_base.js").BaseMap | null} */
    this.base = null;
    this.gone = false;
    this.show();
    this.openGround().catch(() => {
      this.ground.replaceChildren(el("p", { class: "map-none" }, t("地図を開けなかった", "The map could not be opened")));
    });
  }

  async openGround() {
    const { o } = this;
    const base = await openMap(this.ground, o.pack);
    if (this.gone) { base.remove(); return; }
    this.base = base;
    const { L, map } = base;
    const others = o.pack.sites.filter(({ id }) => id !== o.draft.site_id);
    this.look(L, map);
    drawSigns({
      L, map, sites: others, types: new Map(o.pack.types.map((type) => [type.id, type])), order: new Map(),
      state: () => "none", quiet: true, onChoose: () => {},
    });
    this.here = hereOn(L, map, 590);
    this.here(o.here ?? null);
    map.on("zoomend", () => { if (this.byHand && !this.stopWalk) { this.hint.textContent = this.sayHint(); } });
    this.sketch = sketchOn(L, map, o.type.marker, (lon, lat) => this.tap(lon, lat));
    map.on("click", (/** @type {any} */ { latlng }) => { if (this.byHand) { this.tap(latlng.lng, latlng.lat); } });
    this.show();
  }

  /** Begin at the place there is, else where one stands, else where the walk goes. @param {any} L @param {any} map */
  look(L, map) {
    const { pack, here } = this.o;
    const walk = new Set(pack.walk?.places ?? []);
    const spots = pack.sites.filter(({ id, lon, lat }) => walk.has(id) && lon !== null && lat !== null);
    const bounds = boundsOf(L, toPlace(this.now)) ?? (here ? L.latLngBounds([[here.lat, here.lon]])
      : spots.length ? L.latLngBounds(spots.map(({ lon, lat }) => [lat, lon])) : null);
    if (bounds) { map.fitBounds(bounds, { maxZoom: NEAR_ZOOM, padding: [40, 40], animate: false }); }
  }

  remove() {
    this.gone = true;
    this.stopWalk?.();
    this.measuring?.remove();
    this.sketch?.remove();
    this.base?.remove();
    this.card.remove();
  }

  /** @param {number} lon @param {number} lat */
  tap(lon, lat) { this.step(tapped(this.now, lon, lat, new Date().toISOString())); }

  /** Take a new state, and keep the last one to go back to. @param {Drawing} next */
  step(next) {
    if (next === this.now) { return; }
    this.past = [...this.past.slice(-STEPS_BACK), this.now];
    this.change(next);
  }

  /** @param {Drawing} next */
  change(next) {
    const before = JSON.stringify([toPlace(this.now), this.now.position]);
    this.now = next;
    const place = toPlace(next);
    const position = place ? next.position : null;
    if (JSON.stringify([place, next.position]) !== before) { this.o.onChange(place, position); }
    this.show();
  }

  undo() {
    const last = this.past.at(-1);
    if (!last) { return; }
    this.past = this.past.slice(0, -1);
    this.change(last);
  }

  /** @param {Shape} shape */
  begin(shape) {
    this.byHand = true;
    this.step(emptyDrawing(shape));
  }

  measure() {
    this.byHand = false;
    let first = true;
    this.measuring = measureHere(this.panel, {
      // Measuring on replaces what was measured before: one step back leads to the place before both.
      onDone: (position) => {
        if (first) { this.step(measured(position)); } else { this.change(measured(position)); }
        first = false;
        this.here?.(position);
        this.base?.map.setView([position.lat, position.lon], Math.max(this.base.map.getZoom(), NEAR_ZOOM));
      },
      onByHand: () => { this.byHand = true; },
      onEnd: () => { this.measuring = null; this.show(); },
    });
    this.show();
  }

  walk() {
    if (this.now.whole || this.now.shape !== "line") { this.step(emptyDrawing("line")); }
    this.byHand = false;
    this.stopWalk = watchHere((fix, trouble) => {
      if (trouble) { this.endWalk(); this.tell(say(trouble)); return; }
      if (!fix) { return; }
      this.here?.(fix);
      this.base?.map.panTo([fix.lat, fix.lon], { animate: false });
      this.step(walked(this.now, fix));
      this.tell(say(judgeFix(fix.accuracy_m).words));
    });
    this.show();
  }

  endWalk() {
    this.stopWalk?.();
    this.stopWalk = null;
    this.show();
  }

  /** @param {string} text */
  tell(text) { if (text) { this.hint.textContent = text; } }

  show() {
    const { now } = this;
    const place = toPlace(now);
    this.said.textContent = sayPlace(now);
    this.said.classList.toggle("placing-none", !place);
    this.hint.textContent = this.sayHint();
    this.ground.classList.toggle("placing-by-hand", this.byHand);
    this.sketch?.set(place, now.corners.length ? now.corners : now.shape === "point" ? cornersOf(place) : [], [], this.byHand);
    this.showShapes();
    fill(this.buttons, this.measuring ? [] : this.stopWalk ? this.walkButtons() : this.restButtons());
    this.showNear();
  }

  sayHint() {
    if (this.stopWalk) { return t("歩いた所を書いている。着いたら「やめる」を押す。", "Writing down where you walk. Press “Stop” when you are there."); }
    if (this.now.whole) { return t("この形は、ここでは直せない。「はじめからかく」で新しくかける。", "This shape cannot be changed here. “Draw anew” starts a new one."); }
    if (!this.byHand) { return ""; }
    if (this.base && this.base.map.getZoom() < SURE_ZOOM) { return t("地図をもっと近づけると、正しい所に決められる。", "Look nearer on the map to set the place well."); }
    if (this.now.shape === "point") { return t("地図を押すと、そこになる。印は動かせる。", "Press the map to set the place. The sign can be dragged."); }
    const missing = cornersNeeded(this.now.shape) - this.now.corners.length;
    if (missing > 0) { return t(`地図を押して角をかく。あと${missing}か所。`, `Press the map to draw corners: ${missing} more needed.`); }
    return t("地図を押すと、角がふえる。", "Press the map to add a corner.");
  }

  showShapes() {
    const offered = this.o.type.shapes;
    this.shapes.hidden = offered.length < 2 || Boolean(this.stopWalk ?? this.measuring);
    fill(this.shapes, offered.map((shape) => el("button", {
      type: "button", class: "placing-button", "aria-pressed": String(shape === this.now.shape),
      onclick: () => { if (shape !== this.now.shape) { this.begin(shape); } },
    }, sayShape(shape))));
  }

  walkButtons() {
    return [press(t("やめる", "Stop"), () => this.endWalk(), "placing-first"), press(t("角を1つもどす", "Undo last corner"), () => this.undo(), "", !this.past.length)];
  }

  restButtons() {
    const { now } = this;
    const offered = this.o.type.shapes;
    const some = now.corners.length > 0 || now.whole;
    return [
      offered.includes("point") && now.shape === "point" ? press(t("今いる所にする", "Where I am now"), () => this.measure(), "placing-first placing-wide") : null,
      now.shape === "line" ? press(t("歩いて書く", "Draw by walking"), () => this.walk(), "placing-first placing-wide") : null,
      now.whole ? press(t("はじめからかく", "Draw anew"), () => this.begin(now.shape)) : el("button", {
        type: "button", class: "placing-button", "aria-pressed": String(this.byHand),
        onclick: () => { this.byHand = !this.byHand; this.show(); },
      }, t("地図で決める", "Choose on the map")),
      press(t("もどす", "Undo"), () => this.undo(), "", !this.past.length),
      press(t("場所をなくす", "Remove the place"), () => this.begin(now.shape), "placing-away", !some),
    ];
  }

  showNear() {
    const { o } = this;
    const middle = o.draft.fresh ? middleOf(toPlace(this.now)) : null;
    const found = middle ? o.nearby(middle).flatMap((site) => {
      const there = site.lon !== null && site.lat !== null ? { lon: site.lon, lat: site.lat } : middleOf(site.place);
      const far = there ? distanceM(middle, there) : Infinity;
      return far <= SAME_M && site.type === o.type.id && site.id !== o.draft.site_id ? [{ site, far }] : [];
    }) : [];
    fill(this.near, found.sort((a, b) => a.far - b.far).map(({ site, far }) => el("div", { class: "placing-same" },
      el("p", {}, t(`近くに「${site.title}」（${sayStraight(far)}）がある。同じ所なら、そちらに書く。`,
        `“${site.title}” is near (${sayStraight(far)}). If it is the same one, write there.`)),
      o.onChoose ? press(t("そちらに書く", "Write there"), () => o.onChoose?.(site.id)) : null)));
  }
}

/** How the place is known. @param {Drawing} now @returns {string} */
function sayPlace(now) {
  if (!toPlace(now)) { return t("場所はまだない", "No place yet"); }
  const { position } = now;
  if (!position) { return t("場所：前に書いた所", "Place: as written before"); }
  const how = say(sayPosition(position));
  return position.by === "hand" ? t(`場所：${how}（地図で決めた）`, `Place: ${how} (on the map)`)
    : t(`場所：今いる所（${how}）`, `Place: where you are (${how})`);
}

/** @param {Shape} shape */
function sayShape(shape) { return { point: t("点", "Point"), line: t("線", "Line"), area: t("面", "Area") }[shape]; }

/** @param {string} text @param {() => void} onclick @param {string} [kind] @param {boolean} [off] */
function press(text, onclick, kind = "", off = false) {
  return el("button", { type: "button", class: `placing-button ${kind}`.trim(), disabled: off, onclick }, text);
}
