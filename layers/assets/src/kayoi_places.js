// Where people live, and what stands where: the rest of `kayoi`, after kayoi_board.js.
"use strict";
Object.assign(kayoi, (() => {
  const { fetched, filled, pane, boarded } = kayoi.tools;

  // ---- where people live --------------------------------------------------------------------
  // Static tiles give the places; one byte a place, fetched apart, gives its state.
  function cellSymbol(c, states) {
    return {
      draw(context, geometry, z, feature) {
        const state = states[feature.props.i];
        if (!state) { return; }
        const r = z >= 17 ? 4.2 : 3;
        geometry.flat().forEach(({ x, y }) => {
          context.beginPath();
          if (state === 2) {
            context.moveTo(x, y - r * 1.4); context.lineTo(x + r * 1.4, y);
            context.lineTo(x, y + r * 1.4); context.lineTo(x - r * 1.4, y); context.closePath();
          } else if (state === 4) {
            context.rect(x - r, y - r, 2 * r, 2 * r);
          } else { context.arc(x, y, r, 0, 2 * Math.PI); }
          context.lineWidth = state === 3 ? 1.6 : 1;
          context.fillStyle = [null, c.indigo, c.vermilion, c.card, c.amber][state];
          context.strokeStyle = [null, c.card, c.card, c.ink2, c.ink][state];
          context.setLineDash(state === 3 ? [2, 2] : []);
          context.fill();
          context.stroke();
          context.setLineDash([]);
        });
      },
    };
  }

  const cells = ({ tiles, status, colours: c, from }) => filled((group, map, mine) => {
    pane(map, "cells", 395);
    return fetched(status, (answer) => answer.arrayBuffer()).then((buffer) => {
      if (!mine()) { return; }
      const rule = { dataLayer: "cells", symbolizer: cellSymbol(c, new Uint8Array(buffer)) };
      group.addLayer(protomapsL.leafletLayer({
        url: tiles, attribution: "", maxDataZoom: 15, minZoom: from, pane: "cells", noWrap: true, paintRules: [rule], labelRules: [],
      }));
    });
  });

  // ---- sites ------------------------------------------------------------------------------
  // `images` are [recorded, the same off the network, of the map alone, the same off the network].
  const sites = ({ url, kind, images, size, order }) => boarded(url, (data) => data.features.map(({ id, geometry, properties: p }) => ({
    key: `${kind}:${id}`, at: L.latLng(geometry.coordinates[1], geometry.coordinates[0]), name: p.name, kind, size, order,
    image: images[(p.mapped ? 2 : 0) + (p.off ? 1 : 0)], tap: { layer: "sites", id: String(id) },
  })));

  // `images[state]` is a picture, `rings[state]` the same for what is off the network.
  const signs = ({ url, kind, images, rings, size, order }) => boarded(url, (data) => data.features.map(({ id, geometry, properties: p }) => ({
    key: String(id), at: L.latLng(geometry.coordinates[1], geometry.coordinates[0]), kind, size, order,
    name: p.name || (p.number ? `${kayoi.words[kind] || kind} ${p.number}` : kayoi.words[kind] || kind),
    image: (p.off && rings[p.state]) || images[p.state], tap: { layer: "signs", id: String(id) },
  })));

  const pin = ({ lat, lng }) => filled((group) => {
    group.addLayer(L.circleMarker([lat, lng], { radius: 22, color: "#20242E", weight: 3, fill: false, interactive: false }));
  });

  return { cells, sites, signs, pin };
})());
