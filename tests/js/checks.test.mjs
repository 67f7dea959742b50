// Answers checked on the device. That the server agrees is tested by test_field_checks.py.

import assert from "node:assert/strict";
import { test } from "node:test";

import { bench, field, largePark, park, words, yesNo } from "./park_fixture.mjs";
import { checkAnswers, checkPlace, cleanText } from "../../surveys/field_app/js/check.js";
import { parseDate, sayDate } from "../../surveys/field_app/js/dates.js";
import { assemble, changes, fieldAt, flatten, itemOf, sameJson } from "../../surveys/field_app/js/paths.js";
import { sayAnswer, sayMonth } from "../../surveys/field_app/js/say.js";
import { checkSchedule, parseSchedule, saySchedule } from "../../surveys/field_app/js/schedule.js";
import { compareSigns, countSigns, firstSigns, strip, tidy } from "../../surveys/field_app/js/text.js";
import { roundTo, writeThousands, writeValue } from "../../surveys/field_app/js/written.js";

const faultsOf = (answers) => checkAnswers(park, answers).faults.map((one) => one.path);

test("what is checked once passes unchanged the second time", () => {
  const once = checkAnswers(park, { name: " 北 ", count: 2.5, benches: [{ back: "yes" }, { _id: "b", note: "x\r\n" }] });
  assert.deepEqual(once.faults, []);
  assert.deepEqual(checkAnswers(park, once.answers), once);
});

test("the answers handed in are not touched", () => {
  const given = { name: " 北 ", benches: [{ seat_cm: 40.26 }], meets: [{ weekdays: [3, 1], freq: "weekly" }] };
  const before = structuredClone(given);
  checkAnswers(park, given);
  assert.deepEqual(given, before);
});

test("every fault is told, each with its path", () => {
  assert.deepEqual(faultsOf({ count: -1, opened: "x", extra: 1, benches: [{ _id: "a", back: "perhaps" }] }),
    ["extra", "count", "opened", "benches/a/back"]);
});

test("what no JSON holds is a fault or no answer, never an error", () => {
  assert.deepEqual(faultsOf({ count: NaN }), ["count"]);
  assert.deepEqual(faultsOf({ count: Infinity }), ["count"]);
  assert.deepEqual(faultsOf({ count: undefined, extra: undefined }), []);
  assert.ok(Object.is(checkAnswers(park, { count: -0 }).answers.count, 0));
});

test("no answer, however odd, makes the check fall over", () => {
  for (const odd of [null, true, 0, "", "x", [], {}, [null], [[]], [{}], { a: 1 }, [{ _id: {} }], [{ id: null }]]) {
    for (const one of park.fields) { checkAnswers(park, { [one.id]: odd }); }
    for (const one of bench) { checkAnswers(park, { benches: [{ [one.id]: odd }] }); }
  }
});

test("lengths are counted in signs", () => {
  assert.deepEqual(faultsOf({ name: "𠮷".repeat(10_000) }), []);
  const [fault] = checkAnswers(park, { name: "𠮷".repeat(10_001) }).faults;
  assert.equal(fault.words.ja, "長すぎます（10,001字）。10,000字までにしてください");
  assert.equal(countSigns("𠮷👩"), 2);
  assert.equal(firstSigns("𠮷野家", 1), "𠮷");
});

test("201 things are too many, 200 are not", () => {
  assert.deepEqual(faultsOf({ benches: Array.from({ length: 200 }, () => ({})) }), []);
  assert.deepEqual(faultsOf({ benches: Array.from({ length: 201 }, () => ({})) }), ["benches"]);
});

test("a park of 200 benches is checked whole", () => {
  assert.equal(checkAnswers(park, largePark()).faults.length, 0);
});

test("a place is judged by its shape and its degrees", () => {
  assert.deepEqual(checkPlace(park, { type: "Point", coordinates: [139, 35] }), []);
  assert.equal(checkPlace(park, { type: "LineString", coordinates: [[139, 35], [139, 36]] })[0].words.ja, "この調査票では使えない形です");
  assert.equal(checkPlace(park, { type: "Point", coordinates: [NaN, 35] })[0].path, "@place");
  assert.equal(checkPlace(park, { type: "Polygon", coordinates: [] }).length, 1);
});

test("the server's blanks are blanks here", () => {
  assert.equal(strip("\x1c\x85　北\ufeff "), "北\ufeff");
  assert.equal(cleanText("北\n公園", { lines: false }), "北 公園");
  assert.equal(tidy("　ｶﾌｪ　⻄町\ufeff "), "カフェ 西町");
});

