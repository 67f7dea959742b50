// What is not on the list: its kind, then its form, placed where one stands.

import { startDraft } from "../drafts.js";
import { el, fill, refill, sign } from "../dom.js";
import { capital } from "../form/choice.js";
import { away, row } from "../places.js";
import { logPart } from "./log.js";
import { say, t } from "../words.js";

const NEAR_M = 60;
const GOOD_M = 30;

/** @type {import("../context").Screen} */
export function drawNew(context) {
  const { pack } = context;
  if (!pack) { return; }
  context.head({ title: t("何を書きますか", "What is here"), back: "#/" });
  context.foot();
  const near = el("section", {});
  const kinds = pack.types.filter((one) => !one.log).sort((one, other) => one.order - other.order).map((type) => {
    const made = el("button", { type: "button", class: "button" }, sign(type.marker, 40), el("span", {}, capital(say(type.words))));
    made.addEventListener("click", async () => {
      made.disabled = true;
      const at = context.here();
      const good = type.shapes[0] === "point" && at !== null && at.accuracy_m <= GOOD_M ? at : null;
      const draft = await startDraft(context.store, {
        type, site: null, walk_id: context.walkId(), position: good,
        place: good ? { type: "Point", coordinates: [good.lon, good.lat] } : null,
      });
      context.go(`#/draft/${encodeURIComponent(draft.id)}`);
    });
    return made;
  });
  fill(context.main, near, el("div", { class: "kinds" }, kinds),
    el("h2", {}, t("場所によらないこと", "Not about a place")), el("div", { class: "kinds" }, logPart(context)));
  context.onHere((here) => {
    const found = pack.sites.map((site) => ({ site, metres: away(site, here) }))
      .filter((one) => one.metres !== null && one.metres <= NEAR_M)
      .sort((one, other) => (one.metres ?? 0) - (other.metres ?? 0)).slice(0, 4);
    refill(near, ...(found.length ? [el("h2", {}, t("すぐ近くに、もうある所", "Already known close by")),
      el("ul", { class: "rows" }, found.map(({ site }) => el("li", {}, row(context, site, {})))),
      el("h2", {}, t("新しく書く", "Something new"))] : []));
  });
}
