// The register's own layers: sites of many kinds, and what is being placed. After kayoi_places.js.
"use strict";
Object.assign(kayoi, (() => {
  const { json, filled, pane, icon, boardOf } = kayoi.tools;

  // `images[kind]` is [checked, asks to be confirmed, of the map alone]; the place comes as GeoJSON.
  const register = ({ url, images, colours, size, selected }) => filled((group, map, mine) => {
    pane(map, "register", 392);
    return json(url).then((data) => {
      if (!mine()) { return; }
      const ink = L.svg({ pane: "register", padding: 0.3 });
      group.ink = ink;
      const shapes = data.features.filter((f) => f.geometry.type !== "Point");
      group.addLayer(L.geoJSON({ type: "FeatureCollection", features: shapes }, {
        style: ({ geometry, properties: p }) => ({
          renderer: ink, pane: "register", interactive: false, color: colours[p.kind], opacity: 0.9,
          weight: geometry.type.includes("Polygon") ? 1.6 : 5, fillOpacity: 0.12,
        }),
      }));
      boardOf(map).put(group, data.features.map(({ id, properties: p }) => ({
        key: String(id), at: L.latLng(p.lat, p.lon), name: p.title, kind: p.kind, size: id === selected ? Math.round(size * 1.4) : size,
        order: id === selected ? 900 : 500, image: images[p.kind][{ fresh: 0, map: 2 }[p.due] ?? 1], tap: { layer: "register", id: String(id) },
      })));
      group.leave = () => boardOf(map).drop(group);
    });
  });

  // What is being placed: its shape so far, its corners, and the things inside it.
  const sketch = ({ corners, closed, image, things, color }) => filled((group, map) => {
    pane(map, "sketch", 394);
    const ink = L.svg({ pane: "sketch", padding: 0.5 });
    group.ink = ink;
    const style = { renderer: ink, pane: "sketch", interactive: false, color, weight: 5 };
    if (corners.length > 1) {
      group.addLayer(closed && corners.length > 2
        ? L.polygon(corners, { ...style, weight: 3, fillOpacity: 0.15 }) : L.polyline(corners, style));
      corners.forEach((at) => group.addLayer(L.circleMarker(at, { ...style, radius: 6, weight: 3, fillColor: "#fff", fillOpacity: 1 })));
    }
    if (corners.length === 1) {
      group.addLayer(L.marker(corners[0], { icon: icon(image, 44, ""), interactive: false, keyboard: false, zIndexOffset: 800 }));
    }
    things.forEach(({ at, image: own, label, size = 26 }) => {
      group.addLayer(L.marker(at, { icon: icon(own, size, label), interactive: false, keyboard: false, zIndexOffset: 900 }));
    });
  });

  // Places told with a number, each pressed by itself; on `here`, where one stands, none of them lies.
  // `instead`: keys of other layers' signs that these stand for.
  const numbered = ({ here, signs, still = false, instead = [] }) => filled((group, map) => {
    if (here) { group.addLayer(L.marker(here.at, { icon: icon(here.image, here.size, ""), interactive: false, keyboard: false, zIndexOffset: 900 })); }
    boardOf(map).put(group, signs.map(({ id, at, kind, number, image, size }) => ({
      key: `near:${id}:${number}`, at: L.latLng(at), name: `${number} ${kayoi.words[kind] || kind}`, kind, size, order: still ? 1000 : 700, still, image, badge: number, tap: { layer: "near", id },
    })), here ? [{ at: L.latLng(here.at), w: here.size, h: here.size }] : [], { apart: true, instead });
    group.leave = () => boardOf(map).drop(group);
  });

  // Look at a place when it is first shown; later moves are the person's own.
  const look = ({ bounds, key }) => filled((_group, map) => {
    if (map.kayoiLooked === key) { return; }
    map.kayoiLooked = key;
    // The frame gets its size, and the map its first view, some moments after the layers: go
    // there again until it holds, or a person has taken the map in hand.
    const box = map.getContainer();
    let left = 12;
    const stop = () => { left = 0; };
    map.on("unload", stop);
    ["mousedown", "touchstart", "keydown"].forEach((name) => box.addEventListener(name, stop, { once: true }));
    const go = () => {
      if (left <= 0) { return; }
      map.invalidateSize();
      map.fitBounds(bounds, { maxZoom: 18, animate: false });
      left -= 1;
      if (left > 0) { setTimeout(go, 200); }
    };
    go();
  });

  return { register, sketch, numbered, look };
})());
