"""A site as pages, prints and files take it (地点)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from surveys.declaration.paths import assemble, known_paths
from surveys.record.history import STATUS
from surveys.record.walk import WALK
from surveys.types import EVERY_TYPE

if TYPE_CHECKING:
    import shapely

    from surveys.declaration.paths import Answers
    from surveys.declaration.record_type import RecordType
    from surveys.record.history import SiteState


def find_type(id_: str) -> RecordType:
    """Return a record type, a log's too, or the walk's own (調査票を探す).

    Raises
    ------
    KeyError
        When there is none of that id.
    """
    return WALK if id_ == WALK.id else EVERY_TYPE[id_]


def knows_type(id_: str) -> bool:
    """Say whether this release has such a record type (知っている調査票か).

    A register a newer release wrote on may hold others: they are kept, and not shown.
    """
    return id_ == WALK.id or id_ in EVERY_TYPE


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One site with all that is known of it now (地点のいま).

    Attributes
    ----------
    number
        A short number people can say and write; given once, never again.
    due_on
        The day it asks to be confirmed; "" when nobody ever saw it.
    """

    id: str
    number: int
    type: RecordType
    title: str
    state: SiteState
    due_on: str
    changed_at: str
    hidden: bool

    @property
    def answers(self) -> Answers:
        """The answers, items as lists, as the declaration of today asks them (答え)."""
        return assemble(self.type, known_paths(self.type, self.state.answers))

    @property
    def place(self) -> shapely.Geometry | None:
        """The shape in degrees (場所)."""
        return self.state.place

    @property
    def left_over(self) -> bool:
        """Whether it holds no more than a state: what named it was an import that was undone (残り)."""
        flat = self.state.flat
        states = all(
            path == STATUS or path.endswith("/state") or path + "/state" in flat for path in flat
        )
        return bool(flat) and states and not self.state.visits

    def answer(self, field_id: str) -> Any:  # noqa: ANN401 - an answer is any JSON value
        """Return one answer, ``None`` when it was not asked (ひとつの答え)."""
        return self.answers.get(field_id)


def make_title(type_: RecordType, answers: Answers) -> str:
    """Return what a site is called in lists; "" when it has no name (呼び名)."""
    return str(answers.get("name") or "") if type_.asks("name") else ""
