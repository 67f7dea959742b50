// The tools of a map: where I am, a link to what is shown, and the way to its sheet of paper.
// All of it stays in the browser.
const STEP_M = 50;
const CLOSE_ZOOM = 16.5;
const WAIT_MS = 20000;

const { button, make, pane } = kayoi.tools;
const HERE = [
  ["circle", { cx: 12, cy: 12, r: 7, fill: "none", stroke: "currentColor", "stroke-width": 2.2 }],
  ["circle", { cx: 12, cy: 12, r: 2.8, fill: "currentColor" }],
  ["path", { d: "M12 1v5M12 18v5M1 12h5M18 12h5", stroke: "currentColor", "stroke-width": 2.2 }],
];

// ---- where I am ------------------------------------------------------------------------------
class Here {
  constructor(shown) {
    this.shown = shown;
    this.group = L.layerGroup();
    this.watch = null;
    this.button = button("", () => (this.watch === null ? this.begin() : this.end()), "kz-here-button");
    const art = make("svg", { viewBox: "0 0 24 24", width: 26, height: 26, "aria-hidden": "true" }, this.button);
    HERE.forEach(([name, attributes]) => make(name, attributes, art));
    this.note = Object.assign(document.createElement("p"), { className: "kz-map-note", hidden: true });
    this.note.setAttribute("role", "status");
    shown.map.on("unload", () => this.end());
  }

  dress({ words }) {
    this.words = words;
    this.button.title = words.here;
    this.button.setAttribute("aria-label", words.here);
    this.button.setAttribute("aria-pressed", String(this.watch !== null));
  }

  say(text) {
    this.note.textContent = text;
    this.note.hidden = !text;
  }

  begin() {
    if (!window.isSecureContext || !navigator.geolocation) { this.say(this.words.insecure); return; }
    this.first = true;
    this.say(this.words.looking);
    this.watch = navigator.geolocation.watchPosition(
      (found) => this.put(found.coords), (error) => this.fail(error),
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: 5000 },
    );
    this.dress({ words: this.words });
  }

  end(said = "") {
    if (this.watch !== null) { navigator.geolocation.clearWatch(this.watch); }
    this.watch = null;
    this.group.clearLayers().remove();
    this.say(said);
    this.dress({ words: this.words });
  }

  fail({ code }) {
    if (code !== 1 && !this.first) { return; } // one fix of many was missed: the last one stands
    this.end(code === 1 ? this.words.denied : this.words.unknown);
  }

  put({ latitude, longitude, accuracy }) {
    if (this.watch === null) { return; }
    const { map, stood } = this.shown;
    const at = L.latLng(latitude, longitude);
    if (!stood.some((one) => map.distance(one, at) < STEP_M)) { stood.push(at); }
    pane(map, "here", 640);
    const still = { pane: "here", interactive: false };
    this.group.clearLayers();
    this.group.addLayer(L.circle(at, { ...still, radius: accuracy, color: "#264A82", weight: 1.6, dashArray: "5 4", fillColor: "#264A82", fillOpacity: 0.1 }));
    this.group.addLayer(L.circleMarker(at, { ...still, radius: 9, color: "#fff", weight: 3, fillColor: "#264A82", fillOpacity: 1, className: "kz-here-dot" }));
    this.group.addTo(map);
    const inside = L.latLngBounds(this.shown.bounds).pad(0.2).contains(at);
    if (this.first && inside) {
      map.kayoiLooked = "here"; // the map's first view must not come back over it
      map.setView(at, Math.max(map.getZoom(), CLOSE_ZOOM), { animate: false });
    }
    this.first = false;
    this.say(inside ? this.words.within.replace("{n}", Math.max(1, Math.round(accuracy)).toLocaleString()) : this.words.outside);
  }
}

// ---- a link to what is shown -----------------------------------------------------------------
async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) { await navigator.clipboard.writeText(text); return true; }
  // Over plain http a browser copies only what is selected.
  const field = Object.assign(document.createElement("textarea"), { value: text, className: "kz-copied" });
  document.body.append(field);
  field.select();
  try { return document.execCommand("copy"); } finally { field.remove(); }
}

// One stop of the Tab key for all tools and for the links of the map's credit: arrows go on.
function rove(places, parts) {
  let stop = null;
  const settle = () => {
    const all = parts();
    if (!all.includes(stop)) { [stop] = all; }
    all.forEach((one) => { one.tabIndex = one === stop ? 0 : -1; });
  };
  const take = (one) => { stop = one; settle(); };
  const step = (event) => {
    const all = parts().filter(({ disabled }) => !disabled);
    const at = all.indexOf(event.target.closest("button, a"));
    const ahead = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (at < 0 || !ahead) { return; }
    event.preventDefault();
    event.stopPropagation();
    all[(at + ahead + all.length) % all.length].focus();
  };
  places.forEach((one) => {
    one.addEventListener("keydown", step);
    one.addEventListener("focusin", ({ target }) => { if (parts().includes(target)) { take(target); } });
  });
  new MutationObserver(settle).observe(places[1], { childList: true, subtree: true });
  settle();
}

class Bar {
  constructor(shown) {
    this.shown = shown;
    this.element = Object.assign(document.createElement("div"), { className: "kz-tools" });
    this.element.setAttribute("role", "toolbar");
    this.said = Object.assign(document.createElement("span"), { className: "kz-tools-said" });
    this.said.setAttribute("role", "status");
    this.paper = button("", () => this.open(), "kz-tool");
    this.link = button("", () => this.share(), "kz-tool");
    this.element.append(this.said, this.link, this.paper, shown.here.button);
    const credit = shown.map.attributionControl.getContainer();
    rove([this.element, credit], () => [this.link, this.paper, shown.here.button, ...credit.querySelectorAll("a")]);
  }

  dress({ words }) {
    this.words = words;
    this.element.setAttribute("aria-label", words.tools);
    this.paper.textContent = words.paper;
    this.link.textContent = words.link;
  }

  tell(text) {
    this.said.textContent = text;
    clearTimeout(this.wait);
    this.wait = setTimeout(() => { this.said.textContent = ""; }, 8000);
  }

  async share() {
    let done = false;
    try { done = await copy(window.location.href); } catch { done = false; }
    this.tell(done ? (this.shown.hides() ? this.words.linked_elsewhere : this.words.linked) : this.words.not_linked);
  }

  async open() {
    this.paper.disabled = true;
    try {
      const { openSheet } = await import(this.shown.tools.sheet);
      await openSheet(this.shown, this.paper);
    } catch {
      this.tell(this.words.broken);
    } finally {
      this.paper.disabled = false;
    }
  }
}

// Puts the tools beside a map, or gives those that are there their words anew.
export function equip(shown, tools) {
  shown.tools = tools;
  if (!shown.here) {
    shown.here = new Here(shown);
    shown.bar = new Bar(shown);
    const notes = Object.assign(document.createElement("div"), { className: "kz-notes" });
    shown.measured = Object.assign(document.createElement("p"), { className: "kz-map-note", hidden: true });
    notes.append(shown.measured, shown.here.note);
    shown.box.append(notes);
    shown.box.before(shown.bar.element);
    shown.map.on("unload", () => { shown.bar.element.remove(); notes.remove(); });
    shown.box.classList.add("kz-equipped");
  }
  shown.here.dress(tools);
  shown.bar.dress(tools);
  shown.box.classList.toggle("kz-measuring", tools.measuring);
  // The panel says it to a screen reader; upright it stands below the map.
  shown.measured.setAttribute("aria-hidden", "true");
  shown.measured.textContent = tools.told.join("\n");
  shown.measured.hidden = !tools.told.length;
}
