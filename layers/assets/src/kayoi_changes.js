// Where people were gained and lost between two days: after kayoi_places.js.
"use strict";
Object.assign(kayoi, (() => {
  const { json, filled, pane, make, hatch, inkOf, leader, boardOf } = kayoi.tools;
  const AWAY_PX = 24; // a figure moved farther than this has a line home

  function sign(at, { gained, lost }, c) {
    const box = document.createElement("span");
    [[gained, "＋", c.indigo], [lost, "−", c.vermilion]].forEach(([count, mark, colour]) => {
      if (!count) { return; }
      const line = document.createElement("b");
      line.textContent = mark + count.toLocaleString("ja-JP");
      line.style.color = colour;
      box.appendChild(line);
    });
    const icon = L.divIcon({ className: "kz-change", html: box, iconSize: null });
    return L.marker(at, { icon, interactive: false, keyboard: false, zIndexOffset: 900 });
  }

  const changes = ({ url, colours: c }) => filled((group, map, mine) => {
    pane(map, "changes", 350);
    return json(url).then((data) => {
      if (!mine()) { return; }
      const renderer = L.svg({ pane: "changes", padding: 0.5 });
      group.ink = renderer;
      const style = ({ properties: { gained, lost } }) => {
        const plain = { renderer, pane: "changes", interactive: false, color: c.edge, weight: 1.2, dashArray: "4 4", fill: false };
        if (!gained && !lost) { return plain; }
        const more = gained >= lost;
        return { ...plain, dashArray: null, weight: 1.6, fill: true, fillOpacity: 1, color: more ? c.indigo : c.vermilion, fillColor: `url(#kz-${more ? "gained" : "lost"})` };
      };
      group.addLayer(L.geoJSON(data, { style }));
      // In this layer's own ink: that of the layer it takes the place of is about to go.
      const defs = make("defs", {}, inkOf(renderer));
      // They lean to different sides, so that colour alone never tells them.
      hatch(defs, "kz-gained", c.indigo, -45);
      hatch(defs, "kz-lost", c.vermilion, 45);
      const told = data.features.filter(({ properties: p }) => p.gained || p.lost).map(({ properties: p }) => ({ p, at: L.latLng(p.at[1], p.at[0]) }));
      const ways = L.layerGroup();
      group.addLayer(ways);
      // No sign lies under a figure, and no figure on a number of the plan, which stands still.
      boardOf(map).put(group, [], told.map(({ p, at }) => {
        const figure = sign(at, p, c);
        group.addLayer(figure);
        let way = null;
        const stand = (to) => {
          figure.setLatLng(to);
          if (way) { ways.removeLayer(way); }
          way = map.latLngToLayerPoint(at).distanceTo(map.latLngToLayerPoint(to)) > AWAY_PX ? leader(at, to).addTo(ways) : null;
        };
        return { at, w: 30 + 9 * String(Math.max(p.gained, p.lost)).length, h: p.gained && p.lost ? 48 : 28, stand };
      }));
      group.leave = () => boardOf(map).drop(group);
    });
  });

  return { changes };
})());
