// The map's own layers. Every function returns a Leaflet layer at once and fetches what it
// draws when it is put on a map. Texts only ever become textContent or canvas labels.
"use strict";
const kayoi = (() => {
  const FONT = "'Hiragino Sans','BIZ UDPGothic','Yu Gothic UI','Noto Sans JP','Noto Sans CJK JP',sans-serif";

  const PLATE = { w: 28, h: 28 }; // px, with its border
  const PLATE_REACH = 36; // px: no farther from its area's middle

  const fetched = (url, read) => fetch(url, { credentials: "same-origin" })
    .then((answer) => (answer.ok ? read(answer) : Promise.reject(new Error(String(answer.status)))));
  // What stands in the layer itself is not asked of anybody.
  const json = (url) => (typeof url === "string" ? fetched(url, (answer) => answer.json()) : Promise.resolve(url));

  // A part that did not arrive must not look like an empty map.
  function tell(map) {
    const box = map.getContainer();
    if (box.querySelector(".kz-missing")) { return; }
    const note = document.createElement("p");
    note.className = "kz-missing";
    note.setAttribute("role", "alert");
    note.textContent = "地図の一部を読みこめませんでした。画面を開き直してください。 Part of the map is missing: reload the page.";
    box.appendChild(note);
  }

  // A group that calls fill(group, map) once it is on a map, and forgets its answer when it has left.
  function filled(fill) {
    const group = L.layerGroup();
    let turn = 0;
    const onAdd = group.onAdd;
    const onRemove = group.onRemove;
    group.onAdd = function add(map) {
      onAdd.call(this, map);
      turn += 1;
      const mine = turn;
      const here = () => mine === turn && map.hasLayer(group);
      group.ready = Promise.resolve(fill(group, map, here)).catch(() => { if (here()) { tell(map); } });
      return this;
    };
    group.onRemove = function remove(map) {
      turn += 1;
      if (group.leave) { group.leave(map); }
      onRemove.call(this, map);
      group.clearLayers();
      // A renderer stays on the map when its paths go; left there, every change would add a canvas.
      if (group.ink) { group.ink.remove(); group.ink = null; }
      return this;
    };
    return group;
  }

  function pane(map, name, order) {
    const found = map.getPane(name) || map.createPane(name);
    found.style.zIndex = order;
    found.style.pointerEvents = "none";
    return name;
  }

  // ---- base map -------------------------------------------------------------------------
  function paint(c) {
    const P = protomapsL;
    const is = (...kinds) => (z, f) => kinds.includes(f.props.k);
    const road = (rank) => (z, f) => f.props.k === "road" && f.props.rank === rank;
    const width = (w) => (z) => Math.max(0.6, w * 2 ** (Math.min(z, 19) - 16));
    const fill = (colour, kind, minzoom) => ({
      dataLayer: "base", minzoom, filter: is(kind), symbolizer: new P.PolygonSymbolizer({ fill: colour }),
    });
    const line = (filter, options, minzoom) => ({
      dataLayer: "base", minzoom, filter, symbolizer: new P.LineSymbolizer(options),
    });
    const ways = [[1, 9], [2, 7.5], [3, 6.5], [4, 5], [5, 2.6]];
    return [
      fill(c.land, "land"), fill(c.wood, "green"), fill(c.sea, "water"), fill(c.building, "building", 15),
      line(is("river"), { color: c.sea, width: width(4) }),
      line(is("path"), { color: c.path, width: 1.4, dash: [4, 3] }, 15),
      line(is("steps"), { color: c.edge, width: 3, dash: [1.5, 1.5] }, 15),
      ...ways.map(([rank, w]) => line(road(rank), { color: c.casing, width: (z) => width(w)(z) + 1.6 }, rank > 3 ? 14 : 0)).reverse(),
      ...ways.map(([rank, w]) => line(road(rank), { color: c.street, width: width(w) }, rank > 3 ? 13 : 0)).reverse(),
      line(is("rail"), { color: c.rail, width: 2.2 }),
      line(is("rail"), { color: c.street, width: 1, dash: [6, 6] }, 13),
    ];
  }

  function labels(c) {
    const P = protomapsL;
    const is = (k) => (z, f) => f.props.k === k && Boolean(f.props.name);
    const text = { labelProps: ["name"], fill: c.ink, stroke: c.card, width: 3 };
    return [
      { dataLayer: "base", filter: is("place"), minzoom: 13,
        symbolizer: new P.CenteredTextSymbolizer({ ...text, font: `600 14px ${FONT}` }) },
      { dataLayer: "base", filter: is("green"), minzoom: 16,
        symbolizer: new P.CenteredTextSymbolizer({ ...text, fill: "#2B6A45", font: `500 14px ${FONT}` }) },
      { dataLayer: "base", filter: (z, f) => f.props.k === "road" && f.props.rank <= 3 && Boolean(f.props.name), minzoom: 16,
        symbolizer: new P.LineLabelSymbolizer({ ...text, fill: c.ink2, font: `500 14px ${FONT}` }) },
    ];
  }

  const base = ({ url, colours, attribution, named = true }) => protomapsL.leafletLayer({
    url, attribution, maxDataZoom: 15, noWrap: true,
    paintRules: paint(colours), labelRules: named ? labels(colours) : [],
  });

  // The streets once more, thin and grey, over the areas' colours.
  const roads = ({ url, color }) => filled((group, map) => {
    pane(map, "roads", 370);
    const thin = new protomapsL.LineSymbolizer({ color, width: (z) => (z < 13 ? 0.5 : 1.1), opacity: 0.75 });
    group.addLayer(protomapsL.leafletLayer({
      url, attribution: "", maxDataZoom: 15, noWrap: true, pane: "roads", labelRules: [],
      paintRules: [{ dataLayer: "base", filter: (z, f) => ["road", "path", "steps"].includes(f.props.k), symbolizer: thin }],
    }));
  });

  // ---- areas ----------------------------------------------------------------------------
  function make(name, attributes, parent) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    return parent.appendChild(element);
  }

  function button(words, press, className = "") {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className, textContent: words });
    made.addEventListener("click", press);
    return made;
  }

  function hatch(defs, id, colour, turn) {
    const pattern = make("pattern", { id, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${turn})` }, defs);
    make("rect", { width: 7, height: 7, fill: colour, "fill-opacity": 0.13 }, pattern);
    make("rect", { width: 2.2, height: 7, fill: colour, "fill-opacity": 0.85 }, pattern);
  }

  // The SVG a renderer draws into: Leaflet has no other name for it.
  function inkOf(renderer) { return renderer._container; }

  // In the layer's own ink: that of the layer it takes the place of is about to go.
  function patterns(renderer, c) {
    const svg = inkOf(renderer);
    if (!svg) { return; }
    const defs = make("defs", {}, svg);
    hatch(defs, "kz-gap", c.vermilion, 45);
    const rest = make("pattern", { id: "kz-rest", width: 8, height: 8, patternUnits: "userSpaceOnUse" }, defs);
    make("rect", { width: 8, height: 8, fill: c.amber, "fill-opacity": 0.13 }, rest);
    make("rect", { width: 8, height: 2, fill: c.amber }, rest);
    make("rect", { y: 2, width: 8, height: 0.7, fill: c.caution }, rest);
    const none = make("pattern", { id: "kz-none", width: 8, height: 8, patternUnits: "userSpaceOnUse" }, defs);
    make("rect", { width: 8, height: 8, fill: c.no_data }, none);
    make("circle", { cx: 2, cy: 2, r: 1.1, fill: c.no_data_dot }, none);
    make("circle", { cx: 6, cy: 6, r: 1.1, fill: c.no_data_dot }, none);
  }

  // `press` is what a press on it does, with what it is called; without, it takes none.
  function plate(latlng, text, kind, order, press = null) {
    const element = document.createElement("span");
    element.textContent = text;
    const icon = L.divIcon({ className: `kz-${kind}`, html: element, iconSize: null });
    const made = L.marker(latlng, { icon, interactive: Boolean(press), keyboard: false, zIndexOffset: order });
    if (press) {
      made.on("click", press.act);
      made.on("add", () => {
        const held = made.getElement();
        held.setAttribute("role", "button");
        held.setAttribute("aria-label", press.name);
        held.tabIndex = -1; // the arrows of the keyboard come to it, as to the signs
      });
    }
    if (kind === "plate") { made.kayoiBox = [30, 30]; } // names of all layers keep off it
    return made;
  }

  // Names that would cover one another, or a plate, are left out until the map is nearer.
  function tidyNames(map, names, plates) {
    const kept = [];
    const keep = (at, w, h) => { const p = map.latLngToContainerPoint(at); kept.push([p.x - w / 2, p.y - h / 2, p.x + w / 2, p.y + h / 2]); };
    plates.forEach(({ at }) => keep(at, 30, 30));
    map.eachLayer((layer) => { if (layer.kayoiBox) { keep(layer.getLatLng(), ...layer.kayoiBox); } });
    names.forEach(({ at, text, marker }) => {
      const p = map.latLngToContainerPoint(at);
      const half = 8 + text.length * 7.5;
      const box = [p.x - half, p.y - 11, p.x + half, p.y + 11];
      const free = kept.every((b) => box[2] < b[0] || box[0] > b[2] || box[3] < b[1] || box[1] > b[3]);
      const element = marker.getElement();
      if (element) { element.style.display = free ? "" : "none"; }
      if (free) { kept.push(box); }
    });
  }

  // `tap`: what a press on a number says its layer is; "" for numbers that take none.
  const areas = ({ url, colours: c, shade = true, named = true, tap = "" }) => filled((group, map, mine) => {
    pane(map, "areas", 350);
    const style = ({ properties: p }) => {
      const line = { color: "#fff", weight: 1.2, fillOpacity: 0.92, interactive: false, pane: "areas" };
      if (!shade) { return { ...line, color: "#8b8474", dashArray: "4 4", fill: false }; }
      if (p.state === "none") { return { ...line, fillColor: "url(#kz-none)", fillOpacity: 1 }; }
      if (p.state === "empty") { return { ...line, fill: false, color: c.casing, weight: 0.8 }; }
      return { ...line, fillColor: c.shares[p.step] };
    };
    return json(url).then((data) => {
      if (!mine()) { return; }
      const renderer = L.svg({ pane: "areas", padding: 0.5 });
      group.ink = renderer;
      group.addLayer(L.geoJSON(data, { style: (f) => ({ ...style(f), renderer }) }));
      // Beyond the first few a gap has its hatch and no number.
      const gaps = data.features.filter((f) => shade && (f.properties.rank > 0 || f.properties.gap));
      group.addLayer(L.geoJSON({ type: "FeatureCollection", features: gaps }, {
        style: ({ properties: p }) => ({
          color: c.vermilion, weight: 1.6, fillColor: p.rest ? "url(#kz-rest)" : "url(#kz-gap)", fillOpacity: 1,
          interactive: false, pane: "areas", renderer,
        }),
      }));
      patterns(renderer, c);
      const plates = gaps.filter((f) => f.properties.rank > 0).map((f) => {
        const home = L.latLng(f.properties.at[1], f.properties.at[0]);
        const { rank, name } = f.properties;
        const press = tap && { name: `${rank} ${name}`, act: () => map.fire("kayoi:tap", { layer: tap, id: String(f.id), latlng: home }) };
        return { home, at: home, bounds: L.geoJSON(f).getBounds(), marker: plate(home, String(rank), "plate", 900, press || null) };
      });
      plates.forEach(({ marker }) => group.addLayer(marker));
      const ways = L.layerGroup(); // from a number that had to move to where it belongs
      group.addLayer(ways);
      const board = kayoi.tools.boardOf(map);
      // Numbers stand beside one another, never one on another; signs keep off them.
      const spread = () => {
        const zoom = map.getZoom();
        ways.clearLayers();
        // A number larger than what it numbers stands above it, and hides nothing of it.
        const boxes = plates.map(({ home, bounds }) => {
          const { x, y } = map.project(home, zoom);
          const size = map.project(bounds.getSouthEast(), zoom).subtract(map.project(bounds.getNorthWest(), zoom));
          const above = size.x < PLATE.w && size.y < PLATE.h ? (size.y + PLATE.h) / 2 + 2 : 0;
          return { x, y: y - above, home: y, ...PLATE, order: 500 };
        });
        kayoiApart.lay(boxes, { measure: () => [PLATE.w, PLATE.h], near: true, reach: PLATE_REACH }).forEach(({ x, y, members }) => members.forEach((i) => {
          plates[i].at = members.length > 1 ? plates[i].home : map.unproject([x, y], zoom);
          plates[i].marker.setLatLng(plates[i].at);
          const far = members.length > 1 ? 0 : Math.hypot(x - boxes[i].x, y - boxes[i].home);
          if (far > PLATE.w / 2) { ways.addLayer(kayoi.tools.leader(plates[i].home, plates[i].at)); }
        }));
        board.put(group, [], plates.map(({ at }) => ({ at, ...PLATE })));
      };
      spread();
      map.on("zoomend", spread);
      const names = named ? data.features.filter((f) => !(shade && f.properties.rank > 0)).map((f) => {
        const at = L.latLng(f.properties.at[1], f.properties.at[0]);
        return { at, text: f.properties.name, marker: plate(at, f.properties.name, "name", 100) };
      }) : [];
      names.forEach(({ marker }) => group.addLayer(marker));
      let wait = 0;
      const tidy = () => { clearTimeout(wait); wait = setTimeout(() => tidyNames(map, names, plates), 60); };
      map.on("zoomend kayoi:signs", tidy);
      group.leave = () => { clearTimeout(wait); map.off("zoomend kayoi:signs", tidy); map.off("zoomend", spread); board.drop(group); };
      tidyNames(map, names, plates);
    });
  });

  const borders = ({ url, colours: c, strong }) => filled((group, map, mine) => {
    pane(map, "borders", 380);
    const style = strong ? { color: c.ink, weight: 2.6, dashArray: "10 5 2 5", opacity: 0.75 } : { color: "#B9B2A2", weight: 1.2, dashArray: "4 4" };
    return json(url).then((data) => {
      if (mine()) { group.addLayer(L.geoJSON(data, { style: { ...style, fill: false, interactive: false, pane: "borders" } })); }
    });
  });

  // ---- lines ------------------------------------------------------------------------------
  const lines = ({ url, color, weight }) => filled((group, map, mine) => {
    pane(map, "streets", 390);
    return json(url).then((data) => {
      if (!mine()) { return; }
      const renderer = L.canvas({ pane: "streets", padding: 0.3 });
      group.ink = renderer;
      group.addLayer(L.geoJSON(data, { style: { color, weight, opacity: 0.95, interactive: false, pane: "streets", renderer } }));
    });
  });

  const online = ({ url, attribution, maxNativeZoom, minZoom }) => L.tileLayer(url, { attribution, maxNativeZoom, minZoom, maxZoom: 20 });

  function dress(map, words = {}) {
    map.attributionControl.setPrefix(false);
    // A page is scrolled past the map; the wheel zooms once the map was pressed.
    map.scrollWheelZoom.disable();
    map.on("mousedown", () => map.scrollWheelZoom.enable());
    map.on("mouseout", () => map.scrollWheelZoom.disable());
    map.zoomControl.setPosition("bottomright");
    // The map itself takes + and −, so these need no stops of the Tab key of their own.
    map.zoomControl.getContainer().querySelectorAll("a").forEach((one, at) => {
      one.tabIndex = -1;
      one.title = (at ? words.out : words.in) || one.title;
      one.setAttribute("aria-label", one.title);
    });
    L.control.scale({ imperial: false, metric: true, position: "bottomleft" }).addTo(map);
  }

  // `tools` is for the other files of this folder.
  return { base, roads, areas, borders, lines, online, dress, tools: { fetched, json, filled, pane, make, button, hatch, inkOf, plate, tidyNames } };
})();
