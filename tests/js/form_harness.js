// A form on a page with nothing around it, for tests/test_field_form*.py.
import { drawForm } from "/field/app/js/form/form.js";
import { checkAnswers } from "/field/app/js/check.js";
const types = await (await fetch("/types.json")).json();
const rows = new Map();
window.dropped = [];
window.opened = [];
const hex = (n) => [...Array(64)].map((_, at) => ((n * 7 + at) % 16).toString(16)).join("");
const picture = Uint8Array.from(atob("R0lGODlhAQABAIAAAGSWyAAAACwAAAAAAQABAAACAkQBADs="), (one) => one.charCodeAt(0));
let count = 0;
const photos = {
  list: async (path) => [...rows.values()].filter((one) => one.path === path),
  take: async (files, path) => [...files].map((file) => {
    if (file.name.includes("broken")) { throw Object.assign(new Error(), { words: { ja: "空き容量がありません。", en: "No room." } }); }
    count += 1;
    const row = { id: hex(count), owner: "d", path };
    rows.set(row.id, row);
    return row;
  }),
  drop: async (id) => { window.dropped.push(id); rows.delete(id); },
  back: async (row) => { rows.set(row.id, row); },
  url: () => URL.createObjectURL(new Blob([picture], { type: "image/gif" })),
};
window.begin = (id, answers = {}, more = {}) => {
  const type = types.find((one) => one.id === id) ?? id;
  const place = document.getElementById("form");
  place.replaceChildren();
  window.first = Object.freeze({
    id: "d" + Math.random(), type: type.id, answers: Object.freeze(answers), withheld: [], open: "", place: null, ...more,
  });
  window.draft = window.first;
  window.saves = 0;
  window.form = drawForm(place, {
    type, types, draft: window.first, photos,
    onChange: (next) => { if (next === window.draft) { throw new Error("the same draft"); } window.draft = next; window.saves += 1; },
    onOpen: (path) => window.opened.push(path), drawPlace: () => undefined,
  });
};
window.checked = (id) => checkAnswers(types.find((one) => one.id === id), window.draft.answers);
window.ready = true;
