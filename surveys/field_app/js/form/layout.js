// How many answers stand beside one another, by the length of their words.

// Widths of a choice's row on a telephone and on a tablet, and what a button takes besides its words.
const NARROW = 350;
const WIDE = 560;
const BESIDE = 16;
const FONT = 19;

/**
 * Classes that tell how many columns fit: `n2` on a narrow row, `w4` on a wide one; `joined` and
 * `wjoined` where one joined row holds all.
 * @param {string[]} labels @returns {string}
 */
export function columnsOf(labels) {
  const longest = Math.max(1, ...labels.map(widthOf));
  const n = fit(NARROW, longest, labels.length);
  const w = fit(WIDE, longest, labels.length);
  return [`n${n}`, `w${w}`, n >= labels.length ? "joined" : "", w >= labels.length ? "wjoined" : ""].filter(Boolean).join(" ");
}

/** @param {number} room @param {number} longest @param {number} count @returns {number} */
function fit(room, longest, count) {
  const most = Math.max(1, Math.min(4, Math.floor(room / (longest * FONT + BESIDE))));
  if (count <= most) { return count; }
  // Five in rows of three and two look better than four and one.
  const rows = Math.ceil(count / most);
  return Math.max(Math.min(2, most), Math.ceil(count / rows));
}

/** Ems a text takes; two lines are allowed beyond eight. @param {string} text @returns {number} */
function widthOf(text) {
  const ems = [...text].reduce((sum, sign) => sum + ((sign.codePointAt(0) ?? 0) < 0x1100 ? 0.58 : 1), 0);
  return ems > 8 ? Math.max(6, ems / 2 + 1) : ems;
}
