"""The town's own 通いの場 taken into its register, once; a newer list waits to be decided (街の表の取りこみ)."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from geo.base.problems import InputError
from geo.base.words import Words
from layers.day.own_list import (
    SALON,
    known_salon,
    known_salons,
    own_digest,
    own_rows,
    pairs,
    register_ids,
    told_by,
)
from surveys.imports.importing import plan_import
from surveys.imports.plan import Taking
from surveys.store.listing import SiteQuery, each_site
from surveys.store.own_batches import (
    MeanwhileError,
    is_own_left,
    keep_own,
    own_batch_id,
    own_batches,
    own_sites,
)
from surveys.store.receipt import Batch

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from geo.town import Town
    from surveys.imports.plan import Plan
    from surveys.record.site import Site
    from surveys.store.register import Register

NAME: Final = Words("街をつくったときの通いの場の表", "the list of salons the town was built with")
_TRIES: Final = 5
_NAMED: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A newer list that nobody has decided on (決めていない新しい表).

    Attributes
    ----------
    plan
        What taking it would do. Rows that are about what others recorded are not in it.
    same
        How many those are.
    gone
        Sites earlier lists brought in that it has no more: told, and left as they are.
    seen
        The register's stamp it was planned on.
    left
        Whether somebody chose not to take it.
    """

    plan: Plan
    same: int
    gone: tuple[Site, ...]
    seen: str
    left: bool

    def say(self) -> Words:
        """Return it in one sentence, with where it is decided (一文で言う)."""
        said = self.say_counts()
        return Words(
            f"{said.ja}。「取りこみ」の画面で決めるまで、一覧のまま数えます",
            f"{said.en}; until it is decided on the page of imports, the register counts as it is",
        )

    def say_counts(self) -> Words:
        """Return what it brings, for the page where it is decided (数を言う)."""
        counts = self.plan.counts
        names = "、".join(one.title for one in self.gone[:_NAMED])
        more = "ほか" if len(self.gone) > _NAMED else ""
        ja = f"（{names}{more}）" if names else ""
        en = f" ({names}{' and more' if more else ''})" if names else ""
        new, changed, gone = counts["new"], counts["change"], len(self.gone)
        return Words(
            f"街の通いの場の表（{self.plan.file}）が、取りこんだ表とちがいます：新しい {new}・変わる {changed}"
            f"・なくなった {gone}{ja}",
            f"the town's list of salons ({self.plan.file}) is another than the one in the register:"
            f" {new} new, {changed} changed, {gone} gone{en}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of the town's own list (街の表はどうなったか).

    Attributes
    ----------
    state
        ``none``: the town has no list; ``taken``: just now; ``held``: before, or undone since;
        ``waiting``: a newer one; ``unwritten``: the register cannot be written, so the list
        counts beside it as it did.
    plan
        What was taken.
    why
        Why it could not be.
    """

    state: Literal["none", "taken", "held", "waiting", "unwritten"]
    plan: Plan | None = None
    same: int = 0
    waiting: Waiting | None = None
    why: Words | None = None

    def say(self) -> list[Words]:
        """Return what a person should know, a line each; nothing where nothing is new (伝えること)."""
        if self.waiting is not None and not self.waiting.left:
            return [self.waiting.say()]
        if self.why is not None:
            return [
                Words(
                    f"{NAME.ja}は、一覧に書けないので取りこまず、そのまま数えます（{self.why.ja}）",
                    f"{NAME.en} is not taken into the register and counts beside it ({self.why.en})",
                )
            ]
        if self.plan is None or not self.plan.counts["new"]:
            return []
        faults = [Words(f"{one.say('ja')}", f"{one.say('en')}") for one in self.plan.problems]
        return [
            Words(
                f"{NAME.ja}を一覧に取りこみました：新しい {self.plan.counts['new']}・もうある {self.same}",
                f"{NAME.en} was taken into the register: {self.plan.counts['new']} new,"
                f" {self.same} recorded already",
            ),
            *faults,
        ]  # fmt: skip


def settle_own(town: Town, register: Register, *, now: str) -> Settled:
    """Take the town's own list into its register, if none ever was; else look at it (街の表を取りこむ).

    It is an import like any other: listed, undone and brought back whole. Rows a record is about
    are that record's, and nothing is written for them. Two who open a register at once take it
    once. A newer list is never taken by itself.

    Parameters
    ----------
    now
        The moment in UTC, ISO text.

    Returns
    -------
    ``unwritten`` and no error where the register cannot be written.
    """
    try:
        if own_batches(register):
            waiting = find_waiting(town, register, now=now)
            return Settled(state="held" if waiting is None else "waiting", waiting=waiting)
        if town.salons.empty:
            return Settled(state="none")
        return _take_first(town, register, now)
    except InputError as error:
        # What follows in a failure's words is said to somebody who wrote on a screen.
        why = Words(error.words.ja.partition("。")[0], error.words.en.partition(";")[0])
        return Settled(state="unwritten", why=why)


def find_waiting(town: Town, register: Register, *, now: str) -> Waiting | None:
    """Return a list of the town nobody has decided on, or chose not to take (待っている表).

    ``None`` where none was ever taken, where this one was, or where it would change nothing.
    """
    digest, own = own_digest(town), own_batches(register)
    if not own or own_batch_id(digest) in own:
        return None
    seen = register.stamp()
    mine = own_sites(register)
    sites = {one.id: one for one in each_site(register, SiteQuery(types=(SALON.id,), statuses=()))}
    salons = town.salons
    met = _meet(town, register, sites)
    theirs = [id_ in sites and id_ not in mine for id_ in met]
    kept = salons[[not one for one in theirs]].reset_index(drop=True)
    ids = [id_ for id_, one in zip(met, theirs, strict=True) if not one]
    plan = _plan(town, register, kept, ids, digest, now)
    gone = tuple(sites[id_] for id_ in sorted(mine - set(met)) if _stands(sites[id_]))
    counts = plan.counts
    if not (counts["new"] or counts["change"] or gone):
        return None
    return Waiting(
        plan=plan, same=sum(theirs), gone=gone, seen=seen, left=is_own_left(register, digest)
    )


def gone_sites(town: Town, register: Register) -> tuple[Site, ...]:
    """Return what earlier lists of the town brought in and its own list has no more (なくなった所).

    Those somebody closed since among them: they are told as they are now.
    """
    mine = own_sites(register)
    sites = {one.id: one for one in each_site(register, SiteQuery(types=(SALON.id,), statuses=()))}
    met = set(_meet(town, register, sites))
    return tuple(sites[id_] for id_ in sorted(mine - met) if not sites[id_].left_over)


def take_waiting(register: Register, waiting: Waiting, plan: Plan, *, now: str) -> int:
    """Take a newer list, whole or without some rows; return how many sites it touches (表を取りこむ).

    Raises
    ------
    InputError
        When the register changed since it was planned, or cannot be written.
    """
    versions = [one.version for one in plan.rows if one.version is not None]
    batch = _batch(plan, waiting.same, now)
    keep_own(register, batch, versions, seen=waiting.seen, first=False)
    return len(versions)


def _take_first(town: Town, register: Register, now: str) -> Settled:
    for _ in range(_TRIES):
        seen = register.stamp()
        told = told_by(town.salons, known_salons(town.plane, register))
        salons = town.salons[~told].reset_index(drop=True)
        ids = list(register_ids(register, salons["site_id"]).values())
        plan = _plan(town, register, salons, ids, own_digest(town), now)
        versions = [one.version for one in plan.rows if one.version is not None]
        same = int(told.sum())
        try:
            taken = keep_own(register, _batch(plan, same, now), versions, seen=seen, first=True)
        except MeanwhileError:
            continue
        return Settled(state="taken", plan=plan, same=same) if taken else Settled(state="held")
    return Settled(
        state="unwritten",
        why=Words("ほかの書きこみが続いています", "others are writing into it just now"),
    )


def _plan(
    town: Town,
    register: Register,
    salons: pd.DataFrame,
    ids: Sequence[str],
    digest: str,
    now: str,
) -> Plan:
    files = "、".join(town.salons["source"].unique())
    # What a town was built with was known since; of one in memory since now.
    taking = Taking(
        file=files, data_sha256=digest, own=False, by="", on="", now=town.built_at or now,
        abroad=True,
    )  # fmt: skip
    batch_id, numbers = own_batch_id(digest), itertools.count()

    def new_id() -> str:
        at = next(numbers)
        return f"{batch_id}-{at}" if at else batch_id

    rows = [
        replace(one, site=replace(one.site, id=id_))
        for one, id_ in zip(own_rows(town, salons), ids, strict=True)
    ]
    return plan_import(register, SALON, rows, taking, new_id=new_id)


def _batch(plan: Plan, same: int, now: str) -> Batch:
    counts = {str(action): number for action, number in plan.counts.items()}
    counts["same"] += same
    return Batch(
        id=plan.batch_id, file=plan.file, sha256=plan.sha256, type=plan.type.id, by=plan.by,
        made_at=now, counts={action: number for action, number in counts.items() if number},
        undone_at=None,
    )  # fmt: skip


def _meet(town: Town, register: Register, sites: dict[str, Site]) -> list[str]:
    """Return the id of the site each row is about, each site met once; else its own."""
    own = list(register_ids(register, town.salons["site_id"]).values())
    met = {row: id_ for row, id_ in enumerate(own) if id_ in sites}
    used = set(met.values())
    known = [known_salon(town.plane, one) for one in sites.values()]
    for _, _, row, id_ in pairs(town.salons, known):
        if row not in met and id_ not in used:
            met[row] = id_
            used.add(id_)
    return [met.get(row, id_) for row, id_ in enumerate(own)]


def _stands(site: Site) -> bool:
    return site.state.status["is"] == "active"
