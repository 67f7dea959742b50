"""A blank form to fill in with a pen (紙の記入用紙)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.base.words import Words
from layers.sheets.parts.asking import in_a_line, make_asking
from layers.sheets.parts.declare import NotHereError, Sheet
from layers.sheets.parts.frame import draw_icon, render
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.sheets.parts.frame import Frame
    from surveys.declaration.record_type import RecordType

BLANK_ROWS: Final = 6
_MOST_COLUMNS: Final = 6
# So many boxes stand in a cell; with more, the answer is written.
_BOXES: Final = range(2, 6)
_NO_TYPE: Final = Words("この種類の調査票はありません", "there is no such record type")


def draw_form(frame: Frame, type_: RecordType) -> str:
    """Return a type's form to fill in by pen, as one HTML page for A4 (記入用紙を組む).

    What is asked first, every choice with its box and 「不明」 among them; six empty rows for
    each list of things; room for findings. A line left empty says 未確認, not 「なし」.
    """
    first = [field for field in type_.fields if field.first]
    return render(
        "form.html", frame,
        sheet=frame.say("記入用紙", "Form to fill in"),
        title=type_.sheet.say(frame.lang),
        facts=[],
        boxes=_BOXES,
        icon=draw_icon(type_.id, 30),
        asked=[
            make_asking(field, frame.lang)
            for field in first
            if in_a_line(field) and field.kind != "items"
        ],
        groups=[_group(frame, field) for field in first if field.item],
        note_label=next(
            (one.words.say(frame.lang) for one in type_.fields if one.id == "note"),
            frame.say("気づいたこと", "Findings"),
        ),
    )  # fmt: skip


def _group(frame: Frame, field: Any) -> dict[str, Any]:  # noqa: ANN401 - an answer is any JSON value
    inner = [one for one in field.item.fields if one.first and in_a_line(one)][:_MOST_COLUMNS]
    columns = [make_asking(one, frame.lang) for one in inner]
    return {
        "label": field.words.say(frame.lang),
        "counter": field.item.counter.say(frame.lang),
        "columns": columns,
        "written": not any(len(one.picks) in _BOXES for one in columns),
        "rows": range(1, BLANK_ROWS + 1),
    }


def _draw(frame: Frame, path: Mapping[str, str], _params: Mapping[str, str]) -> str:
    type_ = RECORD_TYPES.get(path["type"])
    if type_ is None:
        raise NotHereError(_NO_TYPE)
    return draw_form(frame, type_)


SHEET: Final = Sheet(
    id="form", words=Words("記入用紙", "Form to fill in"), address="form/{type}",
    asked_with=Words("調査票の種類", "a record type"), draw=_draw, for_office=False,
)  # fmt: skip
