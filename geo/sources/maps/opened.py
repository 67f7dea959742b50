"""A map file opened, and the words in which one is refused (開いた地図ファイル)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geo.base.delimited import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from geo.base.problems import InputError
    from geo.base.words import Words

MAX_FEATURES: Final = 1_000_000
_SHOWN: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFile:
    """The features of one layer of a map file (地図ファイルの中身).

    Attributes
    ----------
    frame
        Default index in the file's order; ``crs`` is ``None`` when the file names none. A missing
        geometry stays missing.
    told
        What had to be supposed or mended to read it.
    shown
        What an ``attributes.csv`` beside it, or in its zip, calls the columns.
    """

    frame: gpd.GeoDataFrame
    told: tuple[Words, ...] = ()
    shown: Mapping[str, str] = field(default_factory=dict)


def choose_layer(names: Sequence[str], layer: str, file: str) -> int:
    """Return which of a file's layers is meant (レイヤを選ぶ).

    Raises
    ------
    InputError
        Several and none is chosen, or none is called so; all are listed.
    """
    if layer and names.count(layer) == 1:
        return names.index(layer)
    if not layer and len(names) == 1:
        return 0
    more = "…" if len(names) > _SHOWN else ""
    listed, listed_en = ("、".join(names[:_SHOWN]) + more, ", ".join(names[:_SHOWN]) + more)
    if not names:
        raise refusal(
            file,
            "地図のレイヤがありません。地図を入れて書き出し直してください",
            "holds no layer of a map; export it again with one",
        )
    if layer:
        raise refusal(
            file,
            f"レイヤ「{layer}」がありません。レイヤを名前で選んでください（あるもの: {listed}）",
            f"has no layer {layer!r}; choose a layer by its name (it has: {listed_en})",
        )
    raise refusal(
        file,
        f"{len(names)}つのレイヤが入っています。{file}#{names[0]} のように、レイヤを名前で選んでください"
        f"（あるもの: {listed}）",
        f"holds {len(names)} layers; choose a layer by its name, as in {file}#{names[0]} (it has: {listed_en})",
    )


def check_features(count: int, file: str) -> None:
    """Refuse a file of more features than a town can have (多すぎないか)."""
    if count > MAX_FEATURES:
        raise too_many(file)


def too_many(file: str) -> InputError:
    """Return that there are too many features (多すぎることば)."""
    return refusal(
        file,
        f"点・線・面が多すぎます（{MAX_FEATURES:,} まで）。必要な範囲だけにしてください",
        f"too many features (at most {MAX_FEATURES:,}); keep only the part you need",
    )
