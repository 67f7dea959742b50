// The sheet of paper of a map's view: shown before it is printed, or saved as a picture.
const { button, make } = kayoi.tools;
const MM = 96 / 25.4; // CSS's own millimetre
const SIZES = { A4: [287, 199], A3: [410, 286] }; // the page across, less 5 mm all round
const SETTLE_MS = 250;
const LONGEST_MS = 20000;
const PIXELS = 2; // of the picture for each of the sheet's

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });

// Until every tile and layer of the map is drawn; false where that takes too long.
async function drawn({ map, box }) {
  const end = performance.now() + LONGEST_MS;
  await wait(SETTLE_MS);
  while (performance.now() < end) {
    let busy = box.dataset.state !== "ready";
    map.eachLayer((layer) => { busy = busy || Boolean(layer.isLoading && layer.isLoading()); });
    if (!busy) { await wait(SETTLE_MS); return true; }
    await wait(100);
  }
  return false;
}

function north(words) {
  const made = element("div", "kz-north", words.north);
  const art = make("svg", { viewBox: "0 0 24 34", width: 24, height: 34, "aria-hidden": "true" }, made);
  make("path", { d: "M12 1l9 32-9-7-9 7z", fill: "#20242E" }, art);
  made.prepend(art);
  return made;
}

// What stands on the paper: heading, map, legend, foot.
function write({ title, lines, foot, inner, words, legend }) {
  const sheet = element("div", "kz-sheet");
  const head = element("div", "kz-sheet-head");
  head.append(element("h2", "", title));
  if (inner) { head.append(element("b", "kz-inner", inner)); }
  const map = element("div", "kz-sheet-map");
  map.append(north(words));
  const told = element("div", "kz-sheet-legend");
  document.querySelector(`.st-key-${legend}`)?.querySelectorAll(".kz-legend").forEach((one) => told.append(one.cloneNode(true)));
  sheet.append(head, ...lines.map((line) => element("p", "kz-sheet-line", line)), map, told, ...foot.map((line) => element("p", "kz-sheet-foot", line)));
  return { sheet, map };
}

class Paper {
  constructor(shown, from) {
    Object.assign(this, { shown, from, words: shown.tools.words, holder: shown.map.getContainer(), size: "A4" });
    const { map } = shown;
    this.before = { at: map.getCenter(), zoom: map.getZoom(), bounds: map.getBounds() };
    this.element = element("div", "kz-paper");
    this.element.setAttribute("role", "dialog");
    this.element.setAttribute("aria-modal", "true");
    this.element.setAttribute("aria-label", this.words.paper);
    Object.assign(this, write(shown.tools));
    this.page = element("style", "");
    this.frame = element("div", "kz-paper-frame");
    this.frame.append(this.sheet);
    this.element.append(this.buttons(), this.frame, this.page);
    this.key = (event) => { if (event.key === "Escape") { this.shut(); } };
    this.fit = () => this.scale();
  }

  buttons() {
    const bar = element("div", "kz-paper-bar");
    this.sizes = Object.keys(SIZES).map((size) => button(size, () => this.turn(size), "kz-tool"));
    this.print = button(this.words.print, () => window.print(), "kz-tool kz-tool-first");
    this.save = button(this.words.save, () => this.picture(), "kz-tool");
    this.said = element("span", "kz-tools-said");
    this.said.setAttribute("role", "status");
    const way = element("span", "kz-tool-pair");
    way.setAttribute("role", "group");
    way.setAttribute("aria-label", this.words.size);
    way.append(...this.sizes);
    bar.append(way, this.print, this.save, button(this.words.shut, () => this.shut(), "kz-tool"), this.said);
    return bar;
  }

  async open() {
    const { shown } = this;
    shown.paper = this;
    document.body.append(this.element);
    document.body.classList.add("kz-printing");
    [...document.body.children].forEach((one) => { if (one !== this.element) { one.inert = true; } });
    this.map.prepend(this.holder);
    document.addEventListener("keydown", this.key);
    window.addEventListener("resize", this.fit);
    this.gone = () => this.leave();
    shown.map.on("unload", this.gone);
    await this.turn(this.size);
    this.print.focus();
  }

  scale() {
    const [w, h] = SIZES[this.size].map((one) => one * MM);
    const room = this.element.querySelector(".kz-paper-bar").offsetHeight;
    const part = Math.min(1, (window.innerWidth - 32) / w, (window.innerHeight - room - 32) / h);
    this.sheet.style.transform = `scale(${part})`;
    Object.assign(this.frame.style, { width: `${w * part}px`, height: `${h * part}px` });
  }

  async turn(size) {
    this.size = size;
    const [w, h] = SIZES[size];
    Object.assign(this.sheet.style, { width: `${w}mm`, height: `${h}mm` });
    this.page.textContent = `@page{size:${size} landscape;margin:5mm}`;
    this.sizes.forEach((one) => one.setAttribute("aria-pressed", String(one.textContent === size)));
    this.scale();
    const { map } = this.shown;
    map.invalidateSize({ pan: false });
    map.setView(this.before.bounds.getCenter(), map.getBoundsZoom(this.before.bounds), { animate: false });
    await this.ready();
  }

  async ready() {
    this.busy(this.words.drawing);
    this.busy("", await drawn(this.shown) ? "" : this.words.late);
  }

  busy(doing, said = doing) {
    this.said.textContent = said;
    this.print.disabled = Boolean(doing);
    this.save.disabled = Boolean(doing) || !this.shown.tools.png;
    this.save.title = this.shown.tools.png ? "" : this.words.no_picture;
    this.element.dataset.state = doing ? "drawing" : "ready";
  }

  async picture() {
    this.busy(this.words.saving);
    let said = this.words.saved;
    try {
      await this.shown.file(this.shown.tools.png);
      const width = this.sheet.offsetWidth;
      const height = this.sheet.offsetHeight;
      const blob = await window.htmlToImage.toBlob(this.sheet, {
        width, height, pixelRatio: PIXELS, skipFonts: true, backgroundColor: "#fff", style: { transform: "none" },
      });
      const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: `${this.shown.tools.name}.png` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    } catch {
      said = this.words.not_saved;
    }
    this.busy("", said);
  }

  // Takes the sheet off the screen; the map is where it was, as it was.
  shut() {
    const { map, box } = this.shown;
    box.prepend(this.holder);
    this.leave();
    map.invalidateSize({ pan: false });
    map.setView(this.before.at, this.before.zoom, { animate: false });
    this.shown.paper = null;
    this.from.focus();
  }

  leave() {
    this.shown.map.off("unload", this.gone);
    document.removeEventListener("keydown", this.key);
    window.removeEventListener("resize", this.fit);
    document.body.classList.remove("kz-printing");
    [...document.body.children].forEach((one) => { one.inert = false; });
    this.element.remove();
  }
}

export async function openSheet(shown, from) {
  if (shown.paper) { return; }
  await new Paper(shown, from).open();
}
