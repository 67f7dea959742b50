"""The headings of lists of places, one reading of them for every door (地点の一覧の見出し)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.delimited import column_key, find_column

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# Column names met in real lists: 自治体標準オープンデータセット old and new, CKAN exports in
# English, hand-made sheets. The first that is there is used.
NAMES: Final = (
    "名称", "施設名", "施設名称", "施設・場所名", "通いの場名", "通いの場", "サロン名", "会場名",
    "会場", "場所名", "場所名称", "公園名", "名前", "停留所名",
    "バス停留所", "駅名", "name", "station_name", "facility", "site", "title",
    "事業所名", "事業者名", "サロン名称", "サロン等の名称", "団体名", "開催場所", "実施場所", "活動場所",
)  # fmt: skip
IDS: Final = ("site_id", "id", "共通ID", "NO", "No.", "№", "番号", "identification", "property")
LATS: Final = ("緯度", "lat", "latitude", "緯度(10進法)", "y")
LONS: Final = ("経度", "lon", "lng", "long", "longitude", "経度(10進法)", "x")
ADDRESSES: Final = (
    "住所", "所在地", "所在地_連結表記", "住所（番地まで）", "所在地（番地まで）", "所在地住所", "address",
)  # fmt: skip
BOTHS: Final = ("location", "緯度経度", "緯度・経度")  # "34.3,134.0" in one cell
NOTES: Final = ("備考", "note", "notes", "メモ", "特記事項")
STATES: Final = ("状態", "Status", "status", "site_status")
WHENS: Final = (
    "schedule", "曜日", "開催曜日", "利用可能曜日", "開催日", "開催日時", "日時", "活動日",
    "開催頻度", "頻度", "時間", "時刻", "開催時間", "活動時間", "実施時間", "開催時刻", "活動時刻",
    "実施日", "実施日時", "活動日時", "活動曜日", "実施曜日", "利用可能日時特記事項",
    "availableDate", "availableDateNote",
    # 第○ in a column of its own, and days with hours under one heading.
    "第○", "第〇", "第○週", "第○曜日", "第〇曜日", "第何週", "第何曜日", "週", "開催週", "実施週", "活動週", "回数",
    "開催回数", "開催日・時間", "開催日時等", "曜日・時間", "曜日・時刻", "日程", "開催日程", "活動日・時間", "時間帯",
    "開催時間帯", "開催曜日・時間", "活動頻度", "実施頻度", "実施時刻", "開催月",
)  # fmt: skip
_DAYS: Final = "月火水木金土日"
STARTS: Final = ("開始時間", "開始時刻", "startTime", "start")
ENDS: Final = ("終了時間", "終了時刻", "endTime", "end")
CAPACITIES: Final = ("定員", "定員数", "capacity")
# Of these a list tells when a building is open, not when somebody meets in it.
OPEN_HOURS: Final = ("利用可能曜日", "利用可能日時特記事項", "availableDate", "availableDateNote")


@dataclass(frozen=True, slots=True, kw_only=True)
class Whens:
    """The columns that together tell when something is held (開催日時の列).

    Attributes
    ----------
    parts
        Columns of days and hours, in the file's order.
    start, end
        Those of a span's ends, "" for none.
    """

    parts: tuple[str, ...]
    start: str
    end: str

    def join(self, columns: Sequence[str], cells: Mapping[str, str]) -> str:
        """Return a row's words of days and hours, in the columns' order (開催日時をつなぐ)."""
        parts: list[str] = []
        for column in columns:
            if column == self.start:
                span = "～".join([cells.get(column, ""), cells.get(self.end, "")])
                parts.append("" if span == "～" else span)
            elif column in self.parts:
                parts.append(whole_day(column, cells.get(column, "")))
        return " ".join(filter(None, parts))


def whole_day(column: str, text: str) -> str:
    """Return a cell of days; a day told by its one sign under 曜日 with all of its name (曜日を補う).

    A 月 before hours would be read as a month.

    Examples
    --------
    >>> whole_day("開催曜日", "月"), whole_day("回数", "月"), whole_day("曜日", "月・水")
    ('月曜日', '月', '月・水')
    """
    one = text.strip()
    is_day = len(one) == 1 and one in _DAYS and column_key(column).endswith("曜日")
    return f"{one}曜日" if is_day else text


def find_whens(columns: Sequence[str]) -> Whens:
    """Return which columns tell when something is held (開催日時の列を探す).

    Examples
    --------
    >>> find_whens(["会場", "曜日", "時間"]).parts
    ('曜日', '時間')
    """
    found = {column for name in WHENS if (column := find_column(columns, [name]))}
    start, end = find_column(columns, STARTS), find_column(columns, ENDS)
    return Whens(
        parts=tuple(column for column in columns if column in found), start=start or "",
        end=(end or "") if start else "",
    )  # fmt: skip


def schedule_reader(columns: Sequence[str]) -> Callable[[Mapping[str, str]], str]:
    """Return what joins a row's cells of days and hours, in the columns' order (開催日時の読み方).

    Examples
    --------
    >>> schedule_reader(["曜日", "開始時間", "終了時間"])(
    ...     {"曜日": "毎週火曜", "開始時間": "10:00", "終了時間": "12:00"}
    ... )
    '毎週火曜 10:00～12:00'
    """
    whens = find_whens(columns)
    return lambda cells: whens.join(columns, cells)


def names_open_hours(column: str) -> bool:
    """Say whether a column tells when a building is open (開館の列か)."""
    return column_key(column) in set(map(column_key, OPEN_HOURS))
