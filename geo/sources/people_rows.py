"""Rows of a people table that belong to one area, made one (一つの地区の行をまとめる).

A table may tell an area in several rows: by sex, by kind of household, by month, in parts, with or
without a row of the total, in any order. Nothing of it is dropped unseen: what was taken, added
up or left aside is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.base.problems import Problem
from geo.base.words import Words
from geo.people.table import Counts, add_counts
from geo.sources.people_labels import is_inner, is_month, is_total, sex_of, when

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleRow:
    """One row as it was read (読んだ行).

    Attributes
    ----------
    key, name
        Where the people live.
    number
        The row in the file.
    counts
        ``None`` where `problem` says what is wrong.
    readable
        The people as far as they can be read, for who is left out.
    labels
        What the row is about, a text for each of the heads that part rows.
    lon, lat
        Of a point, degrees.
    differs
        What in the row does not agree with what else it tells.
    """

    key: str
    name: str
    number: int
    counts: Counts | None
    readable: Counts
    problem: Problem | None = None
    labels: tuple[str, ...] = ()
    lon: float | None = None
    lat: float | None = None
    differs: tuple[str, ...] = ()


def join_rows(
    rows: Sequence[PeopleRow], heads: Sequence[str], file: str
) -> tuple[list[PeopleRow], list[Words]]:
    """Return rows of which each has a key of its own, and what was done (一地区一行にする).

    Parameters
    ----------
    heads
        Of the rows' labels. Of several months the newest is taken; of all else the row of the
        total where there is one, else the rows are added up; a row that stands twice counts once.
    """
    said: list[Words] = []
    left = list(rows)
    for at in sorted(range(len(heads)), key=lambda at: not is_month(heads[at])):
        if not _parts_keys(left, at):
            continue
        join = _newest if is_month(heads[at]) else _joined
        left, words = join(left, at, heads[at], file)
        said += words
    left, words = _same_again(left, file)
    return left, said + words


def _parts_keys(rows: Sequence[PeopleRow], at: int) -> bool:
    seen: dict[str, str] = {}
    return any(seen.setdefault(row.key, row.labels[at]) != row.labels[at] for row in rows)


def _newest(
    rows: list[PeopleRow], at: int, head: str, file: str
) -> tuple[list[PeopleRow], list[Words]]:
    labels = {row.labels[at] for row in rows}
    newest = max(labels, key=when)
    kept = [row for row in rows if row.labels[at] == newest]
    gone = {row.key for row in rows} - {row.key for row in kept}
    beside = (
        Words(
            f"（{newest} の行がない{len(gone)}地区は、データなしとします）",
            f" ({len(gone)} areas have no row of {newest}: no data)",
        )
        if gone
        else Words("", "")
    )
    words = Words(
        f"{file} は、一つの地区が「{head}」ごとの行に分かれています（{len(labels)}とおり）。"
        f"いちばん新しい「{newest}」の行だけを使いました{beside.ja}",
        f"{file} has rows of {len(labels)} times ({head}) for an area; the newest, {newest}, was used"
        f"{beside.en}",
    )
    return kept, [words]


def _joined(
    rows: list[PeopleRow], at: int, head: str, file: str
) -> tuple[list[PeopleRow], list[Words]]:
    groups: dict[tuple[str, ...], list[PeopleRow]] = {}
    for row in rows:
        rest = (*row.labels[:at], "", *row.labels[at + 1 :])
        groups.setdefault((row.key, *rest), []).append(row)
    out: list[PeopleRow] = []
    taken: list[str] = []
    added: list[str] = []
    apart: list[PeopleRow] = []
    used: set[str] = set()
    for part in groups.values():
        totals = [row for row in part if is_total(row.labels[at])]
        kinds = [
            row for row in part if not is_total(row.labels[at]) and not is_inner(row.labels[at])
        ]
        if totals:
            taken.append(part[0].key)
            used.add(totals[0].labels[at])
            out += [_relabel(row, at) for row in totals]
            if kinds and len(totals) == 1 and _differ(totals[0], kinds):
                apart.append(totals[0])
            continue
        kinds = kinds or part
        if len({sex for sex in (sex_of(row.labels[at]) for row in kinds) if sex}) == 1:
            out.append(_relabel(_alone(kinds[0], head, at, file), at))
            continue
        added += [part[0].key] if len(kinds) > 1 else []
        out.append(_relabel(_sum(kinds), at))
    return out, _say_joined(file, head, (taken, added), used, apart)


def _alone(row: PeopleRow, head: str, at: int, file: str) -> PeopleRow:
    """Return a row that is left out, because its area has no row of the other sex."""
    label = row.labels[at]
    reason = Words(
        f"この地区には「{label}」の行だけがあり、もう片方の行がありません（使いませんでした）",
        f"this area has a row of {label} and none of the other sex (not used)",
    )
    problem = Problem(
        file=file, row=row.number, column=head, value=f"{row.key} {label}", reason=reason
    )
    return replace(row, counts=None, problem=problem)


def _say_joined(
    file: str,
    head: str,
    keys: tuple[list[str], list[str]],
    used: set[str],
    apart: Sequence[PeopleRow],
) -> list[Words]:
    (taken, added), said = (len(set(one)) for one in keys), []
    label = "・".join(sorted(used))
    if taken:
        said.append(
            Words(
                f"{file} は、一つの地区が「{head}」ごとの行に分かれています。{taken}地区は「{label}」の行を使いました",
                f"{file} tells an area in rows of {head}; of {taken} areas the row {label} was used",
            )
        )
    if added:
        said.append(
            Words(
                f"{file} は、一つの地区が「{head}」ごとの行に分かれています。"
                f"合計の行がない{added}地区は、行を足しました",
                f"{file} tells an area in rows of {head}; of {added} areas without a total the rows "
                "were added up",
            )
        )
    if apart:
        names = "、".join(_shown(row) for row in apart[:_SHOWN])
        said.append(
            Words(
                f"{file} の{len(apart)}地区（{names} など）で、「{label}」の行と、ほかの行を足した人数が合いません。"
                f"「{label}」の行を使いました",
                f"{file}: in {len(apart)} areas ({names}) the row {label} is not the sum of the others; "
                "it was used all the same",
            )
        )
    return said


def _relabel(row: PeopleRow, at: int) -> PeopleRow:
    return replace(row, labels=(*row.labels[:at], "", *row.labels[at + 1 :]))


def _differ(total: PeopleRow, kinds: Sequence[PeopleRow]) -> bool:
    counts = [row.counts for row in kinds if row.counts is not None]
    if len(kinds) < 2 or len(counts) < len(kinds) or total.counts is None:  # noqa: PLR2004 - a sum of two
        return False
    return add_counts(counts) != total.counts


def _sum(rows: Sequence[PeopleRow]) -> PeopleRow:
    """Return the rows as one; one that cannot be read spoils them all."""
    bad = next((row for row in rows if row.counts is None), None)
    counts = [row.counts for row in rows if row.counts is not None]
    return replace(
        rows[0] if bad is None else bad,
        counts=None if bad else add_counts(counts),
        readable=add_counts([row.readable for row in rows]),
    )


def _same_again(rows: list[PeopleRow], file: str) -> tuple[list[PeopleRow], list[Words]]:
    groups: dict[str, list[PeopleRow]] = {}
    for row in rows:
        groups.setdefault(row.key, []).append(row)
    out: list[PeopleRow] = []
    alike: list[PeopleRow] = []
    whole: list[PeopleRow] = []
    added: list[PeopleRow] = []
    for part in groups.values():
        good = list({(row.counts, row.name): row for row in reversed(part) if row.counts}.values())
        total = _total_among(part)
        if len(part) == 1:
            out.append(part[0])
        elif len(good) == 1 and all(row.counts for row in part):
            out.append(good[0])
            alike.append(part[0])
        elif total is not None:
            out.append(total)
            whole.append(total)
        else:
            out.append(_sum(part))
            added.append(part[0])
    said = []
    for found, ja, en in (
        (
            alike,
            "同じ行が二度あるので、一度だけ数えました",
            "stand twice alike and were counted once",
        ),
        (
            whole,
            "二行以上あり、うち一行がほかの合計なので、合計の行を使いました",
            "have a row that is the sum of the others; it was used",
        ),
        (added, "二行以上あるので、足しました", "stand in several rows, which were added up"),
    ):
        if found:
            names = "、".join(
                f"{_shown(row)}（{_places(groups[row.key])}）" for row in found[:_SHOWN]
            )
            more = Words("など", " …") if len(found) > _SHOWN else Words("", "")
            said.append(
                Words(
                    f"{file} の{len(found)}地区（{names}{more.ja}）は、{ja}",
                    f"{file}: {len(found)} areas ({names}{more.en}) {en}",
                )
            )
    return out, said


def _places(rows: Sequence[PeopleRow]) -> str:
    """Return the rows of one area with what each of them says."""
    told = [
        f"{row.number}行目 " + ("?" if row.counts is None else f"{row.counts.all_:,}人")
        for row in rows[:_SHOWN]
    ]
    more = f" ほか{len(rows) - _SHOWN}行" if len(rows) > _SHOWN else ""
    return "、".join(told) + more


def _total_among(rows: Sequence[PeopleRow]) -> PeopleRow | None:
    """Return the row that is the sum of the others, None for none (ほかの合計である行)."""
    counts = [row.counts for row in rows if row.counts is not None]
    if len(counts) < len(rows) or len(rows) < 3:  # noqa: PLR2004 - a total and two parts
        return None
    together = add_counts(counts)
    for row in rows:
        if row.counts is not None and add_counts([row.counts, row.counts]) == together:
            return row
    return None


def _shown(row: PeopleRow) -> str:
    return row.name or row.key
