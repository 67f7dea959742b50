// Where the device is: fixes of its receiver, their average, and how far and which way things are.

import { t } from "./words.js";

/** @typedef {import("./types").Position} Position */
/** @typedef {import("./types").Words} Words */
/** @typedef {{lon: number, lat: number}} Spot */
/** One fix of the receiver; `accuracy_m` is the radius of 68 % as it claims it.
 *  @typedef {{lon: number, lat: number, accuracy_m: number, at: string}} Fix */

const EARTH_M = 6371008.8;
const RADIANS = Math.PI / 180;
// Fixes that claim to be much worse than the best one only pull the average away.
const WORST_TO_BEST = 3;
// No receiver of a tablet is better; a claim of nought would outweigh every other fix.
const BEST_M = 1;
// The share of a fix's variance that is the same in the next fix (satellites, reflections).
const SHARED = 0.25;
const CAUTION_M = 30;
const UNUSABLE_M = 100;
const WAIT_MS = 30_000;

/** Degrees as they are kept: 7 decimals, about a centimetre. @param {number} degrees */
export function kept(degrees) { return Math.round(degrees * 1e7) / 1e7; }

/**
 * Average the fixes of one receiver, weighing each by 1/accuracy².
 *
 * The radius follows from one assumption: of each fix's variance a quarter is shared by all
 * (the same satellites, the same reflecting wall), three quarters are its own. With the weights
 * w = 1/a² the mean's variance is then
 *     ¼ · (Σ 1/a ÷ Σ 1/a²)² + ¾ · (1 ÷ Σ 1/a²).
 * One fix keeps its own radius; however many are taken, the radius stays at least half of the
 * best fix's, where independent fixes would promise 1/√n. Where fixes lie farther apart than
 * they claim to be accurate, the receiver is too sure of itself (or its bearer walked), and the
 * radius grows by that ratio.
 * @param {Fix[]} fixes
 * @returns {Position | null}
 */
export function averageFixes(fixes) {
  const usable = fixes.filter(isUsable).map((fix) => ({ ...fix, a: Math.max(BEST_M, fix.accuracy_m) }));
  const best = Math.min(...usable.map(({ a }) => a));
  const taken = usable.filter(({ a }) => a <= WORST_TO_BEST * best);
  if (!taken.length) { return null; }
  const weight = sum(taken.map(({ a }) => a ** -2));
  const mean = (/** @type {(fix: Fix) => number} */ of) => sum(taken.map((fix) => of(fix) * fix.a ** -2)) / weight;
  const at = { lon: mean((fix) => fix.lon), lat: mean((fix) => fix.lat) };
  const typical = sum(taken.map(({ a }) => 1 / a)) / weight;
  const radius = Math.sqrt(SHARED * typical ** 2 + (1 - SHARED) / weight);
  const apart = Math.sqrt(mean((fix) => distanceM(at, fix) ** 2));
  return {
    by: "gps", lon: kept(at.lon), lat: kept(at.lat), count: taken.length,
    accuracy_m: Math.round(10 * radius * Math.max(1, apart / typical)) / 10,
    at: taken.reduce((latest, fix) => (fix.at > latest ? fix.at : latest), ""),
  };
}

/** @param {Fix} fix */
function isUsable(fix) {
  return [fix.lon, fix.lat, fix.accuracy_m].every(Number.isFinite) && fix.accuracy_m >= 0
    && Math.abs(fix.lat) <= 90 && Math.abs(fix.lon) <= 180;
}

/** @param {number[]} numbers */
function sum(numbers) { return numbers.reduce((total, one) => total + one, 0); }

/**
 * Follow the device until the answer is called. The listener gets each fix, or why there is none.
 * @param {(position: Position | null, trouble: Words | null) => void} listener
 * @returns {() => void}
 */
export function watchHere(listener) {
  const receiver = globalThis.navigator?.geolocation;
  const trouble = globalThis.isSecureContext === false ? TROUBLES.http : receiver ? null : TROUBLES.missing;
  let over = false;
  if (trouble) {
    queueMicrotask(() => { if (!over) { listener(null, trouble); } });
    return () => { over = true; };
  }
  const id = receiver.watchPosition(
    (fix) => { if (!over) { listener(asPosition(fix), null); } },
    (error) => { if (!over) { listener(null, troubleOf(error.code)); } },
    { enableHighAccuracy: true, maximumAge: 0, timeout: WAIT_MS },
  );
  return () => { over = true; receiver.clearWatch(id); };
}

