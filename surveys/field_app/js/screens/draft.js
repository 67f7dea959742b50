// The form of one record: kept at every answer, and gone on with where it was.

import { askSure } from "../asking.js";
import { button, setSub } from "../chrome.js";
import { sayTime } from "../clock.js";
import { finishDraft, saveDraft } from "../drafts.js";
import { el, fill } from "../dom.js";
import { drawForm } from "../form/form.js";
import { freePhotoUrls, photoUrl, takePhoto } from "../photos.js";
import { askPlace } from "../placing.js";
import { away } from "../places.js";
import { askThingPoint, withPoint } from "./thing_point.js";
import { tiedHere, tieCard } from "./tie.js";
import { say, t } from "../words.js";

/** @typedef {import("../context").Context} Context */
/** @typedef {import("../types").Draft} Draft */

const SAME_M = 20;
const AGAIN_MS = 5000;

/** @type {import("../context").Screen} */
export async function drawDraft(context, id) {
  const found = await context.store.draft(id);
  const type = found && context.type(found.type);
  if (found && !type) {
    context.head({ title: found.title || t("書きかけ", "A draft"), back: "#/" });
    context.foot(button(t("入れるものをかえる", "Change what is on this device"), "#/walk"));
    fill(context.main, el("p", { class: "card warn" }, t("この書きかけの調査票は、いまこの端末に入っていない。書いたものは残っている。もう一度この端末に入れると開ける。",
      "This draft's form is not on this device now. What was written is kept; put the town on this device anew to open it.")));
    return undefined;
  }
  if (!found || !type) {
    const row = await context.store.outboxRow(id);
    if (row) { context.go(`#/saved/${encodeURIComponent(row.id)}`); return undefined; }
    context.head({ title: t("この書きかけはない", "No such draft"), back: "#/" });
    context.foot(button(t("一覧にもどる", "Back to the list"), "#/"));
    fill(context.main, el("p", {}, t("保存したか、捨てたものです。", "It was saved or thrown away.")));
    return undefined;
  }
  const hold = await holdDraft(id);
  if (!hold) {
    context.head({ title: found.title || say(type.sheet), back: "#/" });
    context.foot(button(t("もう一度開く", "Try again"), () => context.again()), button(t("一覧へ", "To the list"), "#/"));
    fill(context.main, el("p", { class: "card warn" }, t("この書きかけは、ほかの画面（タブ）で開いている。そちらで書くか、閉じてからもう一度開く。", "This draft is open in another tab. Write there, or close it and try again.")));
    return undefined;
  }
  const close = openForm(context, found, type, await tiedHere(context));
  return () => { close(); hold(); };
}

/**
 * Hold a draft for this screen alone: two tabs would overwrite each other's answers.
 * @param {string} id @returns {Promise<(() => void) | null>} how to let go; `null` when another tab has it
 */
function holdDraft(id) {
  if (!navigator.locks) { return Promise.resolve(() => {}); }
  return new Promise((resolve) => {
    navigator.locks.request(`kayoi-draft-${id}`, { ifAvailable: true }, (lock) => {
      if (!lock) { resolve(null); return undefined; }
      return new Promise((release) => { resolve(() => release(undefined)); });
    });
  });
}

/** @param {Context} context @param {Draft} first @param {import("../types").RecordType} type @param {Set<string>} taken */
function openForm(context, first, type, taken) {
  /** @type {Draft} */
  let draft = first;
  const desk = keeping(context, () => draft, (kept) => { draft = kept; });
  context.head({ title: draft.title || say(type.sheet), sub: t(`この端末に保存した ${sayTime(draft.touched_at)}`, `Kept on this device ${sayTime(draft.touched_at)}`), back: "#/" });
  const place = el("div", {});
  const tie = tieCard(context, taken, () => draft, (next) => desk.keep(next), (lon, lat) => {
    desk.keep({ ...draft, place: { type: "Point", coordinates: [lon, lat] }, position: { by: "hand", lon, lat, accuracy_m: 0, count: 0, at: new Date().toISOString() } });
    form.setDraft(draft);
    if (ground) { drawPlace(ground); }
  });
  fill(context.main, tie.node, place);
  /** @type {{remove(): void} | null} */
  let asked = null;
  /** @type {HTMLElement | null} */
  let ground = null;
  let wanted = false;
  const drawPlace = (/** @type {HTMLElement} */ at) => {
    ground = at;
    asked?.remove();
    asked = null;
    if (type.log && !draft.place && !wanted) {
      // A log needs no place: its map is opened by who wants one.
      const open = button(t("場所をつける", "Add a place"), () => { wanted = true; drawPlace(at); }, { class: "plain" });
      fill(at, open);
      return;
    }
    asked = context.pack ? askPlace(at, {
      type, draft, pack: context.pack, here: context.here(),
      onChange: (shape, position) => {
        desk.keep({ ...draft, place: shape, position });
        form.setDraft(draft);
        tie.redraw();
      },
      nearby: (point) => nearby(context, draft, point),
      onChoose: (site) => { context.go(`#/site/${encodeURIComponent(site)}`); },
    }) : null;
  };
  const form = drawForm(place, {
    type, draft, types: context.pack?.types ?? [type],
    photos: photoDesk(context, () => draft),
    onChange: (next) => desk.keep({ ...next, place: draft.place, position: draft.position, open: draft.open, tied: draft.tied, note: draft.note }),
    onOpen: async (path) => {
      if (!path.endsWith("/point")) { desk.keep({ ...draft, open: path }); return; }
      const point = await askThingPoint(context, draft, type, path);
      if (point === undefined) { return; }
      desk.keep(withPoint(draft, path, point));
      form.setDraft(draft);
    },
    drawPlace,
  });
  form.show(draft.open);
  const save = async () => {
    await form.close();
    await desk.settled();
    const came = isNowhere(draft, type) ? { faults: [NOWHERE] } : await finishDraft(context.store, draft, type);
    if ("faults" in came) {
      form.showFaults(came.faults);
      context.tell(t("直す所がある。書いたものは残っている。", "Something needs mending; nothing is lost."));
      return;
    }
    desk.stop();
    // Whoever went elsewhere meanwhile is not called back.
    if (!location.hash.includes(encodeURIComponent(draft.id))) { return; }
    location.replace(`#/saved/${encodeURIComponent(came.row.id)}`);
  };
  context.foot(button(t("捨てる", "Throw away"), () => throwAway(context, draft, desk.stop), { class: "plain" }),
    button(t("保存する", "Save"), save, { class: "full" }));
  return () => { asked?.remove(); freePhotoUrls(); desk.leave(); };
}

