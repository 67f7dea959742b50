"""A plan on the command line: its changes, and how they are written (検討案の引数)."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words
from geo.network.network import points_along
from surveys.record.plan import Change

if TYPE_CHECKING:
    from geo.base.arguments import Add
    from geo.town import Town

_MOST_LON, _MOST_LAT = 180.0, 90.0
_OPEN: Final = "open"
_SITE: Final = "SITE_ID=LON,LAT"
# Each may be repeated: its name, what it is, and how it is written.
_OPTIONS: Final = (
    ("--add", Words("足す所（経度,緯度、続けて開く日）", "a new salon, and when it meets"),
     "LON,LAT[,SCHEDULE]"),
    ("--remove", Words("なくす通いの場のコード", "id of a salon that closes"), "SITE_ID"),
    ("--pause", Words("休みにする通いの場のコード", "id of a salon that pauses"), "SITE_ID"),
    ("--move", Words("移す通いの場のコードと行き先", "a salon and its new place"), _SITE),
    ("--days", Words("通いの場のコードと、変えたあとの開く日", "a salon and when it would meet"),
     "SITE_ID=SCHEDULE"),
    ("--bench", Words("ベンチをたす所", "a new bench"), "LON,LAT"),
    ("--mend", Words(
        "なおす道（道の上の点か、OpenStreetMap の番号）と、なおしたあとの勾配（％）。"
        "open なら、階段や山道を通れるようにする",
        "a street (a point on it, or its OpenStreetMap way) and its grade in per cent; "
        "open: steps or a mountain path become a way for all",
    ), "LON,LAT|WAY=GRADE|open"),
    ("--stop", Words("移す停留所のコードと行き先", "a stop and its new place"), _SITE),
)  # fmt: skip


class MetresOrPlace(argparse.Action):
    """``--toilet`` of a question with a plan: metres, or where one is added (トイレの間隔か、たす所)."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        """Keep metres as the rule, and a place beside (読む)."""
        del parser, option_string
        if "," in str(values):
            namespace.new_toilets = [*getattr(namespace, "new_toilets", ()), str(values)]
        else:
            setattr(namespace, self.dest, values)


def add_changes(add: Add) -> None:
    """Declare a plan's changes (変えること); a toilet that is added is said by ``--toilet LON,LAT``."""
    for name, words, metavar in _OPTIONS:
        add(
            name, f"{words.ja}（何度でも）", f"{words.en} (may be repeated)", action="append",
            default=[], metavar=metavar,
        )  # fmt: skip


def parse_changes(args: argparse.Namespace) -> list[Change]:
    """Return the changes the command line names, but streets by their way (変えることを読む).

    Raises
    ------
    InputError
        When one cannot be read.
    """
    streets = [_split_mend(text) for text in args.mend]
    return [
        *(_add(text) for text in args.add),
        *(Change(do="close", site_id=text) for text in args.remove),
        *(Change(do="pause", site_id=text) for text in args.pause),
        *(_to("move", text) for text in args.move),
        *(_to("stop", text) for text in args.stop),
        *(_days(text) for text in args.days),
        *(Change(do="bench", at=_point(text)) for text in args.bench),
        *(Change(do="toilet", at=_point(text)) for text in getattr(args, "new_toilets", ())),
        *(_mend(_point(where), grade) for where, grade in streets if not where.isdecimal()),
    ]


def find_ways(town: Town, mend: list[str]) -> list[Change]:
    """Return the changes of streets named by their way in OpenStreetMap, one an edge (番号の道).

    Raises
    ------
    InputError
        When the town has no such way.
    """
    made: list[Change] = []
    for where, grade in map(_split_mend, mend):
        if not where.isdecimal():
            continue
        edges = np.flatnonzero(town.network.edge_way == int(where))
        if not edges.size:
            raise InputError(
                Words(f"番号「{where}」の道は、この街にありません", f"this town has no way {where}")
            )
        middle = points_along(town.network, edges, town.network.edge_m[edges] / 2)
        lon, lat = town.plane.to_lonlat(middle[:, 0], middle[:, 1])
        made += [_mend((float(x), float(y)), grade) for x, y in zip(lon, lat, strict=True)]
    return made


def _add(text: str) -> Change:
    lon, _, rest = text.partition(",")
    lat, _, schedule = rest.partition(",")
    if tidy(schedule).isdecimal():
        raise _no_place(text)
    return Change(do="add", at=_point(f"{lon},{lat}"), schedule=schedule.strip())


def _to(do: Literal["move", "stop"], text: str) -> Change:
    site_id, place = _split(f"--{do}", text.rpartition("="), Words("経度,緯度", "LON,LAT"))
    return Change(do=do, site_id=site_id, at=_point(place))


def _days(text: str) -> Change:
    site_id, schedule = _split("--days", text.partition("="), Words("開く日", "SCHEDULE"))
    return Change(do="days", site_id=site_id, schedule=schedule)


def _split(option: str, parts: tuple[str, str, str], what: Words) -> tuple[str, str]:
    site_id, _, told = parts
    if not site_id or not told:
        text = "".join(parts)
        raise InputError(
            Words(
                f"{option}「{text}」が読めません。コード={what.ja} の形で書いてください",
                f"cannot read {option} {text!r}; write SITE_ID={what.en}",
            )
        )
    return site_id, told


def _split_mend(text: str) -> tuple[str, float | None]:
    where, _, said = text.partition("=")
    try:
        return tidy(where), None if said == _OPEN else float(tidy(said).removesuffix("%"))
    except ValueError:
        raise InputError(
            Words(
                f"--mend「{text}」が読めません。経度,緯度=5（勾配％）か、経度,緯度=open の形で書いてください",
                f"cannot read --mend {text!r}; write LON,LAT=5 (per cent) or LON,LAT=open",
            )
        ) from None


def _mend(at: tuple[float, float], grade: float | None) -> Change:
    return Change(do="open" if grade is None else "mend", at=at, grade=grade)


def _point(text: str) -> tuple[float, float]:
    parts = tidy(text).split(",")
    try:
        lon, lat = (float(part) for part in parts)
    except ValueError:
        lon, lat = float("nan"), float("nan")
    if not (abs(lon) <= _MOST_LON and abs(lat) <= _MOST_LAT):
        raise _no_place(text)
    return lon, lat


def _no_place(text: str) -> InputError:
    return InputError(
        Words(
            f"場所「{text}」が読めません。138.6,35.0 のように経度,緯度の順に書いてください",
            f"cannot read the place {text!r}; write LON,LAT as in 138.6,35.0",
        )
    )
