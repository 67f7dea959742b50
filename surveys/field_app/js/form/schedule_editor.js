// When it meets: a card a rule. What this small editor cannot write is said in words and kept.

import { el, fill } from "../dom.js";
import { dayOf } from "../clock.js";
import { checkSchedule, parseSchedule, saySchedule } from "../schedule.js";
import { sayReading } from "../schedule_days.js";
import { say, t } from "../words.js";
import { UNKNOWN, pickButton, pickers, sayUnknown } from "./choice.js";
import { keepOption, option } from "./when.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../types").Field} Field */
/** @typedef {import("../types").Json} Json */
/** @typedef {import("./choice.js").Body} Body */
/** @typedef {Record<string, Json>} Rule */
/**
 * One rule's card: the rule, and how another takes its place.
 * @typedef {{ rule: Rule, put: (rule: Rule) => void, at: number }} Card
 */

const NTHS = [1, 2, 3, 4, 5, -1];
const QUARTERS = Array.from({ length: 77 }, (_, at) => `${String(5 + Math.floor(at / 4)).padStart(2, "0")}:${String((at % 4) * 15).padStart(2, "0")}`);
// Which parts a kind of rule can hold besides its hours, venue and note.
/** @type {Record<string, string[]>} */
const PARTS = {
  weekly: ["weekdays"], fortnightly: ["weekdays"], nth: ["weekdays", "nth"], monthly: ["times_per_month"],
  dates: ["dates"], daily: [], irregular: [],
};
// Parts the cards have no control for: a rule with one of them is said in words and kept.
const WORDED = ["days", "by_week", "times_per_week", "every_months", "months", "season", "except_months", "about", "open", "planned"];
const OWN = ["weekdays", "nth", "times_per_month", "days", "dates"];

const freqs = () => [
  { id: "weekly", words: t("毎週", "Weekly") }, { id: "fortnightly", words: t("隔週", "Every 2 weeks") },
  { id: "nth", words: t("第何週", "Nth week") }, { id: "monthly", words: t("月に何回", "Times a month") },
  { id: "daily", words: t("毎日", "Daily") }, { id: "dates", words: t("日を書く", "Dates") },
  { id: "irregular", words: t("不定期", "Irregular") },
];

/** @param {Desk} desk @param {Field} field @param {string} path @returns {Body} */
export function askSchedule(desk, field, path) {
  const cards = el("div", { class: "rules" });
  const said = el("div", { class: "said", "aria-live": "polite" });
  const add = el("button", { type: "button", class: "act whole", onclick: () => desk.set(path, [...rulesOf(desk.value(path)), { freq: "weekly" }]) }, t("＋ 日時をたす", "＋ Add a time"));
  const none = pickButton(t("なし", "None"), () => desk.set(path, isNone(desk.value(path)) ? undefined : []));
  const unknown = pickButton(sayUnknown(), () => desk.set(path, desk.value(path) === UNKNOWN ? undefined : UNKNOWN));
  const state = el("div", { class: "picks joined n2 w2" }, none, field.unknown && unknown);
  /** @type {HTMLElement[]} */
  let drawn = [];
  let shape = "";
  const refresh = () => {
    const rules = rulesOf(desk.value(path));
    // A card is drawn anew only where its parts change, so that no control vanishes under a thumb.
    const next = rules.map(shapeOf).join("|");
    if (next !== shape || drawn.length !== rules.length) {
      shape = next;
      drawn = rules.map((_, at) => drawCard(desk, path, at));
      fill(cards, drawn);
    }
    state.hidden = rules.length > 0;
    none.setAttribute("aria-pressed", String(isNone(desk.value(path))));
    unknown.setAttribute("aria-pressed", String(desk.value(path) === UNKNOWN));
    const made = sayReading(rules.filter(isSound), dayOf(new Date().toISOString()));
    fill(said, made.map((words) => el("p", {}, say(words))));
  };
  refresh();
  return { nodes: [cards, add, drawPhrase(desk, path), state, said], refresh, control: "" };
}

