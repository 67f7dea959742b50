"""One row of a file against the site it meets (一行の予定)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.base.place import in_japan
from geo.base.problems import Problem
from geo.base.words import Words
from surveys.declaration.paths import assemble, changes, field_at, item_of, known_paths, same
from surveys.imports.blurred import keep_named, keep_places
from surveys.imports.merge import merge_answers, too_many
from surveys.imports.plan import Change, PlanRow
from surveys.imports.poorer import say_poorer
from surveys.imports.resaved import is_rounded
from surveys.record.answers import MOST_ITEMS
from surveys.record.compose import KEEP, Written, check_place, compose, tidy_place
from surveys.record.history import NOTHING, PLACE, STATUS, Origin
from surveys.record.portable import NO_ORIGIN
from surveys.record.same_group import NAME
from surveys.record.venue import say_not_meeting

if TYPE_CHECKING:
    from collections.abc import Mapping

    import shapely

    from surveys.declaration.paths import Flat
    from surveys.declaration.record_type import RecordType
    from surveys.imports.plan import Action, Taking
    from surveys.imports.told import Told
    from surveys.record.compose import Keep
    from surveys.record.history import SiteState, Version
    from surveys.record.portable import Incoming
    from surveys.record.site import Site

_LONGEST_ID: Final = 64
_NOWHERE = Words("場所がありません。地図の上で置いてください", "it has no place; put it on the map")
_NAMELESS = Words("名前も場所もないので、取りこめません", "it has neither a name nor a place")
_EMPTY = Words("分かる値がないので、取りこめません", "it holds nothing that can be taken")
_ZERO = Words(
    "緯度・経度が0です。場所なしで取りこみます", "its place is 0, 0; it is taken without a place"
)
_SWAPPED = Words(
    "緯度と経度が入れかわっているようです。場所なしで取りこみます",
    "latitude and longitude seem swapped; it is taken without a place",
)
_ABROAD = Words(
    "日本の外の場所です。場所なしで取りこみます",
    "its place is outside Japan; it is taken without a place",
)
_OTHER_TYPE = Words("別の調査票の地点です", "a site of another record type")
_BAD_ID = Words(
    "地点IDが長すぎます。書き出したままにしておいてください",
    "the site's id is too long; leave it as it was exported",
)
_SLID = Words(
    "番号と地点IDが合いません。行がずれていないか、列を1つだけ並べかえていないか確かめてください",
    "number and site id do not belong together: look whether rows slid or one column was sorted alone",
)
_TOO_MANY = Words(
    f"{MOST_ITEMS}個をこえるので、この項目は取りこみません",
    f"would be more than {MOST_ITEMS}; this is not taken",
)
_JOINS = Words(
    "調べた会場に、新しい集まりとして足します。もうある集まりの別の名でないか、確かめてください",
    "is added as a new group of a venue that was surveyed; look whether it is another name of one"
    " that is there already",
)
_SPOILED = Words(
    "表計算のソフトで変わった書き方（先頭の0、日付など）のようなので、いまの値を残します",
    "seems changed by a spreadsheet (a leading zero, a date …); what is there stays",
)
_STALE = Words(
    "書き出したあとに調べられた地点です。あとから調べた値は、そのまま残します",
    "surveyed since it was exported; what was surveyed since stays",
)


def _kept(words: Words) -> Words:
    """Return what is said of a wrong place where the site has a good one already."""
    return Words(
        words.ja.replace("場所なしで取りこみます", "いまの場所を残します"),
        words.en.replace("it is taken without a place", "the place it has stays"),
    )


def _has_within(there: shapely.Geometry, place: shapely.Geometry) -> bool:
    """Say whether a point stands in the shape that is known: it tells less than is there."""
    area = there.geom_type in ("Polygon", "MultiPolygon")
    return area and place.geom_type == "Point" and bool(there.intersects(place))


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAgainstSite:
    """A row, the site it meets, and how the file is understood (行と地点).

    Attributes
    ----------
    site
        ``None`` when the register has none of that id. One that is hidden, because the import
        that made it was undone, counts as new.
    heads
        What each header of the sheet was taken for.
    told
        Which of the site's values stay against the file.
    slid, blurred
        Whether it carries the id of another; whether nothing of its place is taken.
    """

    type: RecordType
    one: Incoming
    taking: Taking
    site_id: str
    site: Site | None
    heads: Mapping[str, str]
    told: Told
    slid: bool = False
    blurred: bool = False

    def plan(self) -> PlanRow:
        """Return what the row comes to (行の予定をつくる)."""
        wrong = self._refusal()
        if wrong is not None:
            return self._row("problem", problems=[self._problem("", wrong)])
        merged = merge_answers(
            self.type, self.one, self.before, own=self.taking.own, kept=self._stays
        )
        problems = [self._problem(path, words) for path, words in merged.faults]
        crowded = too_many(self.type, merged.flat)
        flat = {p: v for p, v in merged.flat.items() if p.partition("/")[0] not in crowded}
        was = known_paths(self.type, self.before.answers)
        flat |= {p: v for p, v in was.items() if p.partition("/")[0] in crowded}
        problems += [self._problem(path, _TOO_MANY) for path in crowded]
        problems += [self._problem(path, _SPOILED) for path in merged.spoiled]
        problems += [
            replace(self._problem(path, _JOINS), value=str(flat.get(f"{path}/{NAME}") or ""))
            for path in merged.joined
            if path in flat
        ]
        flat, held = keep_named(self.type, was, flat), list(merged.held)
        if self.blurred:
            flat, held = keep_places(self.type, was, flat, held)
        place = self._place(held, problems)
        status = self._status(held)
        version, _ = compose(
            self.type,
            self.before,
            Written(
                version_id="", record_id="", site_id=self.site_id, kind="import",
                origin=self._origin(), made_at=self.taking.now, place=place, status=status,
                note="・".join(filter(None, (self.taking.file, self.one.place_note))), seen_on=self._seen_on(),
            ),
        )  # fmt: skip
        patch = changes(was, flat) | dict(version.patch)
        version = replace(version, patch=patch, origins=self._origins(patch))
        stale = any(not one.taken for one in held) and self.taking.own
        problems += [self._problem("", _STALE)] if stale else []
        return self._judge(version, flat, held, problems)

    def _stays(self, path: str) -> bool:
        """Say whether a value stays: told, or a state against one a list does not say outright."""
        inferred = self.one.site.origins.get(path, {}).get("sure") == "inferred"
        known = path.endswith("/state") and path in self.before.flat
        return (inferred and known) or self.told.stays(path)

    def _seen_on(self) -> str:
        """Return the day our own export says a site was last seen, for a register without it."""
        new = self.site is None and self.taking.own
        return self.one.site.seen_on if new else ""

    def plan_again(self, first: Incoming) -> PlanRow:
        """Return what the row comes to when an earlier one meets the same site (同じ地点の行)."""
        where = f"「{first.sheet}」の" if first.sheet != self.one.sheet else ""
        there = f" of {first.sheet}" if first.sheet != self.one.sheet else ""
        words = Words(
            f"{where}{first.row}行目と同じ地点です（名前と場所、または地点IDが同じ）。"
            "別の物なら、名前か場所を分けてください",
            f"the same site as row {first.row}{there} (same name and place, or the same id);"
            " if it is another, tell them apart by name or place",
        )
        return self._row("problem", problems=[self._problem("", words)])

    @property
    def before(self) -> SiteState:
        """The site as it is known now (いまの地点)."""
        return self.site.state if self.site else NOTHING

    @property
    def _is_new(self) -> bool:
        return self.site is None or self.site.hidden

    @property
    def _title(self) -> str:
        """What the row calls its site, else what the register does."""
        return str(self.one.site.answers.get("name") or (self.site.title if self.site else ""))

    def _refusal(self) -> Words | None:
        if self.site is not None and self.site.type.id != self.type.id:
            return _OTHER_TYPE
        if self.slid:
            return _SLID
        return _BAD_ID if len(self.site_id) > _LONGEST_ID else None

    def _judge(
        self, version: Version, flat: Flat, held: list[Change], problems: list[Problem]
    ) -> PlanRow:
        place = version.patch.get(PLACE, self.before.place)
        name = str(flat.get("name") or "")
        if not name and place is None and self.type.pin_needed:
            problems = [one for one in problems if one.reason != _NOWHERE]
            problems.append(self._problem("", _NAMELESS))
            return self._row("problem", problems=problems, title=name)
        changed = [
            Change(path=path, before=self.before.flat.get(path), after=value, taken=True)
            for path, value in version.patch.items()
        ]
        if STATUS in version.patch:
            said = say_not_meeting(
                name or self._title, version.patch[STATUS] or {}, assemble(self.type, flat)
            )
            problems += [self._problem(STATUS, said)] if said else []
        if not self.taking.own:
            poorer = ((one.path, say_poorer(one.before, one.after)) for one in changed)
            problems += [self._problem(path, words) for path, words in poorer if words]
        if self._is_new and not changed:
            problems.append(self._problem("", _EMPTY))
            return self._row("problem", problems=problems, title=name)
        action: Action = "new" if self._is_new else "change" if changed else "same"
        return self._row(
            action, problems=problems, title=name, changes=(*changed, *held),
            version=version if changed else None,
        )  # fmt: skip

    def _row(
        self,
        action: Action,
        *,
        problems: list[Problem],
        title: str = "",
        changes: tuple[Change, ...] = (),
        version: Version | None = None,
    ) -> PlanRow:
        return PlanRow(
            sheet=self.one.sheet, row=self.one.row, action=action, site_id=self.site_id,
            title=title or self._title, changes=changes,
            problems=(*self.one.problems, *problems), version=version,
        )  # fmt: skip

    def _place(self, held: list[Change], problems: list[Problem]) -> shapely.Geometry | Keep | None:
        """Return the place the row gives, with what is wrong with it told."""
        there = self.before.place
        if PLACE not in self.one.given:
            # A place that could not be read has been told with the row.
            if there is None and not self._asks_place() and self.type.pin_needed:
                problems.append(self._problem(PLACE, _NOWHERE))
            return KEEP
        place = tidy_place(self.one.site.place)
        if place is None:
            if self.taking.own:
                return KEEP if there is None or self._held(PLACE, None, held) else None
            if there is None and self.type.pin_needed:
                problems.append(self._problem(PLACE, _NOWHERE))
            return KEEP
        if same(there, place) or is_rounded(there, place) or self._tells_less(there, place):
            return KEEP
        wrong = [words for _, words in check_place(self.type, place)] or self._off_japan(place)
        if wrong:
            wrong = wrong if there is None else [_kept(words) for words in wrong]
            problems += [self._problem(PLACE, words) for words in wrong]
            return KEEP
        return KEEP if self._held(PLACE, place, held) else place

    def _tells_less(self, there: shapely.Geometry | None, place: shapely.Geometry) -> bool:
        """Say whether a place is no news: of an address where one is known, or within the shape."""
        if there is None or self.taking.own:
            return False
        inferred = self.one.site.origins.get(PLACE, {}).get("sure") == "inferred"
        return inferred or _has_within(there, place)

    def _off_japan(self, place: shapely.Geometry) -> list[Words]:
        west, south, east, north = place.bounds
        if self.taking.abroad or (in_japan(west, south) and in_japan(east, north)):
            return []
        if in_japan(south, west) and in_japan(north, east):
            return [_SWAPPED]
        return [_ZERO if west == south == east == north == 0 else _ABROAD]

    def _status(self, held: list[Change]) -> Mapping[str, str] | Keep:
        if STATUS not in self.one.given:
            return KEEP
        said = dict(self.one.site.status)
        if said == dict(self.before.status) or self._held(STATUS, said, held):
            return KEEP
        return said

    def _held(self, path: str, value: object, held: list[Change]) -> bool:
        if not self.told.stays(path):
            return False
        held.append(Change(path=path, before=self.before.flat.get(path), after=value, taken=False))
        return True

    def _asks_place(self) -> bool:
        return bool({"@lon", "@lat", "@wkt"} & set(self.heads.values())) or bool(self.one.problems)

    def _origin(self) -> Origin:
        """Return who says the values: a file, unless an export of ours tells of a new site."""
        said = self.one.site.origin
        if self.taking.own and self._is_new and said != NO_ORIGIN:
            return said
        of = "osm" if said.source == "osm" and not self.taking.own else "imported"
        on = self.taking.on if self.taking.own else said.on or self.taking.on
        return Origin(source=of, sure=said.sure, by=self.taking.by, on=on)  # type: ignore[arg-type]

    def _origins(self, patch: Flat) -> dict[str, Mapping[str, str]]:
        """Return what differs from it by path: an edited value is no longer who said it before."""
        if self.taking.own and not self._is_new:
            return {}
        keys = ("source", "sure", "by", "on") if self.taking.own else ("sure", "on")
        out: dict[str, Mapping[str, str]] = {}
        for path, said in self.one.site.origins.items():
            kept = {key: value for key, value in said.items() if key in keys}
            if path in patch and kept:
                out[path] = kept
        return out

    def _problem(self, path: str, reason: Words) -> Problem:
        sheet = "" if self.taking.file.startswith(f"{self.one.sheet}.") else self.one.sheet
        return Problem(
            file=f"{self.taking.file} {sheet}".strip(),
            row=self.one.row,
            column=self._column(path),
            value=self._value(path),
            reason=reason,
        )

    def _column(self, path: str) -> str:
        """Return the file's own name of a column, else the question's."""
        key = path.partition("/")[0]
        wanted = ("@lat", "@lon", "@wkt") if path == PLACE else (path, key)
        for header, meant in self.heads.items():
            if meant in wanted:
                return header
        if path.startswith("@") or not path:
            return "緯度" if path == PLACE else ""
        try:
            asked, inner = field_at(self.type, path)
        except KeyError:
            return path
        return (inner or asked).words.ja if item_of(path) else asked.words.ja

    def _value(self, path: str) -> str:
        place = self.one.site.place
        if path != PLACE or place is None or place.is_empty:
            return ""
        west, south, east, north = place.bounds
        return f"{(south + north) / 2:.6f}, {(west + east) / 2:.6f}"
