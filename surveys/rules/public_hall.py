"""公共施設の一覧を会場として: halls of Yaizu (前の標準) and Takamatsu, named by what they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from geo.base.dates import parse_window
from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words
from surveys.rules.rule import Rule, has_columns, infer, read_texts
from surveys.types.salon import TYPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surveys.formats.raw.table import RawSheet
    from surveys.record.portable import Incoming
    from surveys.rules.rule import Improved

_LAYOUTS: Final = (("名称", "利用可能日時特記事項"), ("name", "telephoneNumber"))
# The first that fits: 老人福祉センター is not a 福祉センター for all.
_VENUES: Final[tuple[tuple[str, str], ...]] = (
    ("elder_hall", "老人いこいの家|老人憩の?家|老人福祉センター"),
    ("community_centre", "コミュニティセンター|コミセン|公民館|交流センター"),
    ("association_hall", "自治会館|町内会館"),
    ("meeting_hall", "集会所|集会場|公会堂"),
    ("welfare", "福祉会館|福祉センター"),
)
_HOURS: Final = re.compile("【(?:開館|利用)時間】 *([^【】 ]+)")
_CLOSED: Final = re.compile("【休館日】 *([月火水木金土日])曜日? *(?:【|$)")
_DAYS: Final = "月火水木金土日"


def _fits(sheet: RawSheet) -> bool:
    return any(has_columns(sheet, names) for names in _LAYOUTS)


def _improve(sheet: RawSheet, rows: Sequence[Incoming]) -> Improved:
    texts = read_texts(sheet)
    return [_read(one, texts[one.row].get("備考", "")) for one in rows], []


def _read(one: Incoming, remark: str) -> Incoming:
    answers: dict[str, Any] = {}
    named = f"{tidy(str(one.site.answers.get('name') or ''))} {tidy(remark)}"
    venue = next((id_ for id_, words in _VENUES if re.search(words, named)), None)
    if venue:
        answers["venue"] = venue
    note = tidy(str(one.site.answers.get("hours_note") or ""))
    hours = _HOURS.search(note)
    if hours:
        try:
            answers["open_at"], answers["close_at"] = parse_window(hours[1])
        except InputError:
            answers.pop("open_at", None)  # the text itself stays
    closed = _CLOSED.search(note)
    if closed:
        answers["open_weekday"] = _DAYS.replace(closed[1], "")
    return infer(TYPE, one, answers)


RULE = Rule(
    id="public_hall",
    words=Words(
        "公共施設を会場として読みました。会場の種類は名前から、開く時刻と曜日は【開館時間】【休館日】から読みとりました（推定）。"
        "そこでの集まりは、このファイルからは分かりません",
        "public buildings were read as venues: their kind from the name, hours and days from the text"
        " (inferred); the file does not say who meets there",
    ),
    type="salon",
    fits=_fits,
    improve=_improve,
)
