"""Draw docs/house.svg and the table of rooms in docs/house.md: python docs/make_house.py."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

import networkx as nx
from read_imports import FLOORS, ROOT, read_imports, read_modules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PICTURE: Final = ROOT / "docs" / "house.svg"
PAGE: Final = ROOT / "docs" / "house.md"
START: Final = "<!-- rooms: made by docs/make_house.py -->"
END: Final = "<!-- /rooms -->"
_COUNT: Final = re.compile(r'(?<=class="n">)[\d,]+|(?<=\()[\d,]+(?=\))')
# Floors as they stand, their colour, and the package whose rooms are drawn.
_ORDER: Final = tuple(reversed(FLOORS))
_FILL: Final = {"pages": "#E6ECF5", "layers": "#FBEBE3", "surveys": "#E3E9D9", "geo": "#F3EFE6"}
_PAGES: Final = "pages.*"
_WIDTH, _LEFT, _BOX, _GAP, _BAND = 1100, 170, 40, 34, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Rooms, row by row from the top, and how many imports go from one to another."""

    rows: Mapping[str, Sequence[Sequence[str]]]
    files: Mapping[str, Sequence[Path]]
    arrows: Counter[tuple[str, str]]
    floors: Counter[tuple[str, str]]


def read_house() -> House:
    """Return the house as its files and its contracts have it."""
    modules = read_modules()
    imports = [one for one in read_imports(modules) if one.imported in modules]
    arrows = Counter((room_of(one.importer), room_of(one.imported)) for one in imports)
    floors = Counter((floor_of(one.importer), floor_of(one.imported)) for one in imports)
    files: dict[str, list[Path]] = {}
    for name, path in modules.items():
        if name not in FLOORS and name != "pages.parts":
            files.setdefault(room_of(name), []).append(path)
    inner = Counter({pair: n for pair, n in arrows.items() if pair[0] != pair[1]})
    return House(rows=_rows(), files=files, arrows=inner, floors=floors)


def floor_of(module: str) -> str:
    """Return the floor a module lies on."""
    return module.split(".", maxsplit=1)[0]


def room_of(module: str) -> str:
    """Return the room a module lies in; every page lies in one."""
    parts = module.split(".")
    if parts[0] != "pages":
        return ".".join(parts[:2])
    return ".".join(parts[:3]) if parts[1:2] == ["parts"] else _PAGES


def _rows() -> dict[str, list[list[str]]]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    contracts = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    found: dict[str, list[list[str]]] = {"pages": [[_PAGES]]}
    for one in contracts:
        if one["id"].startswith("rooms-of-"):
            box = one["containers"][0]
            rows = [[f"{box}.{room.strip()}" for room in row.split("|")] for row in one["layers"]]
            found.setdefault(floor_of(box), []).extend(rows)
    return found


def without_counts(text: str) -> str:
    """Return what is drawn or written, with every count left out: what a test compares.

    One more import between rooms already joined is no change of the house.
    """
    return _COUNT.sub("#", text)


def draw(house: House) -> str:
    """Return the picture as SVG."""
    places, bands, top = _lay(house)
    out = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" '
            'font-family="sans-serif" font-size="14" fill="#20242E">'
        ),
        "<title>The rooms of the house</title>",
        (
            '<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
            'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#565C66"/></marker></defs>'
        ),
        f'<rect width="{_WIDTH}" height="{top}" fill="#FBF9F4"/>',
    ]
    for floor, (start, height) in bands.items():
        out += _draw_band(house, floor, start, height)
    arrows = [pair for floor in _ORDER for pair in _needed(house, floor)]
    labels = []
    for pair in arrows:
        line, label = _draw_arrow(pair, arrows, places, house.arrows[pair])
        out.append(line)
        labels.append(label)
    out += [_draw_room(room, place, house) for room, place in places.items()]
    return "\n".join([*out, *labels, "</svg>"]) + "\n"


def _lay(
    house: House,
) -> tuple[dict[str, tuple[float, float, float]], dict[str, tuple[int, int]], int]:
    places: dict[str, tuple[float, float, float]] = {}
    bands: dict[str, tuple[int, int]] = {}
    top = 10
    for floor in _ORDER:
        rows = house.rows[floor]
        height = len(rows) * (_BOX + _GAP) + _GAP // 2
        bands[floor] = (top, height)
        for number, row in enumerate(rows):
            step = (_WIDTH - _LEFT - 20) / len(row)
            wide = min(170, step - 24)
            for place, room in enumerate(row):
                x = _LEFT + step * (place + 0.5) - wide / 2
                places[room] = (x, top + _GAP * 0.75 + number * (_BOX + _GAP), wide)
        top += height + _BAND
    return places, bands, top - _BAND + 10


def _draw_band(house: House, floor: str, start: int, height: int) -> list[str]:
    below = [one for one in _ORDER if one != floor and house.floors[floor, one]]
    out = [
        (
            f'<rect x="10" y="{start}" width="{_WIDTH - 20}" height="{height}" rx="8" '
            f'fill="{_FILL[floor]}" stroke="#DCD6C8"/>'
        ),
        f'<text x="26" y="{start + 32}" font-size="20" font-weight="bold">{floor}/</text>',
    ]
    for number, one in enumerate(below):
        out.append(
            f'<text x="26" y="{start + 56 + 20 * number}" font-size="12" fill="#565C66">↓ {one} '
            f'<tspan class="n">{house.floors[floor, one]:,}</tspan></text>'
        )
    return out


