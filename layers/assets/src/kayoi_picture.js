// A picture for a slide: shown as it will be, saved as SVG, or as PNG with the fonts of who saves it.
function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

const asSvg = (svg) => new Blob([svg], { type: "image/svg+xml" });

async function asPng({ svg, width, height }) {
  const image = new Image();
  image.src = URL.createObjectURL(asSvg(svg));
  try {
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    canvas.getContext("2d").drawImage(image, 0, 0, width, height);
    return await new Promise((done, fail) => { canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png"); });
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

function begin(box) {
  const image = Object.assign(document.createElement("img"), { className: "kz-picture-shown" });
  const row = Object.assign(document.createElement("div"), { className: "kz-picture-row" });
  const made = ["svg", "png"].map((kind) => Object.assign(document.createElement("button"), { type: "button", className: "kz-button", value: kind }));
  const said = Object.assign(document.createElement("span"), { className: "kz-note" });
  said.setAttribute("role", "status");
  row.append(...made, said);
  box.append(image, row);
  const shown = { image, made, said, data: null };
  const press = async (kind) => {
    const { data } = shown;
    try {
      save(kind === "svg" ? asSvg(data.svg) : await asPng(data), `${data.name}.${kind}`);
      said.textContent = data.words.saved;
    } catch {
      said.textContent = data.words.not_saved;
    }
  };
  made.forEach((one) => one.addEventListener("click", () => press(one.value)));
  return shown;
}

export function show({ parentElement, data }) {
  let box = parentElement.querySelector(".kz-picture");
  if (!box) {
    box = Object.assign(document.createElement("div"), { className: "kz-picture" });
    parentElement.append(box);
    box.kayoi = begin(box);
  }
  const shown = box.kayoi;
  if (shown.data && shown.data.svg === data.svg && shown.data.words.svg === data.words.svg) { return undefined; }
  if (shown.image.src) { URL.revokeObjectURL(shown.image.src); }
  shown.data = data;
  shown.image.alt = data.words.picture;
  shown.image.src = URL.createObjectURL(asSvg(data.svg));
  shown.made.forEach((one) => { one.textContent = data.words[one.value]; });
  shown.said.textContent = "";
  return undefined;
}
