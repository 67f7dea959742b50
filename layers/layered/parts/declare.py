"""What a layer of the one map is, and what is asked of it (地図の層の宣言)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from geo.base.registry import by_id
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import folium

    from geo.base.words import Lang
    from layers.asked import Asked

SEAT_M: Final = 150  # asked of where the question has no rule of rests


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the map is to show (何を見せるか).

    Attributes
    ----------
    asked
        The question.
    version
        `layers.served.answers.answer_key` of it: in every address, so that no old answer is shown.
    signs
        A text that changes with the register.
    lang
        Of names the server writes, and of legends.
    divisions
        Whose borders are drawn, by name.
    on
        Ids of the layers shown together; what another shows already need not be shown again.
    closed
        Whether what was closed or removed is shown too.
    office
        Whether people of the office look on: homes and tracks are for nobody else.
    """

    asked: Asked
    version: str
    signs: str
    lang: Lang
    divisions: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    closed: bool = False
    office: bool = True

    @property
    def seat_m(self) -> int:
        """Within how many metres on foot a seat is looked for (座れる所をさがす距離)."""
        return int(self.asked.rest or SEAT_M)

    def address(self, path: str, **more: str) -> str:
        """Return an address of the question, with its version (問いのアドレス)."""
        return f"{path}?{self.asked.query}&{urlencode({**more, 'v': self.version})}"

    def of_register(self, path: str, **more: str) -> str:
        """Return an address that hangs on the register alone (台帳のアドレス)."""
        return f"{path}?{urlencode({**more, 'v': self.signs})}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Layers that stand together (層のまとまり)."""

    id: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Layers chosen for what one is about to do (用意した見方).

    Attributes
    ----------
    what
        What it is for, in a sentence.
    """

    id: str
    words: Words
    what: Words


def _never_off(_shown: Shown) -> Words | None:
    return None


def _uncounted(_shown: Shown) -> int | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLayer:
    """One layer of the map (地図の層).

    Attributes
    ----------
    words, what
        What it is called, and what it shows, in a sentence.
    group, order
        An id of `GROUPS`, and its place in it.
    views
        Ids of `VIEWS` that show it.
    make
        Gives the Folium layers. They only name addresses: nothing is worked out yet.
    legend
        HTML of what its lines, signs and colours mean.
    count
        How many things it shows, as far as that is known without working the answer out.
    off_words
        Why it cannot be shown, and what to do; None where it can.
    exclusive
        Of layers that say the same text here only one is shown at a time; "" for no such.
    icon
        A record type whose sign stands for it, or "".
    kinds
        Ids of `surveys.store.kept`: what of the register it shows.
    """

    id: str
    words: Words
    what: Words
    group: str
    order: int
    make: Callable[[Shown], Sequence[folium.map.Layer]]
    legend: Callable[[Shown], str]
    views: tuple[str, ...] = ()
    count: Callable[[Shown], int | None] = _uncounted
    off_words: Callable[[Shown], Words | None] = _never_off
    exclusive: str = ""
    icon: str = ""
    kinds: tuple[str, ...] = ()


GROUPS: Final[Mapping[str, Group]] = by_id(
    [
        Group(id="base", words=Words("下地", "Base")),
        Group(id="people", words=Words("人と届く範囲", "People and reach")),
        Group(id="streets", words=Words("道", "Streets")),
        Group(id="walks", words=Words("踏査", "Walks")),
        Group(id="places", words=Words("記録と地図の所", "Records and places")),
    ]
)
VIEWS: Final[Mapping[str, View]] = by_id(
    [
        View(
            id="meeting",
            words=Words("会議で見せる", "For a meeting"),
            what=Words(
                "地区ごとに、届く人の割合と、通いの場を見せる。",
                "Shows the share within reach of each area, and the salons.",
            ),
        ),
        View(
            id="walk",
            words=Words("踏査の前に", "Before a walk"),
            what=Words(
                "まだ見て歩いていない道と、確認の時期の来た所を見て、どこを歩くか決める。",
                "Shows streets nobody looked at and places to be confirmed, to choose where to walk.",
            ),
        ),
        View(
            id="gaps",
            words=Words("足りない所", "What is lacking"),
            what=Words(
                "届かない人の多い地区と、座れる所のない道を見て、何をどこに増やすか考える。",
                "Shows areas out of reach and streets without a seat, to think what to add where.",
            ),
        ),
    ]
)
