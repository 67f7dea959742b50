"""Words laid into a picture: figures large, no break inside a phrase that fits (絵の中の文).

A picture has no browser to break its lines, so widths are taken as they are in Japanese type: a
whole square a sign, a little more than half of one for Latin letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.say.sentence import Part
from layers.maps.palette import CAUTION, INDIGO_DEEP, INK, VERMILION
from layers.paper.paper import number, plain
from layers.paper.signs import text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.base.words import Lang, Words
    from geo.say.sentence import Line, Mark

_LARGE: Final = 1.85  # a figure beside its sentence
_UNIT: Final = 1.1
_LEAD: Final = 1.36
_BOLD: Final = 1.06
_COLOURS: Final[dict[Mark, str]] = {
    "figure": INDIGO_DEEP, "gap": VERMILION, "missed": VERMILION, "rest": CAUTION,
}  # fmt: skip
_FIGURE: Final = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)(人|％)")
_PHRASES: Final = re.compile(r"(?<=[、。：）・])|(?<= )")
_WORDS: Final = re.compile(r" *[^ ]+ ?")
# Signs that do not begin a line, signs that do not end one, and words that are not broken.
_ATOM: Final = re.compile(
    r"[（「『]*(?:[!-~]+ ?|.)[、。，．）」』】％ー々っゃゅょぁぃぅぇぉッャュョァィゥェォ・：〜]*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A piece of text of one size and colour (一つづきの字)."""

    text: str
    size: float
    colour: str = INK
    bold: bool = False

    @property
    def width(self) -> float:
        """About how wide it is (幅)."""
        return text_width(self.text, self.size) * (_BOLD if self.bold else 1.0)


# Pieces no line break divides where they fit into one line.
Group = tuple[Run, ...]


def line_of(words: Words, lang: Lang) -> Line:
    """Return a sentence part by part, its figures marked (文を切れ目つきにする).

    Examples
    --------
    >>> from geo.base.words import Words
    >>> [one.text + one.unit for one in line_of(Words("届くのは、1,234人です", ""), "ja")]
    ['届くのは、', '1,234人', 'です']
    """
    parts: list[Part] = []
    pieces = _FIGURE.split(words.say(lang))
    for at in range(0, len(pieces), 3):
        parts += [Part(text=one) for one in _PHRASES.split(pieces[at]) if one]
        if at + 2 < len(pieces):
            parts.append(Part(text=pieces[at + 1], mark="figure", unit=pieces[at + 2]))
    return tuple(parts)


def groups_of(line: Line, size: float) -> list[Group]:
    """Return a sentence's parts as they are laid (並べる切れ)."""
    groups: list[Group] = []
    for part in line:
        if not part.mark:
            # Latin words are parted at every blank, as in any text.
            pieces = _WORDS.findall(part.text) if part.text.isascii() else [part.text]
            groups += [(Run(text=one, size=size),) for one in pieces]
            continue
        colour = _COLOURS[part.mark]
        large = Run(text=part.text, size=size * _LARGE, colour=colour, bold=True)
        unit = Run(text=part.unit, size=size * _UNIT, colour=colour, bold=True)
        groups.append((large, unit) if part.unit else (large,))
    return groups


def groups_of_text(text: str, size: float, colour: str = INK, *, bold: bool = False) -> list[Group]:
    """Return plain text phrase by phrase (ふつうの文)."""
    return [
        (Run(text=one, size=size, colour=colour, bold=bold),) for one in _PHRASES.split(text) if one
    ]


def lay(groups: Iterable[Group], width: float) -> list[list[Run]]:
    """Return the lines some text takes, none wider than there is room (行にする).

    Examples
    --------
    >>> lines = lay(groups_of_text("徒歩8分の中に、通いの場があります", 10.0), 80.0)
    >>> ["".join(run.text for run in line) for line in lines]
    ['徒歩8分の中に、', '通いの場がありま', 'す']
    """
    lines: list[list[Run]] = [[]]
    used = 0.0
    for group in groups:
        wide = sum(run.width for run in group)
        if lines[-1] and used + wide > width:
            lines.append([])
            used = 0.0
        atoms = [group] if wide <= width else [(one,) for run in group for one in _atoms(run)]
        for atom in atoms:
            wide = sum(run.width for run in atom)
            if lines[-1] and used + wide > width:
                lines.append([])
                used = 0.0
            lines[-1].extend(atom if lines[-1] else _begun(atom))
            used += wide
    return [line for line in lines if line]


def _begun(atom: Group) -> Group:
    """Return what begins a line, without the blank before it."""
    return (replace(atom[0], text=atom[0].text.lstrip(" ")), *atom[1:])


def height_of(lines: Sequence[Sequence[Run]]) -> float:
    """Return how high laid lines are (高さ)."""
    return sum(_high(line) for line in lines)


def draw_lines(lines: Sequence[Sequence[Run]], x: float, y: float) -> str:
    """Return laid lines as SVG, from their upper left corner on (文を描く)."""
    art = []
    for line in lines:
        high = _high(line)
        base = y + high * 0.76
        spans = "".join(_span(run) for run in _joined(line))
        art.append(f"<text x='{number(x)}' y='{number(base)}' xml:space='preserve'>{spans}</text>")
        y += high
    return "".join(art)


def _span(run: Run) -> str:
    bold = " font-weight='700'" if run.bold else ""
    return (
        f"<tspan font-size='{number(run.size)}' fill='{run.colour}'{bold}>{plain(run.text)}</tspan>"
    )


def _joined(line: Sequence[Run]) -> list[Run]:
    """Return runs of one look as one, so that a program that edits the picture finds sentences."""
    out: list[Run] = []
    for run in line:
        if out and replace(out[-1], text="") == replace(run, text=""):
            out[-1] = replace(run, text=out[-1].text + run.text)
        else:
            out.append(run)
    return out


def _high(line: Sequence[Run]) -> float:
    return max(run.size for run in line) * _LEAD


def _atoms(run: Run) -> list[Run]:
    return [replace(run, text=one) for one in _ATOM.findall(run.text)]
