// Signs nobody sees, made visible, and texts that run the other way kept apart: the twin of
// geo/base/marks.py, held to it by tests/vectors/marks.json.

const RIGHT = "\\u0590-\\u060f\\u061b\\u061d-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}";
const JOINERS = "\\u200c\\u200d";
// Where the joiners are spelling: Arabic and Indic scripts, and emoji made of several.
const JOINED = "\\u0600-\\u1cff\\ua840-\\uabff\\u2190-\\u2bff\\ufe0f\\u{1f000}-\\u{1faff}";
const RUN = `[${RIGHT}](?:[${RIGHT}${JOINERS} '\\-]*[${RIGHT}])?`;
const UNSEEN = "\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e"
  + "\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb"
  + "\\u{e0001}\\u{e0020}-\\u{e007f}";
const FLAG = "\\u{1f3f4}[\\u{e0020}-\\u{e007f}]+";
const SEEN_TO = new RegExp(
  `(\\u2068${RUN}\\u2069|${FLAG}|[${JOINED}][${JOINERS}])|(${RUN})|[${UNSEEN}]`, "gu",
);

/** A text as the screen shows it; done twice it is the same. @param {string} text @returns {string} */
export function shown(text) {
  return text.replace(SEEN_TO, (/** @type {string} */ found, /** @type {string | undefined} */ kept, /** @type {string | undefined} */ run) => {
    if (kept) { return kept; }
    if (run) { return `\u2068${run}\u2069`; }
    return `［U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}］`;
  });
}