test("signs beyond the first plane are sorted after all others", () => {
  assert.ok(compareSigns("\uff5e", "𠮷") < 0);
  assert.ok(compareSigns("a", "ab") < 0);
});

test("a flat comes together again, even with things that look like numbers", () => {
  const answers = { name: "北", benches: [{ _id: "10", back: "yes" }, { _id: "2" }] };
  assert.deepEqual(assemble(park, flatten(park, answers)), answers);
});

test("what changes turns one flat into the other", () => {
  assert.deepEqual(changes({ a: 1, b: 2 }, { a: 1, c: 3 }), { b: null, c: 3 });
  assert.deepEqual(changes({ "benches/x": 1, "benches/x/back": "yes" }, {}), { "benches/x": null });
  assert.deepEqual([itemOf("benches/x/back"), itemOf("benches/x"), itemOf("name")], ["benches/x", "", ""]);
  assert.equal(fieldAt(park, "benches/x/back")?.inner?.id, "back");
  assert.equal(fieldAt(park, "benches/x/wings"), null);
});

test("1 and true are two answers, the order of keys is none", () => {
  assert.ok(!sameJson(1, true));
  assert.ok(!sameJson([], {}));
  assert.ok(sameJson({ a: 1, b: [2] }, { b: [2], a: 1 }));
  assert.ok(!sameJson({ a: undefined }, { b: undefined }));
});

test("days are read by era and said by era", () => {
  assert.equal(parseDate("令和８年１１月２１日（土）"), "2026-11-21");
  assert.equal(sayDate("2019-05-01", "ja"), "令和元年5月1日");
  assert.throws(() => parseDate("R8.2.30"), (error) => error.words.en.includes("not a day of the calendar"));
});

test("a schedule as it is written reads back the same", () => {
  const { rules, faults } = checkSchedule([
    { freq: "nth", weekdays: [3], nth: [3, 1], start: "13:30", venue: "（仮）集会所", note: "a\nb" },
    { freq: "text", text: "毎日" }, { freq: "monthly", times_per_month: 2, except: "祝日" },
  ]);
  assert.deepEqual(faults, []);
  assert.deepEqual(parseSchedule(saySchedule(rules, "ja")), rules);
});

test("a long or hostile line is read without hanging", { timeout: 20_000 }, () => {
  for (const text of ["曜日".repeat(5000), "月火水木金土日".repeat(400), "1~".repeat(490), "(".repeat(9000), "第1".repeat(480), "祝日、".repeat(330)]) {
    assert.deepEqual(parseSchedule(text), [{ freq: "text", text }]);
  }
});

test("answers are said as the register's lists say them", () => {
  const seat = field("x", "number", { unit: "人" });
  assert.equal(sayAnswer(seat, 33077, { lang: "ja" }), "33,077人");
  assert.equal(sayAnswer(seat, 33077, { lang: "en" }), "33,077 people");
  assert.equal(sayAnswer(seat, null), "未確認");
  assert.equal(sayAnswer(seat, "unknown"), "不明");
  assert.equal(sayAnswer(park.fields[4], []), "なし");
  assert.equal(sayAnswer(park.fields[4], [{}, {}]), "2台");
  assert.equal(sayAnswer(bench[0], "yes"), "あり");
  assert.equal(sayAnswer(field("x", "time"), "09:30"), "9:30");
  assert.equal(sayMonth("1989", "ja"), "平成元年（1989年）");
});

test("an answer of an older declaration is said as it stands, never an error", () => {
  for (const one of [...park.fields, ...bench]) {
    for (const odd of [true, 5, "x", "0000-99", ["x"], [null], { a: 1 }, []]) {
      assert.equal(typeof sayAnswer(one, odd, { withPoint: true }), "string");
    }
  }
});

test("numbers are written and rounded as the server's", () => {
  assert.deepEqual([0.5, 1.5, 2.5, -0.5].map((one) => roundTo(one, 0) + 0), [0, 2, 2, 0]);
  assert.deepEqual([0.2, 50, 1e8].map(writeThousands), ["0.2", "50", "100,000,000"]);
  assert.equal(writeThousands(1234567.25), "1,234,567.25");
  assert.equal(writeValue({ a: [1, null, "it's"] }), `{'a': [1, None, "it's"]}`);
});
