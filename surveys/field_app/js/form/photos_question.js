// Photos of a question: taken or chosen, captioned, taken away and brought back.

import { el, figure, fill } from "../dom.js";
import { t } from "../words.js";
import { drawUndo } from "./undo.js";
import { lineBox, moveOnByEnter, showIn, whenTyped } from "./typing.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../types").Json} Json */
/** @typedef {import("../types").PhotoAnswer} PhotoAnswer */
/** @typedef {import("../types").PhotoRow} PhotoRow */
/** @typedef {import("./choice.js").Body} Body */

/** @param {Json | undefined} value @returns {PhotoAnswer[]} */
function photosOf(value) {
  return Array.isArray(value) ? /** @type {any[]} */ (value).filter((one) => typeof one?.id === "string") : [];
}

/** @param {Desk} desk @param {string} path @param {string} id @returns {Body} */
export function askPhotos(desk, path, id) {
  const board = new Board(desk, path, id);
  const take = fileButton(id, true, board);
  const choose = fileButton(`${id}-choose`, false, board);
  void board.read();
  return {
    nodes: [board.trouble, el("div", { class: "photos" }, board.shots, board.waiting, take), choose, board.undo.node],
    refresh: () => board.draw(), control: "",
  };
}

/** @param {string} id @param {boolean} camera @param {Board} board */
function fileButton(id, camera, board) {
  const input = el("input", { type: "file", id, class: "file", accept: "image/*", capture: camera ? "environment" : null, multiple: !camera });
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    // Emptied at once: the same picture may be chosen again.
    input.value = "";
    void board.take(files);
  });
  return camera
    ? el("label", { class: "shoot" }, figure("camera", 40), el("span", {}, t("写真をとる", "Take a photo")), input)
    : el("label", { class: "act whole filechoice" }, t("この端末の写真から選ぶ", "Choose from this device"), input);
}

/** The pictures of one question on the screen. */
class Board {
  /** @param {Desk} desk @param {string} path @param {string} id */
  constructor(desk, path, id) {
    this.desk = desk;
    this.path = path;
    this.id = id;
    this.shots = el("div", { class: "shots" });
    this.waiting = el("div", { class: "shots", "aria-live": "polite" });
    this.trouble = el("p", { class: "q-fault", role: "alert", hidden: true });
    this.undo = drawUndo(desk, path);
    /** @type {Map<string, PhotoRow>} */
    this.rows = new Map();
    /** @type {Map<string, { node: HTMLElement, caption: HTMLInputElement, place: Element }>} */
    this.cards = new Map();
    /** @type {Set<string>} */
    this.gone = new Set();
    this.draw();
  }

  answers() { return photosOf(this.desk.value(this.path)); }

  async read() {
    try { await this.readRows(); } catch (error) { this.tell(error); }
  }

  async readRows() {
    const rows = await this.desk.o.photos.list(this.path);
    rows.forEach((row) => this.rows.set(row.id, row));
    // Kept on the device just before the app was ended: the answer takes it in now.
    this.add(rows.filter((row) => !this.gone.has(row.id)).map((row) => row.id));
    this.draw();
  }

  /** @param {string[]} ids */
  add(ids) {
    const known = new Set(this.answers().map((one) => one.id));
    const fresh = [...new Set(ids)].filter((id) => !known.has(id)).map((id) => ({ id, caption: "" }));
    if (fresh.length > 0) { this.desk.set(this.path, [...this.answers(), ...fresh].map((one) => ({ ...one }))); }
  }

  /** @param {File[]} files */
  async take(files) {
    this.trouble.hidden = true;
    const busy = files.map(() => el("div", { class: "shot busy", role: "status" }, t("写真を入れている…", "Keeping the photo…")));
    this.waiting.append(...busy);
    for (const [at, file] of files.entries()) {
      try {
        const rows = await this.desk.o.photos.take(listOf(file), this.path);
        rows.forEach((row) => { this.rows.set(row.id, row); this.gone.delete(row.id); });
        this.add(rows.map((row) => row.id));
      } catch (error) { this.tell(error); }
      busy[at]?.remove();
    }
    this.draw();
  }