/** @param {GeolocationPosition} fix @returns {Position} */
function asPosition({ coords, timestamp }) {
  return {
    by: "gps", lon: kept(coords.longitude), lat: kept(coords.latitude),
    accuracy_m: Math.round(10 * coords.accuracy) / 10, count: 1, at: new Date(timestamp).toISOString(),
  };
}

/** @param {number} code as GeolocationPositionError counts them @returns {Words} */
function troubleOf(code) {
  return code === 1 ? TROUBLES.refused : code === 3 ? TROUBLES.late : TROUBLES.missing;
}

const TROUBLES = {
  refused: {
    ja: "位置を使うことが許されていません。端末の設定でこのページの「位置情報」を許すか、地図で決めてください。",
    en: "This page is not allowed to use the position. Allow “location” in the device's settings, or choose on the map.",
  },
  missing: {
    ja: "いまは位置がわかりません。空が見える所でもう一度ためすか、地図で決めてください。",
    en: "The position is not known now. Try again under open sky, or choose on the map.",
  },
  late: {
    ja: "位置がまだ届きません。空が見える所で少し待つか、地図で決めてください。",
    en: "No position has arrived yet. Wait a little under open sky, or choose on the map.",
  },
  http: {
    ja: "このアドレスは暗号化されていない（http）ため、位置を使えません。https のアドレスで開くか、地図で決めてください。",
    en: "This address is not encrypted (http), so the position cannot be used. Open the https address, or choose on the map.",
  },
};

/**
 * Judge how good a fix is: above 30 m it needs care, above 100 m it had better not be used.
 * @param {number} accuracy_m
 * @returns {{level: "good" | "caution" | "bad", words: Words | null}}
 */
export function judgeFix(accuracy_m) {
  if (accuracy_m <= CAUTION_M) { return { level: "good", words: null }; }
  const about = sayDistance(accuracy_m);
  if (accuracy_m <= UNUSABLE_M) {
    return { level: "caution", words: {
      ja: `位置のずれが${about}ほどあるかもしれません。続けて測るか、地図で確かめてください。`,
      en: `The position may be off by about ${about}. Keep measuring, or check it on the map.`,
    } };
  }
  return { level: "bad", words: {
    ja: `位置のずれが${about}ほどあるかもしれません。この位置は使わず、地図で決めることをすすめます。`,
    en: `The position may be off by about ${about}. Better not to use it: choose on the map.`,
  } };
}

/** How a position was found: 「12回・半径4m」. @param {Position} position @returns {Words} */
export function sayPosition(position) {
  if (position.by === "hand") { return { ja: "手入力", en: "by hand" }; }
  const radius = sayDistance(Math.max(1, position.accuracy_m));
  return { ja: `${position.count}回・半径${radius}`, en: `${position.count} fixes, radius ${radius}` };
}

/** Metres on the sphere. @param {Spot} a @param {Spot} b */
export function distanceM(a, b) {
  const north = (b.lat - a.lat) * RADIANS;
  const east = (b.lon - a.lon) * RADIANS;
  const h = Math.sin(north / 2) ** 2
    + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * Math.sin(east / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Degrees clockwise from north, 0 ≤ bearing < 360. @param {Spot} a @param {Spot} b */
export function bearing(a, b) {
  const east = (b.lon - a.lon) * RADIANS;
  const [from, to] = [a.lat * RADIANS, b.lat * RADIANS];
  const x = Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(east);
  const turned = Math.atan2(Math.sin(east) * Math.cos(to), x) / RADIANS;
  return (turned + 360) % 360;
}

/** @type {Words[]} */
const DIRECTIONS = [
  { ja: "北", en: "north" }, { ja: "北東", en: "north-east" }, { ja: "東", en: "east" },
  { ja: "南東", en: "south-east" }, { ja: "南", en: "south" }, { ja: "南西", en: "south-west" },
  { ja: "西", en: "west" }, { ja: "北西", en: "north-west" },
];

/** @param {number} degrees @returns {Words} */
export function sayDirection(degrees) {
  const eighth = Math.round((((degrees % 360) + 360) % 360) / 45) % 8;
  return /** @type {Words} */ (DIRECTIONS[eighth]);
}

/** 8m, 120m, 1.2km, 12km: never more exact than it is known. @param {number} metres */
export function sayDistance(metres) {
  if (metres < 99.5) { return `${Math.round(metres)}m`; }
  if (metres < 995) { return `${Math.round(metres / 10) * 10}m`; }
  return metres < 9950 ? `${(metres / 1000).toFixed(1)}km` : `${Math.round(metres / 1000)}km`;
}

/** How far it is as the crow flies, said as such: nobody walks it so. @param {number} metres */
export function sayStraight(metres) { return t(`直線で${sayDistance(metres)}`, `${sayDistance(metres)} in a straight line`); }
