// Where a walker can rest, and where one more bench would help: after kayoi_places.js.
"use strict";
Object.assign(kayoi, (() => {
  const { json, filled, boarded, boardOf } = kayoi.tools;
  const NEAR = 16;

  // `images[kind]` is [counts, nobody knows].
  const rests = ({ url, images, size, from }) => boarded(url, (data) => data.features.map(({ id, geometry: { coordinates: to }, properties: p }) => ({
    key: `rest:${id}`, at: L.latLng(to[1], to[0]), name: p.name, kind: p.kind, size, order: 300, from,
    image: images[p.kind][p.known ? 0 : 1], tap: null,
  })));

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
        const blocks = [];
        data.features.forEach(({ geometry: { coordinates: to }, properties: p }) => {
          const at = L.latLng(to[1], to[0]);
          const { x, y } = map.latLngToContainerPoint(at);
          if (kept.some((other) => Math.abs(other.x - x) < wide && Math.abs(other.y - y) < 34)) { return; }
          kept.push({ x, y });
          const text = near ? more.replace("{n}", p.people.toLocaleString()) : "";
          const sign = L.marker(at, { icon: pill(image, size, String(p.rank), text), interactive: false, keyboard: false, zIndexOffset: 950 });
          sign.kayoiBox = [wide, 30];
          inner.addLayer(sign);
          blocks.push({ at, w: wide, h: 30 });
        });
        boardOf(map).put(group, [], blocks);
      };
      map.on("zoomend", draw);
      group.leave = () => { map.off("zoomend", draw); boardOf(map).drop(group); };
      draw();
    });
  });

  return { rests, benches };
})());
