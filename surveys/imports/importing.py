"""Bring a file in: plan it row by row, look, then take it whole or not at all (取りこみ)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.imports.absent_photos import leave_absent
from surveys.imports.blurred import blind, say_blurred
from surveys.imports.match import has_slid, is_blurred_row, match_rows
from surveys.imports.plan import ACTIONS, Action, Change, Plan, PlanRow, Taking, say_plan
from surveys.imports.row import RowAgainstSite
from surveys.imports.told import Stories, Told
from surveys.record.counted import say_count
from surveys.record.history import NOTHING
from surveys.record.same_group import meet_groups
from surveys.store.listing import SiteQuery, each_site
from surveys.store.receipt import Batch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo.base.problems import Problem
    from surveys.declaration.record_type import RecordType
    from surveys.record.portable import Incoming
    from surveys.store.register import Register

__all__ = [
    "ACTIONS", "Action", "Change", "Plan", "PlanRow", "Taking", "apply_plan",
    "plan_import", "say_plan",
]  # fmt: skip


def plan_import(  # noqa: PLR0913 - what a file says comes in these parts
    register: Register,
    type_: RecordType,
    incoming: Sequence[Incoming],
    taking: Taking,
    *,
    new_id: Callable[[], str],
    problems: Sequence[Problem] = (),
    heads: Mapping[str, Mapping[str, str]] | None = None,
    said: Sequence[Words] = (),
) -> Plan:
    """Return what taking a file would do, without doing it (予定をつくる).

    Parameters
    ----------
    problems
        What was found while the file was read, the rows' own among them.
    heads
        By sheet, what each header was taken for, so that faults name the file's own columns.
    said
        What the rules understood.

    Which site a row meets is told by `surveys.imports.match.match_rows`, what becomes of its
    answers by `surveys.imports.merge.merge_answers`. A coordinate that cannot be is named and the
    row taken without a place if it has a name.
    """
    batch_id, undone = new_id(), register.undone_batches()
    query = SiteQuery(types=(type_.id,), statuses=())
    incoming = [blind(one, type_) if one.site.told == "square" else one for one in incoming]
    sites = {site.id: site for site in each_site(register, query)}
    incoming, absent = leave_absent(register, type_, incoming, sites.values())
    met = match_rows(type_, incoming, sites)
    others = register.sites_of((one.site_id for one in met if one.site_id not in sites), logs=True)
    stories = Stories(register=register)
    numbered = {site.number: site for site in sites.values()}
    rows: list[PlanRow] = []
    blind_rows = 0
    for one, where in zip(incoming, met, strict=True):
        site = sites.get(where.site_id) or others.get(where.site_id)
        slid = taking.own and has_slid(one, site, numbered.get(one.site.number))
        blurred = is_blurred_row(one, site)
        blind_rows += blurred
        row = blind(one, type_) if blurred else one
        told = Told(
            site_id=where.site_id, state=site.state if site else NOTHING, own=taking.own,
            since=one.site.seen_on, head=one.site.head, stories=stories,
        )  # fmt: skip
        if site is not None and not taking.own:
            row = meet_groups(type_, row, site.answers, gone=told.groups_gone)
        reader = RowAgainstSite(
            type=type_, one=row, taking=taking, site_id=where.site_id, site=site,
            heads=(heads or {}).get(one.sheet, {}), told=told,
            slid=slid, blurred=blurred,
        )  # fmt: skip
        planned = (
            reader.plan_again(incoming[where.again]) if where.again is not None else reader.plan()
        )
        if planned.version is not None:
            version = replace(planned.version, id=new_id(), record_id=new_id(), batch_id=batch_id)
            planned = replace(planned, version=version)
        rows.append(planned)
    known = set(map(id, problems))
    more = [one for row in rows for one in row.problems if id(one) not in known]
    return Plan(
        file=taking.file, sha256=taking.data_sha256, type=type_, rows=tuple(rows),
        problems=(*problems, *more), batch_id=batch_id, by=taking.by, now=taking.now,
        said=(*said, *absent, *say_blurred(blind_rows)), undone=undone,
    )  # fmt: skip


def apply_plan(register: Register, plan: Plan) -> int:
    """Take a plan whole, in one transaction, and return how many sites it touched (取りこむ).

    Taking the same plan again changes nothing.

    Raises
    ------
    InputError
        When somebody changed one of the sites since the plan was made (nothing is taken then),
        the plan was taken and undone, or the database cannot write.
    """
    versions = [row.version for row in plan.rows if row.version is not None]
    if not versions:
        return 0
    kept = next((one for one in register.batches() if one.id == plan.batch_id), None)
    if kept is not None and kept.undone_at:
        raise InputError(
            Words(
                "この取りこみは取り消してあります。戻すには「取りこみ」の「これまでの取りこみ」から選んでください",
                "this import was undone; bring it back under “What was brought in” of the page “Bring in”",
            )
        )
    if kept is not None:
        return len(versions)
    if register.undone_batches() != plan.undone:
        raise InputError(
            Words(
                "見ているあいだに、ほかの取りこみが取り消されたか、戻されました。"
                "もう一度ファイルを選んでください。何も取りこんでいません",
                "another import was undone or brought back meanwhile; choose the file again."
                " Nothing was brought in",
            )
        )
    now = register.sites_of((one.site_id for one in versions), logs=True)
    moved = [
        one for one in versions if one.site_id in now and now[one.site_id].state.head != one.base
    ]
    gone = [one for one in versions if one.base and one.site_id not in now]
    if moved or gone:
        many = say_count(plan.type, len(moved) + len(gone))
        raise InputError(
            Words(
                f"見ているあいだに、{many.ja}がほかの人に書きかえられました。"
                "もう一度ファイルを選んでください。何も取りこんでいません",
                f"{many.en} were changed meanwhile; choose the file again. Nothing was brought in",
            )
        )
    batch = Batch(
        id=plan.batch_id, file=plan.file, sha256=plan.sha256, type=plan.type.id, by=plan.by,
        made_at=plan.now, undone_at=None,
        counts={str(action): number for action, number in plan.counts.items() if number},
    )  # fmt: skip
    return len(register.save_all(versions, batch))
