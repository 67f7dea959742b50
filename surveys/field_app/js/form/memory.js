// Where a person was in a form: kept beside the draft for this tab, so that a reload finds it again.

const KEY = "kayoi-form-";

/**
 * @typedef {object} Memory
 * @property {(view: string) => number | undefined} scroll
 * @property {(view: string, at: number) => void} setScroll
 * @property {(view: string) => boolean} opened
 * @property {(view: string, is: boolean) => void} setOpened
 */

/** @typedef {{ scroll: Record<string, number>, opened: Record<string, boolean> }} Kept */

/**
 * @param {string} name the draft's id
 * @returns {Memory}
 */
export function openMemory(name) {
  const kept = read(name);
  const keep = () => {
    // Where a browser keeps nothing, the form begins at its top: no reason to stop.
    try { sessionStorage.setItem(KEY + name, JSON.stringify(kept)); } catch { /* as said */ }
  };
  return {
    scroll: (view) => kept.scroll[view],
    setScroll(view, at) { kept.scroll[view] = at; keep(); },
    opened: (view) => kept.opened[view] === true,
    setOpened(view, is) { kept.opened[view] = is; keep(); },
  };
}

/** @param {string} name @returns {Kept} */
function read(name) {
  /** @type {Kept} */
  const empty = { scroll: {}, opened: {} };
  try {
    const told = sessionStorage.getItem(KEY + name);
    return told ? { ...empty, .../** @type {Partial<Kept>} */ (JSON.parse(told)) } : empty;
  } catch { return empty; }
}

/**
 * What scrolls around an element: a box of the page, or the page.
 * @param {Element} place @returns {Element}
 */
export function scrollerOf(place) {
  for (let one = place.parentElement; one; one = one.parentElement) {
    if (/^(auto|scroll)$/.test(getComputedStyle(one).overflowY)) { return one; }
  }
  return document.scrollingElement ?? document.documentElement;
}
