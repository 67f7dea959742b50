// The places on the map; a sign opens its place, a tap writes there.

import { button } from "../chrome.js";
import { placeStates, startDraft } from "../drafts.js";
import { el, fill, sign } from "../dom.js";
import { capital } from "../form/choice.js";
import { drawMap } from "../map.js";
import { nameOf, pill, sayAway } from "../places.js";
import { say, t } from "../words.js";

/** @typedef {import("../context").Context} Context */

/** @type {import("../context").Screen} */
export async function drawMapScreen(context) {
  const { pack } = context;
  if (!pack) { return undefined; }
  context.head({ title: t("地図", "Map"), sub: pack.walk?.title, back: "#/" });
  const place = el("div", { class: "mapfull" });
  const chosen = el("div", {
    class: "chosen", role: "status", tabindex: "0", "aria-label": t("選んだ所", "The place you chose"),
  });
  fill(context.main, el("div", { class: "mapscreen" }, place, chosen));
  const foot = () => context.foot(button(t("一覧", "List"), "#/"), button(t("気づいた", "Noticed"), "#/concern"), button(t("今いる所で書く", "Write here"), "#/new", { class: "full" }));
  foot();
  const states = await placeStates(context.store, pack);
  const map = await drawMap(place, {
    pack, states, here: context.here(),
    onChoose: (id) => {
      const site = context.site(id);
      const type = site && context.type(site.type);
      if (!site || !type) { return; }
      fill(chosen, el("div", { class: "card" }, el("div", { class: "line" }, sign(type.marker, 44), el("span", { class: "what" }, el("b", {}, nameOf(site, context)), el("br"), el("span", { class: "small" }, [capital(say(type.words)), sayAway(site, context.here())].filter(Boolean).join("・"))), pill(states.get(id)))));
      context.foot(button(t("閉じる", "Close"), () => { fill(chosen); foot(); }), button(t("この所を開く", "Open this place"), `#/site/${encodeURIComponent(id)}`, { class: "full" }));
    },
    onTap: (lon, lat) => {
      fill(chosen, el("div", { class: "card" }, el("b", {}, t("押した所に新しく書く", "Something new at the tapped place")),
        el("div", { class: "kinds" }, pack.types.filter((type) => !type.log && type.shapes.includes("point")).sort((one, other) => one.order - other.order).map((type) => {
          const made = button(capital(say(type.words)), async () => {
            const draft = await startDraft(context.store, { type, site: null, walk_id: context.walkId(),
              place: { type: "Point", coordinates: [lon, lat] },
              position: { by: "hand", lon, lat, accuracy_m: 0, count: 0, at: new Date().toISOString() } });
            context.go(`#/draft/${encodeURIComponent(draft.id)}`);
          });
          made.prepend(sign(type.marker, 36));
          return made;
        }))));
      context.foot(button(t("閉じる", "Close"), () => { fill(chosen); foot(); }));
    },
  });
  context.onHere((at) => { if (at) { map.setHere(at); } });
  return () => map.remove();
}
