"""A plan of a council: what would change in the town, as it is kept and sent (検討案).

Nothing of a plan is in the register: it is a list of changes that can be counted, shown and put away.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, cast, get_args

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.record.answers import is_clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    # Longitude and latitude.
    LonLat = tuple[float, float]

Do = Literal["add", "move", "pause", "close", "days", "bench", "toilet", "mend", "open", "stop"]
DOES: Final[tuple[Do, ...]] = get_args(Do)
# What each is, as a list and a file say it.
DO_WORDS: Final[Mapping[Do, Words]] = {
    "add": Words("通いの場をふやす", "a new salon"),
    "move": Words("通いの場をうつす", "a salon moves"),
    "pause": Words("通いの場を休みにする", "a salon pauses"),
    "close": Words("通いの場を閉じる", "a salon closes"),
    "days": Words("開く日を変える", "other days"),
    "bench": Words("ベンチをたす", "a new bench"),
    "toilet": Words("トイレをたす", "a new toilet"),
    "mend": Words("坂・段差をなおす", "a slope or step is mended"),
    "open": Words("通れない道を通れるようにする", "a street is opened"),
    "stop": Words("停留所をうつす", "a stop moves"),
}
# Which of a change's parts each must have; none has another but a name, and an added one its days.
_OF_A_SITE: Final = frozenset({"move", "pause", "close", "days", "stop"})
PLACED: Final = frozenset({"add", "move", "bench", "toilet", "mend", "open", "stop"})
# Of one 通いの場 at most one of each of these: whether it is there, where, and when.
_ASPECT: Final[Mapping[Do, str]] = {
    "pause": "state", "close": "state", "move": "place", "days": "days", "stop": "place",
}  # fmt: skip
# More cannot be weighed by anybody in a meeting.
MOST_CHANGES: Final = 50
LONGEST_TITLE: Final = 80
LONGEST_NOTE: Final = 2000
LONGEST_NAME: Final = 80
LONGEST_SCHEDULE: Final = 200
LONGEST_ID: Final = 200
STEEPEST: Final = 30.0
_MOST_LON, _MOST_LAT = 180.0, 90.0
_DECIMALS: Final = 7
State = Literal["", "put_away", "taken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that would be otherwise (変えること).

    Attributes
    ----------
    do
        What.
    site_id
        The 通いの場, or the stop, that changes; "" for what is new and for streets.
    at
        Longitude and latitude of where it would be; of a street, a point on it. None without.
    name
        What a new one is called; "" where nobody said.
    schedule
        When it would meet, in the words of the register; "" for not said.
    grade
        Per cent, of a mended slope.
    """

    do: Do
    site_id: str = ""
    at: LonLat | None = None
    name: str = ""
    schedule: str = ""
    grade: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A version of a plan; the plan itself is what all its versions have in common (検討案の版).

    Attributes
    ----------
    id, number
        The plan's, and which version of it this is, from 1.
    parent
        The version undoing goes back to, 0 for none.
    redo
        The version redoing brings back, 0 for none.
    title, note
        What it is called, and why.
    changes
        In the order they were made.
    by, made_at
        Who made this version (a role), and when, UTC to the millisecond.
    state
        "" while it is weighed, ``put_away``, or ``taken`` into the register.
    """

    id: str
    number: int
    parent: int
    title: str
    changes: tuple[Change, ...]
    by: str
    made_at: str
    note: str = ""
    state: State = ""
    redo: int = 0


def check_changes(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes that can be kept, places rounded to a centimetre (変えることを確かめる).

    Raises
    ------
    InputError
        When one lacks what it needs, is out of bounds, or says of a 通いの場 what another says too.
    """
    checked = tuple(_check(number, one) for number, one in enumerate(changes, 1))
    if len(checked) > MOST_CHANGES:
        raise InputError(
            Words(
                f"一つの検討案で変えられるのは {MOST_CHANGES}か所までです。いまは {len(checked)}か所です",
                f"a plan changes at most {MOST_CHANGES} things; this one {len(checked)}",
            )
        )
    told = Counter((one.site_id, _ASPECT[one.do]) for one in checked if one.do in _ASPECT)
    closed = {one.site_id for one in checked if one.do == "close"}
    twice = next(
        (
            site
            for (site, what), count in told.items()
            if count > 1 or (site in closed and what != "state")
        ),
        None,
    )
    if twice is not None:
        raise InputError(
            Words(
                f"「{twice}」を2回変えようとしています。1回だけにしてください",
                f"{twice!r} is changed twice; name it once",
            )
        )
    return checked