def _needed(house: House, floor: str) -> list[tuple[str, str]]:
    """Return the arrows of a floor that no longer way of arrows says already."""
    rooms = nx.DiGraph(
        pair for pair in sorted(house.arrows) if {floor_of(one) for one in pair} == {floor}
    )
    return sorted(nx.transitive_reduction(rooms).edges)


def _draw_arrow(
    pair: tuple[str, str],
    arrows: Sequence[tuple[str, str]],
    places: Mapping[str, tuple[float, float, float]],
    count: int,
) -> tuple[str, str]:
    (ax, ay, aw), (bx, by, bw) = places[pair[0]], places[pair[1]]
    out = sorted((one for one in arrows if one[0] == pair[0]), key=lambda one: places[one[1]][0])
    into = sorted((one for one in arrows if one[1] == pair[1]), key=lambda one: places[one[0]][0])
    x1 = ax + aw * (out.index(pair) + 1) / (len(out) + 1)
    x2 = bx + bw * (into.index(pair) + 1) / (len(into) + 1)
    y1, y2 = ay + _BOX, by - 2
    bend = min((y2 - y1) / 2, 60)
    line = (
        f'<path d="M{x1:.0f} {y1:.0f}C{x1:.0f} {y1 + bend:.0f} {x2:.0f} {y2 - bend:.0f} '
        f'{x2:.0f} {y2:.0f}" fill="none" stroke="#565C66" marker-end="url(#a)">'
        f"<title>{pair[0]} → {pair[1]}</title></path>"
    )
    label = (
        f'<text x="{x1 + 3:.0f}" y="{y1 + 12:.0f}" font-size="10" fill="#565C66" '
        f'stroke="{_FILL[floor_of(pair[0])]}" stroke-width="3" paint-order="stroke">'
        f'<tspan class="n">{count:,}</tspan></text>'
    )
    return line, label


def _draw_room(room: str, place: tuple[float, float, float], house: House) -> str:
    x, y, wide = place
    name = "a file a page" if room == _PAGES else room.rsplit(".", maxsplit=1)[-1]
    return (
        f'<g><title>{escape(_say(room, house))}</title><rect x="{x:.0f}" y="{y:.0f}" '
        f'width="{wide:.0f}" height="{_BOX}" rx="6" fill="#FFFFFF" stroke="#8B8677"/>'
        f'<text x="{x + wide / 2:.0f}" y="{y + 17:.0f}" text-anchor="middle">{name}</text>'
        f'<text x="{x + wide / 2:.0f}" y="{y + 33:.0f}" text-anchor="middle" font-size="11" '
        f'fill="#565C66"><tspan class="n">{len(_own(room, house))}</tspan> files</text></g>'
    )


def _own(room: str, house: House) -> list[Path]:
    return [one for one in house.files.get(room, ()) if one.name != "__init__.py"]


def _say(room: str, house: House) -> str:
    """Return the first line of what a room says of itself."""
    if room == _PAGES:
        return "A file a page: it asks and shows, and nothing else."
    files = house.files[room]
    door = next((one for one in files if one.name == "__init__.py"), files[0])
    return (ast.get_docstring(ast.parse(door.read_text(encoding="utf-8"))) or "").split("\n")[0]


def table(house: House) -> str:
    """Return the rooms as Markdown, floor by floor, from the top."""
    out: list[str] = []
    for floor in _ORDER:
        out += [f"**{floor}/**", "", "| room (files) | what is in it | stands on (imports) |"]
        out.append("|---|---|---|")
        for row in house.rows[floor]:
            for room in row:
                said = ", ".join(f"{one} ({n:,})" for one, n in _below(room, floor, house))
                name = "*.py" if room == _PAGES else _short(room, floor)
                out.append(
                    f"| `{name}` ({len(_own(room, house))}) | {_say(room, house)} | {said} |"
                )
        out.append("")
    return "\n".join(out)


def _below(room: str, floor: str, house: House) -> list[tuple[str, int]]:
    """Return what a room stands on: rooms of its floor, then lower floors whole."""
    found: Counter[str] = Counter()
    for (one, other), count in house.arrows.items():
        if one == room:
            own = floor_of(other) == floor
            found[_short(other, floor) if own else f"{floor_of(other)}/"] += count
    return sorted(found.items(), key=lambda item: (item[0].endswith("/"), item[0]))


def _short(room: str, floor: str) -> str:
    return room.removeprefix(f"{floor}.").replace(".", "/")


def page(house: House, text: str) -> str:
    """Return the page with its table of rooms made anew."""
    head, rest = text.split(START)
    return f"{head}{START}\n\n{table(house)}\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    whole = read_house()
    PICTURE.write_text(draw(whole), encoding="utf-8")
    PAGE.write_text(page(whole, PAGE.read_text(encoding="utf-8")), encoding="utf-8")
