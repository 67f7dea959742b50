"""Which values of a site stay against a file (ファイルに負けない値)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from surveys.declaration.paths import item_of
from surveys.record.same_group import NAME, group_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surveys.record.history import SiteState, Version
    from surveys.store.register import Register

# Beyond so many sites one reading of the whole register is quicker than one a site.
_ONE_BY_ONE: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Stories:
    """The versions of sites, read from the register as they are asked for (履歴の読み出し)."""

    register: Register
    _kept: dict[str, Sequence[Version]] = field(default_factory=dict)
    _whole: list[bool] = field(default_factory=list)

    def of(self, site_id: str) -> Sequence[Version]:
        """Return a site's versions; of imports that were undone there may be some (履歴)."""
        if site_id not in self._kept and len(self._kept) >= _ONE_BY_ONE and not self._whole:
            found: dict[str, list[Version]] = {}
            for one in self.register.all_versions():
                found.setdefault(one.site_id, []).append(one)
            self._kept.update(found)
            self._whole.append(True)
        if site_id not in self._kept:
            self._kept[site_id] = [] if self._whole else self.register.versions(site_id)
        return self._kept[site_id]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known of a site's values and who said them, against one row (値の由来を問う).

    Attributes
    ----------
    own
        Whether the row is of an export of ours. Against another's file what was seen or told
        stays, and what people differ on; against our own export only what was surveyed after it
        was written out.
    since
        The last day the site had been seen when the row was written out, "" for never.
    head
        The newest version of the site then, 0 when the row does not say. What a person said later
        stays, on the same day too; a register that got its sites by files counts its own.
    """

    site_id: str
    state: SiteState
    own: bool
    since: str
    head: int
    stories: Stories
    _said: dict[str, bool] = field(default_factory=dict)
    _asked: list[bool] = field(default_factory=list)

    def stays(self, path: str) -> bool:
        """Say whether a value, there or taken away, stays against the file (残る値か)."""
        if not self.state.head:
            return False
        if not self.own and path in self.state.conflicts:
            return True
        if path not in self.state.setters or (self.own and self._knows_all()):
            return False
        if not self._asked:
            self._asked.append(True)
            self._said.update(self._who_said())
        return self._said.get(path, False)

    def groups_gone(self, thing: str) -> dict[str, str]:
        """Return the names of groups that were there and are no more, by their ids (なくなった集まり).

        Parameters
        ----------
        thing
            The question whose answer is the list of groups; one without a name is "".
        """
        known = [path for path in self.state.setters if path.startswith(f"{thing}/")]
        gone = [path for path in known if not item_of(path) and path not in self.state.flat]
        names = dict.fromkeys(gone, "")
        for version in self.stories.of(self.site_id) if gone else ():
            said = {path: version.patch.get(f"{path}/{NAME}") for path in gone}
            names |= {path: group_name({NAME: name}) for path, name in said.items() if name}
        return {path.partition("/")[2]: name for path, name in names.items()}

    def _knows_all(self) -> bool:
        return self.since >= self.state.seen_on and (not self.head or self.head >= self.state.head)

    def _who_said(self) -> dict[str, bool]:
        by_seq = {one.seq: one for one in self.stories.of(self.site_id)}
        out: dict[str, bool] = {}
        for path, seq in self.state.setters.items():
            version = by_seq.get(seq)
            if version is None:
                continue
            origin = version.origin_of(path)
            seen = origin.source in ("surveyed", "told")
            later = origin.on > self.since or (
                version.kind != "import" and 0 < self.head < version.seq
            )
            out[path] = seen and (not self.own or later)
        return out
