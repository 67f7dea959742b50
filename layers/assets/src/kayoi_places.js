// Where people live, and what stands where: the rest of `kayoi`, after kayoi.js.
"use strict";
Object.assign(kayoi, (() => {
  const { fetched, json, filled, pane } = kayoi.tools;

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
  const CROWD = 300;
  const WIDE = 13.5;
  // `badge` is a text; "" is none.
  function icon(image, size, badge) {
    const box = document.createElement("span");
    const picture = document.createElement("img");
    picture.src = image;
    picture.alt = "";
    picture.width = size;
    picture.height = size;
    box.appendChild(picture);
    if (badge) {
      const count = document.createElement("b");
      count.textContent = badge;
      box.appendChild(count);
    }
    return L.divIcon({ className: "kz-site", html: box, iconSize: [size, size] });
  }

  // Few sites are drawn one by one; where a view holds very many, near ones share a sign
  // and `shared`, the count to show on it ("" for one alone).
  function crowded(map, points) {
    const bounds = map.getBounds().pad(0.2);
    const seen = points.filter(({ at }) => bounds.contains(at));
    if (seen.length <= CROWD) { return seen.map((point) => ({ ...point, shared: "" })); }
    const squares = new Map();
    seen.forEach((point) => {
      const p = map.project(point.at, map.getZoom());
      const key = `${Math.floor(p.x / 56)}/${Math.floor(p.y / 56)}`;
      const found = squares.get(key);
      if (found) { found.count += 1; } else { squares.set(key, { ...point, count: 1 }); }
    });
    return [...squares.values()].map(({ count, ...point }) => ({ ...point, shared: count > 1 ? String(count) : "" }));
  }

  // `images` are [recorded, the same off the network, of the map alone, the same off the network].
  const sites = ({ url, images, size, order }) => filled((group, map, mine) => {
    return json(url).then((data) => {
      if (!mine()) { return; }
      const points = data.features.map((f) => ({
        at: L.latLng(f.geometry.coordinates[1], f.geometry.coordinates[0]), name: f.properties.name,
        image: images[(f.properties.mapped ? 2 : 0) + (f.properties.off ? 1 : 0)],
      }));
      const inner = L.layerGroup().addTo(group);
      const draw = () => {
        inner.clearLayers();
        const wide = map.getZoom() < WIDE ? Math.round(size * 0.7) : size;
        crowded(map, points).forEach(({ at, name, image, shared }) => {
          const sign = L.marker(at, {
            icon: icon(image, wide, shared), alt: name, title: name, zIndexOffset: order,
          });
          sign.kayoiSign = true;
          // A sign nobody listens to gives the map the pointer's place, not its own.
          const choose = () => map.fire("click", { latlng: at });
          sign.on("click", choose);
          sign.on("keypress", (e) => { if (e.originalEvent.key === "Enter") { choose(); } });
          inner.addLayer(sign);
        });
        map.fire("kayoi:signs");
      };
      map.on("moveend", draw);
      group.leave = () => map.off("moveend", draw);
      draw();
    });
  });

  const pin = ({ lat, lng }) => filled((group) => {
    group.addLayer(L.circleMarker([lat, lng], { radius: 22, color: "#20242E", weight: 3, fill: false, interactive: false }));
  });

  Object.assign(kayoi.tools, { icon, crowded });
  return { cells, sites, pin };
})());