/** A line for a phrase as it hangs on the door; what is read of it joins the cards. @param {Desk} desk @param {string} path @returns {HTMLElement} */
function drawPhrase(desk, path) {
  const words = t("書いてある日時（例：第2・4木曜 10:00～11:30）", "As written there, in Japanese (第2・4木曜 10:00～11:30)");
  const box = el("input", { type: "text", class: "box", "aria-label": words, placeholder: "第2・4木曜 10:00～11:30", autocomplete: "off" });
  const read = () => {
    const found = parseSchedule(box.value);
    if (found.length === 0) { return; }
    desk.set(path, [...rulesOf(desk.value(path)), ...found]);
    box.value = "";
  };
  return el("div", { class: "beside" }, box, el("button", { type: "button", class: "act", onclick: read }, t("読みとる", "Read")));
}

/** @param {Json | undefined} value @returns {Rule[]} */
export function rulesOf(value) {
  return Array.isArray(value) ? /** @type {Rule[]} */ (value.filter((one) => one !== null && typeof one === "object" && !Array.isArray(one))) : [];
}

/** @param {Json | undefined} value */
function isNone(value) { return Array.isArray(value) && value.length === 0; }

/** Whether every part of a rule can be written here. @param {Rule} rule @returns {boolean} */
function isEditable(rule) {
  return String(rule["freq"]) in PARTS && !WORDED.some((key) => key in rule);
}

/** What of a rule decides which controls it has. @param {Rule} rule @returns {string} */
function shapeOf(rule) {
  return `${String(rule["freq"])}:${isEditable(rule)}:${Array.isArray(rule["dates"]) ? rule["dates"].join(",") : ""}`;
}

/** @param {Rule[]} rules @returns {string} */
function saySound(rules) {
  const sound = rules.filter(isSound);
  return sound.length > 0 ? saySchedule(sound) : "";
}

/** @param {Rule} rule @returns {boolean} */
function isSound(rule) { return checkSchedule([rule]).faults.length === 0; }

/**
 * The rule as another kind: what the other kind cannot hold is left behind.
 * @param {Rule} rule @param {string} freq @returns {Rule}
 */
export function asFreq(rule, freq) {
  const parts = PARTS[freq] ?? [];
  const season = freq === "dates" ? ["from_month", "until_month"] : [];
  const kept = Object.entries(rule).filter(([key]) => !(OWN.includes(key) && !parts.includes(key)) && !season.includes(key));
  return { ...Object.fromEntries(kept), freq };
}

/** @param {Desk} desk @param {string} path @param {number} at @returns {HTMLElement} */
function drawCard(desk, path, at) {
  const rules = () => rulesOf(desk.value(path));
  const rule = () => rules()[at] ?? {};
  /** @param {Rule} next */
  const put = (next) => desk.set(path, rules().map((one, n) => (n === at ? next : one)));
  const remove = () => { const left = rules().filter((_, n) => n !== at); desk.set(path, left.length > 0 ? left : undefined); };
  const off = el("button", { type: "button", class: "act calm", onclick: remove }, t("はずす", "Remove"));
  if (!isEditable(rule())) {
    return el("div", { class: "rule" }, el("p", { class: "said" }, saySound([rule()]) || String(rule()["text"] ?? rule()["freq"])),
      el("p", { class: "q-note" }, t("ここでは直せない書き方です。そのまま残します。", "Cannot be changed here; kept as it is.")), off);
  }
  const kind = pickers(freqs(), {
    chosen: () => [String(rule()["freq"])],
    tap: (id) => { if (rule()["freq"] !== id) { put(asFreq(rule(), id)); } },
  });
  const parts = (PARTS[String(rule()["freq"])] ?? []).map((part) => drawPart(part, rule, put));
  const hours = el("div", { class: "beside" },
    timeSelect(t("始まり", "Start"), rule, put, "start"), el("span", { "aria-hidden": "true" }, "～"), timeSelect(t("終わり", "End"), rule, put, "end"), off);
  const card = el("div", { class: "rule", role: "group", "aria-label": t(`日時 ${at + 1}`, `Time ${at + 1}`) }, kind.nodes, parts.flatMap((one) => one.nodes), hours);
  desk.watch(path, () => { if (card.isConnected) { [kind, ...parts].forEach((one) => one.refresh()); } });
  return card;
}

