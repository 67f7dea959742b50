// The signs of all layers of a map together: nothing hides anything. After kayoi.js.
"use strict";
Object.assign(kayoi, (() => {
  const NEAR_ZOOM = 16; // from here signs are pushed apart; farther off they are grouped
  const NEAREST_ZOOM = 18; // what is one sign even here is told as a list
  const GROUP_H = 34;
  const KINDS = 3; // shown on a group's sign
  const CHOSEN_PX = 44;

  const kindsOf = (points) => {
    const counts = new Map();
    points.forEach(({ kind, image }) => {
      const found = counts.get(kind);
      if (found) { found.count += 1; } else { counts.set(kind, { kind, count: 1, image, label: kayoi.words[kind] || kind }); }
    });
    return [...counts.values()].sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
  };

  function picture(src, size) {
    const image = document.createElement("img");
    Object.assign(image, { src, alt: "", width: size, height: size });
    return image;
  }

  // `badge` is a text; "" is none.
  function icon(image, size, badge) {
    const box = document.createElement("span");
    box.append(picture(image, size));
    if (badge) {
      const count = document.createElement("b");
      count.textContent = badge;
      box.append(count);
    }
    return L.divIcon({ className: "kz-site", html: box, iconSize: [size, size] });
  }

  function groupIcon(points, [w, h]) {
    const box = document.createElement("span");
    const count = document.createElement("b");
    count.textContent = points.length.toLocaleString();
    box.append(count, ...kindsOf(points).slice(0, KINDS).map(({ image }) => picture(image, 20)));
    return L.divIcon({ className: "kz-group", html: box, iconSize: [w, h] });
  }

  const say = (points) => (points.length === 1 ? points[0].name
    : `${points.length.toLocaleString()}: ${kindsOf(points).map(({ label, count }) => `${label} ${count.toLocaleString()}`).join(", ")}`);

  // A thin line from where something belongs to where it stands.
  function leader(home, to) {
    const style = { pane: "leaders", color: "#20242E", weight: 1.4, interactive: false };
    return L.layerGroup([L.polyline([home, to], style), L.circleMarker(home, { ...style, radius: 2.5, fillColor: "#fff", fillOpacity: 1 })]);
  }

  class Board {
    constructor(map) {
      this.map = map;
      this.sources = new Map(); // a layer's own signs, and what none may lie on
      this.chosen = "";
      this.drawn = new Map();
      this.layout = null;
      this.wait = 0;
      this.leaders = L.layerGroup().addTo(map);
      this.signs = L.layerGroup().addTo(map);
      kayoi.tools.pane(map, "leaders", 590);
      map.on("moveend zoomend", () => this.draw());
      map.on("unload", () => { this.gone = true; }); // its layers leave after it
    }

    // `apart`: a few signs that are pushed apart from afar too, each with its number. A block that
    // has `stand` is moved off signs that stand still, and told where to. `instead`: keys of other
    // layers' signs these stand for.
    put(layer, points, blocks = [], { apart = false, instead = [] } = {}) {
      this.sources.set(layer, { points, blocks, apart, instead });
      this.change();
    }

    drop(layer) {
      if (this.sources.delete(layer)) { this.change(); }
    }

    choose(key) {
      if (this.chosen === key) { return; }
      this.chosen = key;
      this.change();
    }

    change() {
      this.layout = null;
      if (this.wait) { return; }
      this.wait = requestAnimationFrame(() => { this.wait = 0; if (!this.gone) { this.draw(); } });
    }

    // The whole town's signs at this zoom, so that none jumps when the map is moved.
    lay() {
      const zoom = this.map.getZoom();
      if (this.layout && this.layout.zoom === zoom) { return this.layout; }
      const sources = [...this.sources.values()];
      const replaced = new Set(sources.flatMap((one) => one.instead));
      const points = sources.flatMap((one) => one.points).filter(({ key, from = 0 }) => zoom >= from && !replaced.has(key));
      const wide = zoom < 13.5 ? 0.8 : 1;
      const at = (one, w, h) => { const p = this.map.project(one.at, zoom); return { x: p.x, y: p.y, w, h }; };
      const boxes = points.map((one) => {
        const chosen = Boolean(this.chosen) && one.key === this.chosen;
        const size = chosen ? CHOSEN_PX : Math.round(one.size * wide);
        return { ...at(one, size, size), order: chosen ? 1e5 : one.order, still: chosen || Boolean(one.still) };
      });
      const measure = (members) => (members.length === 1 ? [boxes[members[0]].w, boxes[members[0]].h]
        : [20 + 9 * String(members.length).length + 22 * Math.min(KINDS, new Set(members.map((i) => points[i].kind)).size), GROUP_H]);
      const blocks = this.stand(sources.flatMap((one) => one.blocks), boxes.filter(({ still }) => still), at);
      const apart = sources.every((one) => one.apart || !one.points.length);
      const placed = kayoiApart.lay(boxes, { measure, blocks, near: apart || zoom >= NEAR_ZOOM });
      this.layout = { zoom, points, placed };
      return this.layout;
    }

    // Where blocks lie once those that may move stand off signs that do not.
    stand(blocks, still, at) {
      const fixed = [...still, ...blocks.filter((one) => !one.stand).map((one) => at(one, one.w, one.h))];
      const loose = blocks.filter((one) => one.stand);
      const stood = kayoiApart.standOff(loose.map((one) => at(one, one.w, one.h)), fixed);
      stood.forEach(({ x, y }, i) => loose[i].stand(this.map.unproject([x, y], this.map.getZoom())));
      return [...fixed.slice(still.length), ...stood];
    }

    draw() {
      const { zoom, points, placed } = this.lay();
      const view = this.map.getPixelBounds();
      const low = view.min.subtract([200, 200]);
      const high = view.max.add([200, 200]);
      const wanted = new Map();
      placed.forEach((one) => {
        if (one.x < low.x || one.y < low.y || one.x > high.x || one.y > high.y) { return; }
        const own = one.members.map((i) => points[i]);
        const moved = Math.hypot(one.x - one.ax, one.y - one.ay) > 6;
        const key = [own.length === 1 ? own[0].key : `group:${own[0].key}:${own.length}`, Math.round(one.x), Math.round(one.y), one.w, zoom, own[0].image.length, moved].join("|");
        wanted.set(key, { one, own, moved });
      });
      this.drawn.forEach((marks, key) => {
        if (!wanted.has(key)) { marks.forEach((mark) => { this.signs.removeLayer(mark); this.leaders.removeLayer(mark); }); this.drawn.delete(key); }
      });
      wanted.forEach((found, key) => { if (!this.drawn.has(key)) { this.drawn.set(key, this.mark(found, zoom)); } });
      this.rove();
      this.map.fire("kayoi:signs");
    }

    mark({ one, own, moved }, zoom) {
      const to = this.map.unproject([one.x, one.y], zoom);
      const chosen = own.length === 1 && Boolean(this.chosen) && own[0].key === this.chosen;
      const made = own.length > 1 ? groupIcon(own, [one.w, one.h]) : icon(own[0].image, one.w, own[0].badge || "");
      const listens = own.length > 1 || own[0].tap !== null;
      const sign = L.marker(to, { icon: made, title: say(own), interactive: listens, keyboard: false, zIndexOffset: chosen ? 1200 : Math.round(one.order) });
      sign.kayoiBox = [one.w, one.h];
      sign.kayoiOf = own;
      if (listens) { sign.on("click", () => this.press(own)); }
      sign.on("add", () => {
        const element = sign.getElement();
        if (listens) { element.setAttribute("role", "button"); element.tabIndex = -1; }
        element.setAttribute("aria-label", say(own));
        if (own.length === 1) { element.dataset.sign = own[0].key; }
        if (chosen) { element.classList.add("kz-chosen"); }
      });
      this.signs.addLayer(sign);
      if (!moved) { return [sign]; }
      const way = leader(this.map.unproject([one.ax, one.ay], zoom), to);
      this.leaders.addLayer(way);
      return [sign, way];
    }

    press(own) {
      if (own.length === 1) { this.map.fire("kayoi:tap", { ...own[0].tap, latlng: own[0].at }); return; }
      const bounds = L.latLngBounds(own.map(({ at }) => at));
      const next = Math.max(this.map.getZoom() + 1, Math.min(this.map.getBoundsZoom(bounds.pad(0.3)), NEAREST_ZOOM));
      if (next <= NEAREST_ZOOM) { this.map.flyTo(bounds.getCenter(), next, { duration: 0.35 }); return; }
      this.map.fire("kayoi:tap", { layer: "group", id: "", ids: own.map(({ tap }) => tap && tap.id).filter(Boolean), latlng: bounds.getCenter() });
    }

    // One stop of the Tab key for all signs: arrows go on from the one in hand.
    rove() {
      const all = [...this.map.getPane("markerPane").querySelectorAll("[role=button]")];
      if (!all.some((one) => one.tabIndex === 0) && all.length) { all[0].tabIndex = 0; }
    }

    walk(from, ahead) {
      const all = [...this.map.getPane("markerPane").querySelectorAll("[role=button]")]
        .map((one) => ({ one, box: one.getBoundingClientRect() })).sort((a, b) => a.box.x - b.box.x || a.box.y - b.box.y);
      const at = all.findIndex(({ one }) => one === from);
      const next = all[(at + ahead + all.length) % all.length].one;
      all.forEach(({ one }) => { one.tabIndex = -1; });
      next.tabIndex = 0;
      next.focus();
    }
  }

  function boardOf(map) {
    if (!map.kayoiBoard) {
      map.kayoiBoard = new Board(map);
      map.getPane("markerPane").addEventListener("keydown", (event) => {
        const sign = event.target.closest("[role=button]");
        const ahead = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (!sign) { return; }
        if (ahead) { map.kayoiBoard.walk(sign, ahead); } else if (event.key === "Enter" || event.key === " ") { sign.click(); } else { return; }
        event.preventDefault();
        event.stopPropagation();
      });
    }
    return map.kayoiBoard;
  }

  // A layer whose signs stand on the board: `read(data)` gives its points.
  const boarded = (url, read) => kayoi.tools.filled((group, map, mine) => kayoi.tools.json(url).then((data) => {
    if (!mine()) { return; }
    boardOf(map).put(group, read(data));
    group.leave = () => boardOf(map).drop(group);
  }));

  Object.assign(kayoi.tools, { icon, picture, leader, boardOf, boarded });
  const chosen = ({ id }) => kayoi.tools.filled((group, map) => {
    boardOf(map).choose(id);
    group.leave = () => boardOf(map).choose("");
  });
  // `words` are the kinds' names, by id, as the page has them.
  return { chosen, words: {} };
})());
