// Streets by class, the ways people went, areas' names, shapes of records. After kayoi.js.
"use strict";
Object.assign(kayoi, (() => {
  const { json, filled, pane, plate, tidyNames } = kayoi.tools;

  // Lines are drawn as wide as declared from here on, and thinner from afar.
  const NEAR = 16;
  const scale = (zoom) => Math.max(0.4, Math.min(1, 0.72 ** (NEAR - zoom)));

  // Names of several layers share one map: the first to come keep their place.
  function tidyAll(map) {
    const every = [...(map.kayoiNames || [])].flat();
    tidyNames(map, every.sort((a, b) => b.strong - a.strong), []);
  }

  // Puts names on a map; returns what takes them off it again.
  function label(group, map, names) {
    names.forEach(({ marker }) => group.addLayer(marker));
    map.kayoiNames = map.kayoiNames || new Set();
    map.kayoiNames.add(names);
    let wait = 0;
    const tidy = () => { clearTimeout(wait); wait = setTimeout(() => tidyAll(map), 60); };
    map.on("zoomend kayoi:signs", tidy);
    tidyAll(map);
    return () => { clearTimeout(wait); map.off("zoomend kayoi:signs", tidy); map.kayoiNames.delete(names); tidy(); };
  }

  const names = ({ url, strong }) => filled((group, map, mine) => json(url).then((data) => {
    if (!mine()) { return; }
    group.leave = label(group, map, data.features.map(({ properties: p }) => {
      const at = L.latLng(p.at[1], p.at[0]);
      return { at, text: p.name, strong: Number(strong), marker: plate(at, p.name, "name", 100) };
    }));
  }));

  // One line a class, as wide as its style says; `order` is the pane's place among the others.
  const classed = (name, order) => ({ url, styles, paper }) => filled((group, map, mine) => {
    pane(map, name, order);
    return json(url).then((data) => {
      if (!mine()) { return; }
      const renderer = L.canvas({ pane: name, padding: 0.3 });
      group.ink = renderer;
      const base = { renderer, pane: name, interactive: false, fill: false, opacity: 0.92 };
      const drawn = [];
      const draw = (features, style, wider, colour, dash) => {
        if (!features.length) { return; }
        const layer = L.geoJSON({ type: "FeatureCollection", features }, { style: { ...base, color: colour, lineCap: style.cap } });
        drawn.push({ layer, style, wider, dash });
        group.addLayer(layer);
      };
      const of = (id) => data.features.filter((f) => f.geometry && f.properties.class === id);
      const every = Object.entries(styles);
      every.filter(([, s]) => s.halo).forEach(([id, s]) => draw(of(id), s, 2 * s.halo, paper, ""));
      every.forEach(([id, s]) => draw(of(id), s, 0, s.color, s.dash));
      const fit = () => {
        const part = scale(map.getZoom());
        drawn.forEach(({ layer, style, wider, dash }) => layer.setStyle({
          weight: Math.max(1, style.weight * part) + wider,
          dashArray: dash ? dash.split(" ").map((one) => Math.max(1, Number(one) * part)).join(" ") : null,
        }));
      };
      fit();
      map.on("zoomend", fit);
      const days = data.features.filter((f) => f.geometry && f.properties.label).map(({ properties: p }) => {
        const at = L.latLng(p.at[1], p.at[0]);
        return { at, text: p.label, strong: 2, marker: plate(at, p.label, "day", 120) };
      });
      const off = days.length ? label(group, map, days) : () => {};
      group.leave = () => { map.off("zoomend", fit); off(); };
    });
  });

  const shapes = ({ url, color }) => filled((group, map, mine) => {
    pane(map, "shapes", 391);
    return json(url).then((data) => {
      if (!mine()) { return; }
      const renderer = L.svg({ pane: "shapes", padding: 0.3 });
      group.ink = renderer;
      group.addLayer(L.geoJSON(data, {
        style: ({ geometry, properties: p }) => ({
          renderer, pane: "shapes", interactive: false, color, opacity: p.closed ? 0.45 : 0.9,
          weight: geometry.type.includes("Polygon") ? 1.6 : 5, dashArray: p.closed ? "4 6" : null, fillOpacity: p.closed ? 0 : 0.05,
        }),
      }));
    });
  });

  // Areas to choose among: the chosen are filled, have a strong border and a tick before their names.
  const picked = ({ url, ids, color, edge }) => filled((group, map, mine) => {
    pane(map, "picked", 352);
    return json(url).then((data) => {
      if (!mine()) { return; }
      const renderer = L.svg({ pane: "picked", padding: 0.5 });
      group.ink = renderer;
      const chosen = new Set(ids);
      const part = (want) => data.features.filter((f) => chosen.has(String(f.id)) === want);
      const base = { renderer, pane: "picked", interactive: false };
      const draw = (features, style) => group.addLayer(L.geoJSON({ type: "FeatureCollection", features }, { style: { ...base, ...style } }));
      draw(part(false), { color: edge, weight: 1.2, dashArray: "4 4", fill: false });
      draw(part(true), { color, weight: 2.4, fillColor: color, fillOpacity: 0.2, className: "kz-picked" });
      group.leave = label(group, map, [true, false].flatMap((want) => part(want).filter((f) => f.properties.at).map(({ properties: p }) => {
        const at = L.latLng(p.at[1], p.at[0]);
        const text = `${want ? "✓ " : ""}${p.name}`;
        return { at, text, strong: Number(want), marker: plate(at, text, "name", want ? 110 : 100) };
      })));
    });
  });

  return {
    names, shapes, picked,
    looked: classed("looked", 384), slopes: classed("slopes", 386), seatless: classed("seatless", 388),
    walks: classed("walks", 393), tracks: classed("tracks", 392),
  };
})());