/**
 * @param {string} part @param {() => Rule} rule @param {(rule: Rule) => void} put
 * @returns {{ nodes: Node[], refresh: () => void }}
 */
function drawPart(part, rule, put) {
  if (part === "dates") { return datesPart(rule, put); }
  if (part === "times_per_month") {
    const select = el("select", { class: "box when", "aria-label": t("月に何回", "Times a month") }, option("", t("回数", "Times")),
      Array.from({ length: 31 }, (_, n) => option(String(n + 1), t(`月${n + 1}回`, `${n + 1} times`))));
    select.addEventListener("change", () => put(withPart(rule(), part, select.value === "" ? undefined : Number(select.value))));
    const refresh = () => { select.value = String(rule()[part] ?? ""); };
    refresh();
    return { nodes: [select], refresh };
  }
  const days = t("月火水木金土日", "MTWTFSS");
  const options = part === "weekdays"
    ? [...days].map((words, n) => ({ id: String(n), words }))
    : NTHS.map((n) => ({ id: String(n), words: n < 0 ? t("最終", "Last") : t(`第${n}`, String(n)) }));
  const chosen = () => { const value = rule()[part]; return Array.isArray(value) ? value.map(String) : []; };
  const picks = pickers(options, {
    chosen,
    tap: (id) => {
      const next = chosen().includes(id) ? chosen().filter((one) => one !== id) : [...chosen(), id];
      const order = options.map((one) => one.id);
      const kept = next.sort((a, b) => order.indexOf(a) - order.indexOf(b)).map(Number);
      put(withPart(rule(), part, kept.length > 0 ? kept : undefined));
    },
  }, part);
  return picks;
}

/** @param {Rule} rule @param {string} key @param {Json | undefined} value @returns {Rule} */
function withPart(rule, key, value) {
  const { [key]: _gone, ...rest } = rule;
  return value === undefined ? rest : { ...rule, [key]: value };
}

/** @param {() => Rule} rule @param {(rule: Rule) => void} put */
function datesPart(rule, put) {
  const value = rule()["dates"];
  const dates = Array.isArray(value) ? value.map(String) : [];
  const box = el("input", { type: "date", class: "box when", "aria-label": t("日", "Day"), min: "1900-01-01", max: "2100-12-31" });
  const add = () => { if (box.value !== "" && !dates.includes(box.value)) { put(withPart(rule(), "dates", [...dates, box.value].sort())); } };
  const chips = dates.map((one) => el("li", {}, el("button", {
    type: "button", class: "tag", "aria-label": t(`${one} をはずす`, `Remove ${one}`),
    onclick: () => { const left = dates.filter((other) => other !== one); put(withPart(rule(), "dates", left.length > 0 ? left : undefined)); },
  }, one, el("span", { "aria-hidden": "true" }, "×"))));
  const button = el("button", { type: "button", class: "act", onclick: add }, t("たす", "Add"));
  return { nodes: [el("ul", { class: "names", hidden: dates.length === 0 }, chips), el("div", { class: "beside" }, box, button)], refresh: () => undefined };
}

/**
 * @param {string} words @param {() => Rule} rule @param {(rule: Rule) => void} put @param {"start" | "end"} key
 * @returns {HTMLSelectElement}
 */
function timeSelect(words, rule, put, key) {
  const select = el("select", { class: "box when", "aria-label": words }, option("", words), QUARTERS.map((one) => option(one, one.replace(/^0/, ""))));
  const value = rule()[key];
  keepOption(select, typeof value === "string" ? value : "");
  select.value = typeof value === "string" ? value : "";
  select.addEventListener("change", () => put(withPart(rule(), key, select.value || undefined)));
  return select;
}
