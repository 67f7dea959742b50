// What a form holds while it is open: the answers by path, the faults, and who wants to know.

/** @typedef {import("../types").Answers} Answers */
/** @typedef {import("../types").Draft} Draft */
/** @typedef {import("../types").Field} Field */
/** @typedef {import("../types").Json} Json */
/** @typedef {import("../types").PhotoRow} PhotoRow */
/** @typedef {import("../types").RecordType} RecordType */

/**
 * Where the form's photos are kept.
 * @typedef {object} PhotoDesk
 * @property {(path: string) => Promise<PhotoRow[]>} list
 * @property {(files: FileList, path: string) => Promise<PhotoRow[]>} take
 * @property {(id: string, path: string) => Promise<void>} drop
 * @property {(row: PhotoRow) => Promise<void>} back brings a dropped photo back
 * @property {(row: PhotoRow, thumb: boolean) => string} url
 */

/**
 * @typedef {object} FormOptions
 * @property {RecordType} type
 * @property {Draft} draft
 * @property {RecordType[]} types
 * @property {PhotoDesk} photos
 * @property {(draft: Draft) => void} onChange
 * @property {(path: string) => void} onOpen
 * @property {(place: HTMLElement) => void} drawPlace
 * @property {Record<string, string>} [titles] what sites are called, by id
 */

/** @typedef {Record<string, Json>} Thing */

/**
 * The things a list of answers holds; none where it is no list.
 * @param {Json | undefined} value @returns {Thing[]}
 */
export function thingsOf(value) {
  return Array.isArray(value) ? /** @type {Thing[]} */ (value.filter((one) => one !== null && typeof one === "object")) : [];
}

/**
 * @param {Answers} answers @param {string} path @returns {Json | undefined}
 */
export function valueAt(answers, path) {
  const [key = "", id, inner] = path.split("/");
  if (id === undefined) { return answers[key]; }
  const thing = thingsOf(answers[key]).find((one) => one["_id"] === id);
  return inner === undefined ? thing : thing?.[inner];
}

/**
 * New answers with one of them changed; `undefined` takes it away.
 * @param {Answers} answers @param {string} path @param {Json | undefined} value @returns {Answers}
 */
export function withValue(answers, path, value) {
  const [key = "", id, inner] = path.split("/");
  if (id === undefined || inner === undefined) { return put(answers, key, value); }
  const things = thingsOf(answers[key]);
  return put(answers, key, things.map((one) => (one["_id"] === id ? put(one, inner, value) : one)));
}

/** @param {Thing} thing @param {string} key @param {Json | undefined} value @returns {Thing} */
function put(thing, key, value) {
  const { [key]: _gone, ...rest } = thing;
  return value === undefined ? rest : { ...thing, [key]: value };
}

/** The answers of one open form. */
export class Desk {
  /**
   * @param {FormOptions} o
   * @param {import("./memory.js").Memory} memory
   * @param {(path: string) => void} show opens an item's own page, or the site's with ""
   */
  constructor(o, memory, show) {
    this.o = o;
    this.memory = memory;
    this.show = show;
    this.draft = o.draft;
    /** @type {Map<string, string>} */
    this.faults = new Map();
    /** @type {Map<string, Set<() => void>>} */
    this.watchers = new Map();
    /** @type {(() => Promise<void>)[]} */
    this.later = [];
    /** What a list was before its first thing, by its path. @type {Map<string, Json | undefined>} */
    this.began = new Map();
    /** What was taken away and can still be brought back, by the list's path. @type {Map<string, { words: string, back: () => void | Promise<void> }>} */
    this.undo = new Map();
  }

  /** @param {string} path @returns {Json | undefined} */
  value(path) { return valueAt(this.draft.answers, path); }

  /**
   * Answer a question, or take its answer away, and tell the caller at once.
   * @param {string} path @param {Json | undefined} value
   */
  set(path, value) {
    this.draft = { ...this.draft, answers: withValue(this.draft.answers, path, value) };
    this.faults.delete(path);
    this.tell(path);
    this.o.onChange(this.draft);
  }

  /** @param {string} path the item's own page that is open, or "" */
  setOpen(path) {
    if (this.draft.open === path) { return; }
    this.draft = { ...this.draft, open: path };
    this.o.onOpen(path);
  }

  /**
   * @param {string} path "" hears of every change
   * @param {() => void} heard
   */
  watch(path, heard) {
    const all = this.watchers.get(path) ?? new Set();
    this.watchers.set(path, all.add(heard));
  }

  /** Forget those who watched what stands under a path, when their page closes. @param {string} under */
  forget(under) {
    for (const path of [...this.watchers.keys()]) {
      if (path === under || path.startsWith(under + "/")) { this.watchers.delete(path); }
    }
  }

  /** @param {string} path */
  tell(path) {
    const [key = ""] = path.split("/");
    for (const one of new Set([path, key, ""])) {
      for (const heard of this.watchers.get(one) ?? []) { heard(); }
    }
  }

  tellAll() {
    for (const heard of [...this.watchers.values()].flatMap((all) => [...all])) { heard(); }
  }

  /** What was taken away goes for good: nobody can bring it back from here on. */
  async settle() {
    const due = this.later.splice(0);
    const lists = [...this.undo.keys()];
    this.undo.clear();
    lists.forEach((path) => this.tell(path));
    // What could not be let go of is found again, and shown, when the form is next drawn.
    await Promise.allSettled(due.map((one) => one()));
  }

  /** What the type asks here: what stays in the office is left out. @param {Field[]} fields @returns {Field[]} */
  asked(fields) {
    return fields.filter((one) => !this.draft.withheld.includes(one.id));
  }
}