def _check(number: int, one: Change) -> Change:
    def refuse(ja: str, en: str) -> InputError:
        return InputError(Words(f"変えること {number}: {ja}", f"change {number}: {en}"))

    if one.do not in DOES:
        raise refuse(
            f"「{one.do}」は分かりません（{'・'.join(DOES)}）",
            f"unknown {one.do!r}; one of {', '.join(DOES)}",
        )
    for text, most, what in (
        (one.site_id, LONGEST_ID, Words("コード", "the id")),
        (one.name, LONGEST_NAME, Words("名前", "the name")),
        (one.schedule, LONGEST_SCHEDULE, Words("開く日", "the days")),
    ):
        if not isinstance(text, str) or len(text) > most or not is_clean(text):
            raise refuse(
                f"{what.ja}が長すぎるか、使えない文字があります（{most}字まで）",
                f"{what.en}: at most {most} characters, and no control characters",
            )
    if (one.do in _OF_A_SITE) != bool(one.site_id):
        raise refuse("どの通いの場・停留所かが要ります", "say which salon or stop, and only there")
    if (one.do in PLACED) != (one.at is not None):
        raise refuse("場所が要ります", "say the place, and only where there is one")
    if one.do == "days" and not one.schedule:
        raise refuse("開く日が要ります", "say when it would meet")
    if (one.do == "mend") != (one.grade is not None):
        raise refuse("勾配（％）が要ります", "say the grade in per cent, and only of a slope")
    if one.grade is not None and not 0 <= one.grade <= STEEPEST:
        raise refuse(f"勾配は 0〜{STEEPEST:g}％ です", f"a grade is 0 to {STEEPEST:g} %")
    return Change(
        do=one.do, site_id=one.site_id, name=one.name, schedule=one.schedule, grade=one.grade,
        at=None if one.at is None else _place(one.at, refuse),
    )  # fmt: skip


def _place(at: LonLat, refuse: Any) -> LonLat:  # noqa: ANN401 - makes the error
    lon, lat = at
    if not (
        math.isfinite(lon)
        and math.isfinite(lat)
        and abs(lon) <= _MOST_LON
        and abs(lat) <= _MOST_LAT
    ):
        raise refuse("場所が経度・緯度ではありません", "the place is no longitude and latitude")
    return round(lon, _DECIMALS), round(lat, _DECIMALS)


def dump_changes(changes: Sequence[Change]) -> list[dict[str, object]]:
    """Return changes as JSON takes them, what is not said left out (JSONに).

    Examples
    --------
    >>> dump_changes([Change(do="add", at=(138.6, 35.0), schedule="毎週火曜")])
    [{'do': 'add', 'at': [138.6, 35.0], 'schedule': '毎週火曜'}]
    """
    return [
        {
            key: value
            for key, value in (
                ("do", one.do),
                ("site", one.site_id),
                ("at", None if one.at is None else list(one.at)),
                ("name", one.name),
                ("schedule", one.schedule),
                ("grade", one.grade),
            )
            if value not in ("", None)
        }
        for one in changes
    ]


def load_changes(told: object) -> tuple[Change, ...]:
    """Return changes from JSON, whoever wrote it (JSONから).

    Raises
    ------
    InputError
        When it is no list of changes, or as `check_changes`.

    Examples
    --------
    >>> load_changes([{"do": "pause", "site": "s1"}])[0].site_id
    's1'
    """
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise InputError(_NO_LIST)
    return check_changes(_load(one) for one in told)


_NO_LIST: Final = Words("変えることの一覧ではありません", "this is no list of changes")


def _load(parts: Mapping[str, object]) -> Change:
    at, grade = parts.get("at"), parts.get("grade")
    if at is not None and not (
        isinstance(at, list) and len(at) == 2 and all(map(_is_number, at))  # noqa: PLR2004 - lon, lat
    ):
        raise InputError(_NO_LIST)
    if grade is not None and not _is_number(grade):
        raise InputError(_NO_LIST)
    texts = [parts.get(key, "") for key in ("do", "site", "name", "schedule")]
    if not all(isinstance(one, str) for one in texts):
        raise InputError(_NO_LIST)
    do, site, name, schedule = map(str, texts)
    return Change(
        do=cast("Do", do), site_id=site, name=name, schedule=schedule,
        at=None if at is None else (float(at[0]), float(at[1])),
        grade=None if grade is None else float(cast("float", grade)),
    )  # fmt: skip


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