  /** @param {unknown} error */
  tell(error) {
    const words = /** @type {{ words?: { ja: string, en: string } }} */ (error)?.words;
    this.trouble.textContent = words ? t(words.ja, words.en)
      : t("写真を入れられませんでした。もう一度とってください。ほかの答えはそのままです。", "The photo could not be kept. Please take it again; your other answers are as they were.");
    this.trouble.hidden = false;
  }

  draw() {
    const answers = this.answers();
    const ids = new Set(answers.map((one) => one.id));
    for (const [id, card] of this.cards) {
      if (!ids.has(id)) { card.node.remove(); this.cards.delete(id); }
    }
    answers.forEach((one, at) => {
      const card = this.cards.get(one.id) ?? this.makeCard(one);
      if (this.shots.children[at] !== card.node) { this.shots.insertBefore(card.node, this.shots.children[at] ?? null); }
      showIn(card.caption, one.caption ?? "");
      this.showPicture(one.id, card.place, at + 1);
    });
    this.undo.refresh();
  }

  /** @param {PhotoAnswer} one */
  makeCard(one) {
    const caption = lineBox(`${this.id}-${one.id.slice(0, 12)}`, { "aria-label": t("写真の説明", "Caption"), placeholder: t("説明（例：東の入口から）", "Caption"), maxlength: 500 });
    whenTyped(caption, () => {
      const was = this.answers();
      if (was.find((photo) => photo.id === one.id)?.caption !== caption.value) {
        this.desk.set(this.path, was.map((photo) => (photo.id === one.id ? { ...photo, caption: caption.value } : { ...photo })));
      }
    });
    moveOnByEnter(caption);
    const place = el("div", { class: "picture" });
    const off = el("button", { type: "button", class: "act calm", onclick: () => this.remove(one.id) }, t("はずす", "Remove"));
    const node = el("div", { class: "shot" }, place, caption, off);
    const card = { node, caption, place };
    this.cards.set(one.id, card);
    return card;
  }

  /** @param {string} id @param {Element} place @param {number} number */
  showPicture(id, place, number) {
    const row = this.rows.get(id);
    const shown = row ? "picture" : "words";
    if (place.getAttribute("data-shown") === shown) { return; }
    place.setAttribute("data-shown", shown);
    fill(place, row
      ? el("img", { alt: t(`写真 ${number}`, `Photo ${number}`), src: this.desk.o.photos.url(row, true) })
      : el("span", {}, t("事務所にある写真", "Photo kept in the office")));
  }

  /** @param {string} id */
  remove(id) {
    void this.desk.settle();
    const was = this.answers();
    const at = was.findIndex((one) => one.id === id);
    const one = was[at];
    if (!one) { return; }
    this.gone.add(id);
    // At once: were the app ended before the form is, a face that was taken away would come back.
    const row = this.rows.get(id);
    if (row) { this.desk.o.photos.drop(id, this.path).catch((error) => this.tell(error)); }
    const back = async () => {
      try { if (row) { await this.desk.o.photos.back(row); } } catch (error) { this.tell(error); return; }
      this.gone.delete(id);
      const now = this.answers().map((photo) => ({ ...photo }));
      this.desk.set(this.path, [...now.slice(0, at), { ...one }, ...now.slice(at)]);
    };
    this.desk.undo.set(this.path, { words: t("写真を1枚はずした", "One photo removed"), back });
    const left = was.filter((photo) => photo.id !== id).map((photo) => ({ ...photo }));
    this.desk.set(this.path, left.length > 0 ? left : undefined);
    this.undo.focus();
  }
}

/** One file as the list a file input gives. @param {File} file @returns {FileList} */
function listOf(file) {
  const moved = new DataTransfer();
  moved.items.add(file);
  return moved.files;
}