/** @type {import("../types").Fault} */
const NOWHERE = { path: "place", words: {
  ja: "場所か名前のどちらかを入れてください。ないと、事務所でどこのことか分かりません。",
  en: "Give a place or a name: without either the office cannot tell where this is.",
} };

/** The office holds what could be found by neither place nor name. @param {Draft} draft @param {import("../types").RecordType} type */
function isNowhere(draft, type) {
  return type.pin_needed && !draft.place && !draft.answers["name"];
}

/**
 * Keeps each answer in turn: the newest is never overtaken by an older one.
 * @param {Context} context @param {() => Draft} now @param {(draft: Draft) => void} set
 */
function keeping(context, now, set) {
  /** @type {Promise<void>} */
  let queue = Promise.resolve();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again;
  const write = async () => {
    clearTimeout(again);
    again = undefined;
    try {
      const kept = await saveDraft(context.store, now());
      setSub(t(`この端末に保存した ${sayTime(kept.touched_at)}`, `Kept on this device ${sayTime(kept.touched_at)}`));
    } catch (error) {
      const words = /** @type {{words?: import("../types").Words}} */ (error).words;
      setSub(t("まだ保存できていない", "Not kept yet"));
      context.tell(words ? say(words) : t("この答えを保存できませんでした。くり返しためしています。画面を閉じないでください。", "This answer is not kept yet. It is tried again and again; keep the screen open."));
      again = setTimeout(() => { queue = queue.then(write); }, AGAIN_MS);
    }
  };
  return {
    /** Done when the device holds it, or said that it does not yet. @param {Draft} next @returns {Promise<void>} */
    keep(next) {
      set(next);
      queue = queue.then(write);
      return queue;
    },
    settled: () => queue,
    /** No more tries: the draft became a record, or was thrown away. */
    stop: () => { clearTimeout(again); again = undefined; },
    /** One last try for what is not kept yet; the screen that is opened next may write newer answers. */
    leave: () => {
      if (again) { queue = queue.then(write).then(() => clearTimeout(again)); }
    },
  };
}

/** @param {Context} context @param {() => Draft} now */
function photoDesk(context, now) {
  return {
    /** @param {string} path */
    list: async (path) => (await context.store.photosOf(now().id)).filter((one) => one.path === path),
    /** @param {FileList} files @param {string} path */
    take: async (files, path) => {
      const taken = [];
      for (const file of files) { taken.push(await takePhoto(context.store, file, now().id, path)); }
      return taken;
    },
    /** @param {string} id @param {string} path */
    drop: (id, path) => context.store.dropPhoto(id, now().id, path),
    /** @param {import("../types").PhotoRow} row */
    back: (row) => context.store.putPhoto(row),
    /** @param {import("../types").PhotoRow} row @param {boolean} thumb */
    url: (row, thumb) => photoUrl(row, { thumb }),
  };
}

/** @param {Context} context @param {Draft} draft @param {{lon: number, lat: number}} point */
function nearby(context, draft, point) {
  if (!draft.fresh) { return []; }
  const at = { by: /** @type {const} */ ("hand"), lon: point.lon, lat: point.lat, accuracy_m: 0, count: 0, at: "" };
  return (context.pack?.sites ?? []).filter((site) => site.type === draft.type && (away(site, at) ?? Infinity) <= SAME_M);
}

/** @param {Context} context @param {Draft} draft @param {() => void} stop */
async function throwAway(context, draft, stop) {
  const photos = (await context.store.photosOf(draft.id)).length;
  const count = Object.keys(draft.answers).length;
  const sure = await askSure(context.main, t(
    `書きかけ（答え${count}つ・写真${photos}枚）を捨てますか。元にもどせません。`,
    `Throw away this draft (${count} answers, ${photos} photos)? It cannot be brought back.`), { no: t("書きつづける", "Go on writing") });
  if (!sure) { return; }
  stop();
  await context.store.dropDraft(draft.id);
  context.tell(t("捨てた", "Thrown away"));
  context.go("#/");
}
