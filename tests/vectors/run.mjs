// Reads cases, one JSON a line, and writes what the field app makes of each, one JSON a line.
// The first line holds the declarations by id.
import { readFileSync } from "node:fs";

import { checkAnswers, checkPlace } from "../../surveys/field_app/js/check.js";
import { parseDate, parseTime, parseWindow } from "../../surveys/field_app/js/dates.js";
import * as paths from "../../surveys/field_app/js/paths.js";
import { sayAnswer } from "../../surveys/field_app/js/say.js";
import { checkSchedule, parseSchedule, saySchedule } from "../../surveys/field_app/js/schedule.js";
import { nextDays, sayReading } from "../../surveys/field_app/js/schedule_days.js";
import { cleanText, tidy } from "../../surveys/field_app/js/text.js";
import { roundTo, writeThousands, writeValue } from "../../surveys/field_app/js/written.js";

const [first, ...lines] = readFileSync(0, "utf8").split("\n").filter(Boolean);
const types = JSON.parse(first);

const attempt = (read) => {
  try {
    return read();
  } catch (error) {
    if (!error.words) { throw error; }
    return { refused: error.words };
  }
};

const MAKE = {
  answers({ type, answers }) {
    const found = checkAnswers(types[type], answers);
    const flat = paths.flatten(types[type], found.answers);
    const said = {};
    for (const field of types[type].fields) {
      const value = found.answers[field.id];
      said[field.id] = ["ja", "en"].map((lang) => sayAnswer(field, value, { lang, withPoint: true, titles: { s1: "公園" } }));
    }
    return { ...found, flat: Object.entries(flat), back: paths.assemble(types[type], flat), said };
  },
  paths({ type, before, after }) {
    return {
      changes: Object.entries(paths.changes(before, after)),
      assembled: paths.assemble(types[type], after),
      known: Object.keys(paths.knownPaths(types[type], after)),
      owners: Object.keys(after).map(paths.itemOf),
    };
  },
  schedule({ value }) {
    const { rules, faults } = checkSchedule(value);
    return { rules, faults, ja: saySchedule(rules, "ja"), en: saySchedule(rules, "en") };
  },
  lines: ({ text }) => parseSchedule(text),
  reading({ text, today }) {
    const rules = parseSchedule(text);
    const { meetings, undated } = nextDays(rules, today);
    return {
      rules, days: meetings.map((one) => [one.day, one.start, one.end]), undated, said: sayReading(rules, today),
      back: parseSchedule(saySchedule(rules, "ja")),
    };
  },
  date: ({ text }) => attempt(() => parseDate(text)),
  time: ({ text }) => attempt(() => parseTime(text)),
  window: ({ text }) => attempt(() => parseWindow(text)),
  text: ({ text }) => [cleanText(text), cleanText(text, { lines: false }), tidy(text)],
  number: ({ value }) => [
    writeThousands(value), writeValue([value]), ...[0, 1, 2, 7].map((n) => roundTo(value, n)),
  ],
  place: ({ type, place }) => checkPlace(types[type], place),
};

process.stdout.write(lines.map((line) => {
  const one = JSON.parse(line);
  return JSON.stringify(MAKE[one.of](one));
}).join("\n"));
