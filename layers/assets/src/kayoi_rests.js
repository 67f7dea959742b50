// Where a walker can rest, and where one more bench would help: after kayoi_places.js.
"use strict";
Object.assign(kayoi, (() => {
  const { json, filled, icon, crowded } = kayoi.tools;
  const NEAR = 16;

  // `images[kind]` is [counts, nobody knows].
  const rests = ({ url, images, size, from }) => filled((group, map, mine) => {
    return json(url).then((data) => {
      if (!mine()) { return; }
      const points = data.features.map(({ geometry: { coordinates: at }, properties: p }) => ({
        at: L.latLng(at[1], at[0]), ...p,
      }));
      const inner = L.layerGroup().addTo(group);
      const draw = () => {
        inner.clearLayers();
        if (map.getZoom() >= from) {
          crowded(map, points).forEach(({ at, kind, name, known, shared }) => {
            const sign = L.marker(at, {
              icon: icon(images[kind][known ? 0 : 1], size, shared), alt: name, title: name, interactive: false, keyboard: false, zIndexOffset: 300,
            });
            sign.kayoiSign = true;
            inner.addLayer(sign);
          });
        }
        map.fire("kayoi:signs");
      };
      map.on("moveend", draw);
      group.leave = () => map.off("moveend", draw);
      draw();
    });
  });

  // A number, the bench's sign, and from near how many people are gained.
  function pill(image, size, rank, text) {
    const box = document.createElement("span");
    const number = document.createElement("b");
    number.textContent = rank;
    const picture = document.createElement("img");
    Object.assign(picture, { src: image, alt: "", width: size, height: size });
    box.append(number, picture);
    if (text) { box.append(text); }
    return L.divIcon({ className: "kz-bench", html: box, iconSize: null });
  }

  // The best first; one that would cover a better one waits until the map is nearer.
  const benches = ({ url, image, size, more }) => filled((group, map, mine) => {
    return json(url).then((data) => {
      if (!mine()) { return; }
      const inner = L.layerGroup().addTo(group);
      const draw = () => {
        inner.clearLayers();
        const near = map.getZoom() >= NEAR;
        const wide = near ? 96 : 54;
        const kept = [];
        data.features.forEach(({ geometry: { coordinates: to }, properties: p }) => {
          const at = L.latLng(to[1], to[0]);
          const { x, y } = map.latLngToContainerPoint(at);
          if (kept.some((other) => Math.abs(other.x - x) < wide && Math.abs(other.y - y) < 34)) { return; }
          kept.push({ x, y });
          const text = near ? more.replace("{n}", p.people.toLocaleString()) : "";
          const sign = L.marker(at, { icon: pill(image, size, String(p.rank), text), interactive: false, keyboard: false, zIndexOffset: 950 });
          sign.kayoiSign = true;
          inner.addLayer(sign);
        });
        map.fire("kayoi:signs");
      };
      map.on("zoomend", draw);
      group.leave = () => map.off("zoomend", draw);
      draw();
    });
  });

  return { rests, benches };
})());
