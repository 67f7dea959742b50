// How the base map looks: the same colours and rules as the pages' maps (layers/maps/palette.py,
// layers/assets/src/kayoi.js). Written again here because the pages' script is a classic one in
// another frame, while this app carries only what it needs; a test holds the two together.

export const COLOURS = {
  paper: "#FBF9F4", land: "#F6F3EC", sea: "#DDE7EC", casing: "#D8D1C1", path: "#CFC8B8",
  street: "#FFFFFF", wood: "#E3E9D9", building: "#E8E2D5", rail: "#A8A295", ink: "#20242E",
  ink2: "#565C66", card: "#FFFFFF", indigo: "#264A82", indigo_deep: "#17325F",
  vermilion: "#B8431A", edge: "#8B8677",
};
const GREEN_NAME = "#2B6A45";
const FONT = "'Hiragino Sans','BIZ UDPGothic','Yu Gothic UI','Noto Sans JP','Noto Sans CJK JP',sans-serif";
/** Rank of a road and its width in pixels at zoom 16. @type {[number, number][]} */
const WAYS = [[1, 9], [2, 7.5], [3, 6.5], [4, 5], [5, 2.6]];

/** @typedef {{props: Record<string, any>}} Feature */
/** @typedef {(zoom: number, feature: Feature) => boolean} Filter */

/** @param {any} P protomaps-leaflet */
export function paintRules(P) {
  const c = COLOURS;
  const width = (/** @type {number} */ w) => (/** @type {number} */ z) => Math.max(0.6, w * 2 ** (Math.min(z, 19) - 16));
  const fill = (/** @type {string} */ colour, /** @type {string} */ kind, minzoom = 0) => ({
    dataLayer: "base", minzoom, filter: is(kind), symbolizer: new P.PolygonSymbolizer({ fill: colour }),
  });
  const line = (/** @type {Filter} */ filter, /** @type {object} */ options, minzoom = 0) => ({
    dataLayer: "base", minzoom, filter, symbolizer: new P.LineSymbolizer(options),
  });
  return [
    fill(c.land, "land"), fill(c.wood, "green"), fill(c.sea, "water"), fill(c.building, "building", 15),
    line(is("river"), { color: c.sea, width: width(4) }),
    line(is("path"), { color: c.path, width: 1.4, dash: [4, 3] }, 15),
    line(is("steps"), { color: c.edge, width: 3, dash: [1.5, 1.5] }, 15),
    ...WAYS.map(([rank, w]) => line(road(rank),
      { color: c.casing, width: (/** @type {number} */ z) => width(w)(z) + 1.6 }, rank > 3 ? 14 : 0)).reverse(),
    ...WAYS.map(([rank, w]) => line(road(rank), { color: c.street, width: width(w) }, rank > 3 ? 13 : 0)).reverse(),
    line(is("rail"), { color: c.rail, width: 2.2 }),
    line(is("rail"), { color: c.street, width: 1, dash: [6, 6] }, 13),
  ];
}

/** @param {any} P protomaps-leaflet */
export function labelRules(P) {
  const c = COLOURS;
  const text = { labelProps: ["name"], fill: c.ink, stroke: c.card, width: 3 };
  const named = (/** @type {Filter} */ filter) => (/** @type {number} */ z, /** @type {Feature} */ f) => filter(z, f) && Boolean(f.props.name);
  const street = (/** @type {number} */ _z, /** @type {Feature} */ f) => f.props.k === "road" && f.props.rank <= 3;
  return [
    { dataLayer: "base", filter: named(is("place")), minzoom: 13,
      symbolizer: new P.CenteredTextSymbolizer({ ...text, font: `600 14px ${FONT}` }) },
    { dataLayer: "base", filter: named(is("green")), minzoom: 16,
      symbolizer: new P.CenteredTextSymbolizer({ ...text, fill: GREEN_NAME, font: `500 14px ${FONT}` }) },
    { dataLayer: "base", filter: named(street), minzoom: 16,
      symbolizer: new P.LineLabelSymbolizer({ ...text, fill: c.ink2, font: `500 14px ${FONT}` }) },
  ];
}

/** @param {string} kind @returns {Filter} */
function is(kind) { return (_z, f) => f.props.k === kind; }

/** @param {number} rank @returns {Filter} */
function road(rank) { return (_z, f) => f.props.k === "road" && f.props.rank === rank; }
