// Where people live, and what stands where: the rest of `kayoi`, after kayoi_board.js.
"use strict";
Object.assign(kayoi, (() => {
  const { fetched, json, filled, pane, boarded } = kayoi.tools;

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

  const mesh = ({ url, colours: c, below }) => filled((group, map, mine) => {
    pane(map, "mesh", 360);
    return json(url).then((data) => {
      if (!mine()) { return; }
      const renderer = L.canvas({ pane: "mesh", padding: 0.3 });
      group.ink = renderer;
      const squares = L.geoJSON(data, {
        style: ({ properties: p }) => ({
          renderer, pane: "mesh", interactive: false, stroke: true, color: "#fff", weight: 0.6, fillOpacity: 0.88,
          fillColor: p.share === null ? c.no_data : c.shares[Math.min(4, Math.floor(p.share * 5 + 1e-9))],
        }),
      });
      // A small square on those where most people out of reach lack no more than a rest.
      const rests = data.features.filter((f) => f.properties.rest).map((f) => {
        const { _southWest: a, _northEast: b } = L.geoJSON(f).getBounds();
        const part = (low, high, share) => low + (high - low) * share;
        return L.rectangle([[part(a.lat, b.lat, 0.36), part(a.lng, b.lng, 0.36)], [part(a.lat, b.lat, 0.64), part(a.lng, b.lng, 0.64)]], {
          renderer, pane: "mesh", interactive: false, color: c.ink, weight: 1, fillColor: c.amber, fillOpacity: 1,
        });
      });
      const all = L.layerGroup([squares, ...rests]);
      const show = () => (map.getZoom() < below ? group.addLayer(all) : group.removeLayer(all));
      map.on("zoomend", show);
      group.leave = () => map.off("zoomend", show);
      show();
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

  return { cells, mesh, sites, signs, pin };
})());
