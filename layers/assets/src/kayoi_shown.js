// Shows a Folium map once, keeps it while only its layers change, and tells what was pressed.
const files = new Map();
const maps = new Set();
const STOOD_M = 300; // so near to where somebody stood no view is put into the address
const UPRIGHT = "(max-width: 900px)"; // as streamlit.css has it
const LATEST_MS = 2500; // a layer that another takes the place of goes when that is drawn, or then

function once(address, make) {
  if (!files.has(address)) {
    files.set(address, new Promise((done, fail) => {
      const element = make();
      element.addEventListener("load", done);
      element.addEventListener("error", () => { files.delete(address); fail(new Error(address)); });
      document.head.append(element);
    }));
  }
  return files.get(address);
}

const script = (src) => once(src, () => Object.assign(document.createElement("script"), { src, async: false }));
const style = (href) => once(href, () => Object.assign(document.createElement("link"), { href, rel: "stylesheet" }));

// Maps whose page was left: Leaflet listens to the window, and would keep all they hold.
function forget() {
  maps.forEach((shown) => {
    if (shown.box.isConnected) { return; }
    maps.delete(shown);
    shown.watch.disconnect();
    shown.map.remove();
  });
}

// ---- the view in the address: #zoom/lat/lng --------------------------------------------------
function viewSaid() {
  const said = /^#([0-9.]+)\/(-?[0-9.]+)\/(-?[0-9.]+)$/.exec(window.location.hash);
  const [zoom, lat, lng] = said ? said.slice(1).map(Number) : [];
  return said && zoom <= 22 && Math.abs(lat) <= 85 && Math.abs(lng) <= 180 ? { zoom, at: [lat, lng] } : null;
}

// Whether the view would tell where somebody stood.
const hides = ({ map, stood }) => stood.some((one) => map.distance(one, map.getCenter()) < STOOD_M);

// A sheet of paper has a view of its own, which is not said either.
function sayView(shown) {
  const { map, remember, paper } = shown;
  if (!remember || paper) { return; }
  if (!hides(shown)) {
    const { lat, lng } = map.getCenter();
    shown.said = `#${Math.round(map.getZoom() * 100) / 100}/${lat.toFixed(5)}/${lng.toFixed(5)}`;
  }
  if (shown.said && window.location.hash !== shown.said) { window.history.replaceState(window.history.state, "", shown.said); }
}

function begin(box, data) {
  const { bounds, options } = data.map;
  box.replaceChildren();
  const holder = document.createElement("div");
  holder.className = "kz-map-in";
  box.append(holder);
  const map = L.map(holder, { ...options, zoomControl: true });
  const shown = { box, map, base: JSON.stringify(data.map), layers: new Map(), remember: data.remember, bounds, stood: [], said: "", paper: null, hides: () => hides(shown), file: script, tell: () => {} };
  // A press gives the map the focus: a page that scrolled to it would have the press end elsewhere.
  holder.focus = (how) => HTMLElement.prototype.focus.call(holder, { ...how, preventScroll: true });
  map.fitBounds(bounds, { animate: false });
  const said = data.remember ? viewSaid() : null;
  if (said) { map.setView(said.at, said.zoom, { animate: false }); }
  kayoi.dress(map, data.words);
  const place = ({ lat, lng }) => ({ lat: Number(lat.toFixed(7)), lng: Number(lng.toFixed(7)) });
  map.on("click", ({ latlng }) => { if (latlng) { shown.tell({ layer: "", id: "", ids: [], ...place(latlng) }); } });
  map.on("kayoi:tap", ({ layer, id, ids = [], latlng }) => shown.tell({ layer, id, ids, ...place(latlng) }));
  // Upright a card comes over the page's lower part: the map goes up, out of its way.
  map.on(data.lifts ? "kayoi:tap click" : "kayoi:tap", () => { if (window.matchMedia(UPRIGHT).matches) { box.scrollIntoView({ block: "start", behavior: "smooth" }); } });
  map.on("moveend", () => sayView(shown));
  // A map made while its page was still unfolding has the wrong size, and so the wrong view.
  let settled = false;
  ["mousedown", "touchstart", "wheel", "keydown"].forEach((name) => holder.addEventListener(name, () => { settled = true; }, { passive: true }));
  shown.watch = new ResizeObserver(() => {
    map.invalidateSize({ pan: false });
    if (shown.paper) { return; }
    if (!settled && !said && !map.kayoiLooked) { map.fitBounds(bounds, { animate: false }); }
  });
  shown.watch.observe(holder);
  maps.add(shown);
  return shown;
}

// Adds what is new and takes off what is not asked any more; what stays the same is not touched.
function lay(shown, wanted) {
  const keys = wanted.map((one) => JSON.stringify(one));
  const leaving = [...shown.layers].filter(([key]) => !keys.includes(key));
  const coming = [];
  wanted.forEach(({ function: name, options }, at) => {
    if (shown.layers.has(keys[at])) { return; }
    const layer = kayoi[name](options);
    shown.layers.set(keys[at], { name, layer });
    layer.addTo(shown.map);
    coming.push({ name, layer });
  });
  leaving.forEach(([key, { name, layer }]) => {
    shown.layers.delete(key);
    const after = coming.filter((one) => one.name === name).map((one) => one.layer.ready);
    const go = () => layer.remove();
    if (after.length) { Promise.race([Promise.all(after), new Promise((done) => { setTimeout(done, LATEST_MS); })]).then(go, go); } else { go(); }
  });
  const every = [...shown.layers.values()].map(({ layer }) => layer.ready);
  shown.box.dataset.state = "drawing";
  const turn = Symbol("turn");
  shown.turn = turn;
  Promise.all(every).finally(() => { if (shown.turn === turn) { shown.box.dataset.state = "ready"; } });
}

export async function show({ parentElement, data, setStateValue }) {
  let box = parentElement.querySelector(".kz-map");
  if (!box) {
    box = document.createElement("div");
    box.className = "kz-map";
    parentElement.append(box);
  }
  box.dataset.key = data.key;
  box.style.setProperty("--kz-height", `${data.height}px`);
  const turn = Symbol("turn");
  box.kayoiTurn = turn;
  try {
    await Promise.all([...data.styles.map(style), ...data.scripts.map(script)]);
  } catch {
    box.textContent = data.words.missing;
    return undefined;
  }
  if (box.kayoiTurn !== turn || !box.isConnected) { return undefined; }
  forget();
  kayoi.words = data.kinds;
  let shown = box.kayoi;
  if (shown && shown.base !== JSON.stringify(data.map)) {
    maps.delete(shown);
    shown.watch.disconnect();
    shown.map.remove();
    shown = null;
  }
  if (!shown) { shown = begin(box, data); box.kayoi = shown; }
  shown.map.getContainer().setAttribute("aria-label", data.words.label);
  shown.tell = (tap) => { if (!shown.paper) { setStateValue("tap", { ...tap, turn: Date.now() }); } };
  lay(shown, data.layers);
  if (data.tools) { (await import(data.tools.module)).equip(shown, data.tools); }
  sayView(shown); // Streamlit drops it when it writes the address
  return () => { setTimeout(forget, 0); };
}
