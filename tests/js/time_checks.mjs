// Prints how many milliseconds a large park's checks and the longest lines take: read by benchmarks/at_once.py.

import { checkAnswers } from "../../surveys/field_app/js/check.js";
import { parseSchedule } from "../../surveys/field_app/js/schedule.js";
import { largePark, park } from "./park_fixture.mjs";

const LINES = ["曜日".repeat(5000), "月火水木金土日".repeat(400), "1~".repeat(490), "(".repeat(9000), "第1".repeat(480), "祝日、".repeat(330)];

function middle(work) {
  const took = Array.from({ length: 15 }, () => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  });
  return took.sort((one, other) => one - other)[7];
}

console.log(JSON.stringify({ park: middle(() => checkAnswers(park, largePark())), lines: middle(() => LINES.map(parseSchedule)) }));
