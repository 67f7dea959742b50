"""How near degrees of few decimals can tell a place (小数のけた数と場所)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.located.degrees import count_decimals, parse_degrees
from geo.base.located.heads import PAIR
from geo.base.place import in_japan
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.located.heads import PlaceHeads

_FEW: Final = 3  # decimals of a degree: about 100 m


def tell_decimals(
    heads: PlaceHeads,
    rows: Sequence[Mapping[str, str]],
    points: Sequence[tuple[float | None, float | None]],
) -> list[Words]:
    """Return how many places have too few decimals to be a door, nothing where none has (小数の桁).

    Parameters
    ----------
    points
        Longitude and latitude of each row, as they were told.
    """
    if heads.kind not in ("degrees", "pair"):
        return []
    few, fewest = 0, _FEW
    for row, (lon, lat) in zip(rows, points, strict=True):
        if lon is None or lat is None:
            continue
        texts = _texts(heads, row)
        as_told = [parse_degrees(one) for one in texts] == [lat, lon]  # not packed
        somewhere = in_japan(lon, lat) or in_japan(lat, lon)
        known = [one for one in map(count_decimals, texts) if one is not None]
        if as_told and somewhere and len(known) == 2 and max(known) <= _FEW:  # noqa: PLR2004 - both
            few, fewest = few + 1, min(fewest, max(known))
    if not few:
        return []
    return [
        Words(
            f"{few}か所は緯度・経度の小数が{_FEW}けた以下（少ないもので{fewest}けた）なので、場所が"
            f"{_coarse(fewest).ja}ずれているおそれがあります。地図で確かめてください",
            f"{few} places have at most {_FEW} decimals of a degree ({fewest} at the least) and "
            f"may be {_coarse(fewest).en} off; check them on the map",
        )
    ]


def _texts(heads: PlaceHeads, row: Mapping[str, str]) -> tuple[str, str]:
    if heads.kind == "pair":
        found = PAIR.fullmatch(row.get(heads.north[0], ""))
        return (found[1], found[2]) if found else ("", "")
    return row.get(heads.north[0], ""), row.get(heads.east[0], "")


def _coarse(decimals: int) -> Words:
    metres = round(100_000 / 10**decimals)
    return (
        Words(f"{metres // 1000}kmほど", f"some {metres // 1000} km")
        if metres >= 1000  # noqa: PLR2004 - a kilometre
        else Words(f"{metres}mほど", f"some {metres} m")
    )
