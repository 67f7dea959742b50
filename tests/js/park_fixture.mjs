// A record type of every kind of question, and a park that answers as much as one may.

export const words = { ja: "項目", en: "field" };
export const field = (id, kind, more = {}) => ({
  id, words, kind, choices: [], unit: "", low: 0, high: 1000, decimals: 0, help: null, first: true, item: null,
  unknown: !["text", "note", "photos", "point", "sites"].includes(kind), ...more,
});
export const yesNo = [{ id: "yes", words: { ja: "あり", en: "yes" } }, { id: "no", words: { ja: "なし", en: "no" } }];
export const bench = [
  field("back", "choice", { choices: yesNo }), field("seat_cm", "number", { unit: "cm", decimals: 1 }),
  field("photos", "photos"), field("note", "note"), field("point", "point"),
];
export const park = {
  id: "park", words, sheet: words, marker: {}, order: 1, shapes: ["point", "area"], pin_needed: true,
  fields: [
    field("name", "text"), field("count", "number"), field("opened", "month"), field("meets", "schedule"),
    field("benches", "items", { item: { words, counter: { ja: "台", en: "benches" }, marker: "bench", fields: bench } }),
  ],
};

export function largePark() {
  const benches = Array.from({ length: 200 }, (_, at) => ({
    _id: `a${at}`, back: "yes", seat_cm: 40 + at / 8, note: "板が割れている。\n南向き", point: [139.8956123456, 35.6449],
    photos: [{ id: "0f".repeat(32), caption: "座面" }],
  }));
  return { name: "北", benches };
}
