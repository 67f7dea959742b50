// Numbers and values written as the server writes them in its messages, and rounded as it rounds.

/** @typedef {import("./types").Json} Json */

const EXACT = 100;
const UNSEEN = /[\p{C}\p{Z}]/u;
/** @type {Record<string, string>} */
const ESCAPES = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * The digits of a positive number cut to `keep` of them, a half going to the even digit.
 * @param {number} value @param {number} keep
 * @returns {{digits: bigint, power: number}} `digits` × 10 ^ `power`
 */
function roundDigits(value, keep) {
  const [mantissa = "0", exponent = "0"] = value.toExponential(EXACT).split("e");
  const all = mantissa.replace(".", "");
  const power = Number(exponent) - keep + 1;
  if (keep < 0) { return { digits: 0n, power }; }
  const head = BigInt(all.slice(0, keep) || "0");
  const rest = all.slice(keep).padEnd(EXACT + 1, "0");
  const half = "5".padEnd(rest.length, "0");
  const up = rest > half || (rest === half && head % 2n === 1n);
  return { digits: up ? head + 1n : head, power };
}

/**
 * Round to decimals on the exact binary value, halves to even.
 * @param {number} value @param {number} decimals @returns {number}
 */
export function roundTo(value, decimals) {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size >= 2 ** 53 || size === 0) { return value; }
  const exponent = Number(size.toExponential(EXACT).split("e")[1]);
  const { digits, power } = roundDigits(size, exponent + 1 + decimals);
  const rounded = Number(`${digits}e${power}`);
  return value < 0 && rounded ? -rounded : rounded;
}

/** @param {string} digits @param {number} power @returns {string} */
function writePower(digits, power) {
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** A number in full. @param {number} value @returns {string} */
export function writeNumber(value) {
  if (Number.isNaN(value)) { return "nan"; }
  if (!Number.isFinite(value)) { return value > 0 ? "inf" : "-inf"; }
  const size = Math.abs(value);
  if (size === 0 || size >= 1e-4) { return String(value); }
  const [mantissa = "0", power = "0"] = size.toExponential().split("e");
  return (value < 0 ? "-" : "") + writePower(mantissa.replace(".", ""), Number(power));
}

/** A number with commas at the thousands. @param {number} value @returns {string} */
export function writeThousands(value) {
  const plain = writeNumber(value);
  const found = /^(-?)([0-9]+)(.*)$/u.exec(plain);
  if (!found) { return plain; }
  return found[1] + (found[2] ?? "").replace(/\B(?=([0-9]{3})+$)/gu, ",") + found[3];
}

/**
 * Any value as the server's messages repeat it: texts in quotes, True, None.
 * @param {unknown} value @returns {string}
 */
export function writeValue(value) {
  if (value === null || value === undefined) { return "None"; }
  if (typeof value === "boolean") { return value ? "True" : "False"; }
  if (typeof value === "number") { return Object.is(value, -0) ? "0" : writeNumber(value); }
  if (typeof value === "string") { return writeText(value); }
  if (Array.isArray(value)) { return `[${value.map(writeValue).join(", ")}]`; }
  const parts = Object.entries(value).map(([key, one]) => `${writeText(key)}: ${writeValue(one)}`);
  return `{${parts.join(", ")}}`;
}

/** @param {string} text @returns {string} */
function writeText(text) {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = "";
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    if (sign === quote) { out += `\\${sign}`; }
    else if (ESCAPES[sign]) { out += ESCAPES[sign]; }
    else if (sign === " " || !UNSEEN.test(sign)) { out += sign; }
    else if (code < 0x100) { out += `\\x${code.toString(16).padStart(2, "0")}`; }
    else if (code < 0x10000) { out += `\\u${code.toString(16).padStart(4, "0")}`; }
    else { out += `\\U${code.toString(16).padStart(8, "0")}`; }
  }
  return quote + out + quote;
}
