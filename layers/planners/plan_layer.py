"""Plans of a planners' file: each change where it would be (検討案のレイヤ)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from layers.day.plan_file import place_changes
from layers.maps.palette import CARD, INDIGO_DEEP
from layers.planners.columns import choice, day, fill_layer, number, text
from layers.planners.site_layers import mark_office
from layers.planners.styles import labelled, ring, single
from surveys.record.plan import DO_WORDS
from surveys.store.plans import list_plans

if TYPE_CHECKING:
    from geo.base.words import Lang
    from geo.export.homes import Homes
    from layers.day.day import Day
    from surveys.formats.gpkg import Filled
    from surveys.store.register import Register

_NAMES: Final = (
    Words("検討案", "plans"),
    Words("協議体の検討案で変えること。まだ、そうなってはいません",
          "what the council's plans would change; none of it is so"),
)  # fmt: skip
_STATES: Final = {
    "weighed": Words("検討している", "weighed"),
    "taken": Words("一覧に入れた", "put into the list"),
}
_COLUMNS: Final = (
    text("plan", Words("検討案", "plan")),
    number("number", Words("番号", "number")),
    choice("do", Words("変えること", "change"), {str(id_): one for id_, one in DO_WORDS.items()}),
    text("site", Words("地点ID", "site id")),
    text("site_name", Words("いまの名称", "name now")),
    text("name", Words("新しい名称", "new name")),
    text("schedule", Words("開催日時", "schedule")),
    number("grade", Words("勾配％", "grade, per cent"), 1),
    choice("state", Words("ようす", "state"), _STATES),
    text("by", Words("だれが", "by")),
    day("made_on", Words("いつ", "made on")),
)


def plan_layer(
    shown: Day, register: Register, homes: Homes, lang: Lang, made_at: str
) -> Filled | None:
    """Return every change of every plan but those put away, None without one (検討案のレイヤ).

    Its name says 庁内用: what is weighed is for the council alone. A change of somebody's home stands
    in the middle of its square, unless the file is exact.
    """
    rows, shapes = [], []
    for plan in list_plans(register):
        if plan.state == "put_away":
            continue
        for number_, (told, shape) in enumerate(place_changes(shown, plan.changes, homes), 1):
            own = {
                "plan": plan.title, "number": number_, "state": plan.state or "weighed",
                "by": plan.by or None, "made_on": plan.made_at[:10],
            }  # fmt: skip
            rows.append({key: value or None for key, value in told.items()} | own)
            shapes.append(shape)
    if not rows:
        return None
    name, about = _NAMES
    drawn = single(ring(CARD, INDIGO_DEEP, 5.0)) + labelled('"number"', size_pt=8)
    return fill_layer(
        (mark_office(name, office=True), about), _COLUMNS, rows, shapes=shapes,
        drawn=drawn, lang=lang, made_at=made_at,
    )  # fmt: skip
