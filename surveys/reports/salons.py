"""通いの場 by content, frequency and area with who comes, by the national survey's headings (通いの場の集計)."""

from geo.base.words import Words
from surveys.reports.parts.declare import Axis, Counted, Number, Report

_NUMBERS = (
    Number(id="count", head=Words("箇所数", "Groups"), unit=Words("か所", "")),
    Number(id="people", head=Words("参加実人数", "Participants"), measure="people", unit=Words("人", "")),
    Number(id="over_75", head=Words("うち75歳以上", "Of whom 75+"), measure="over_75", unit=Words("人", "")),
)  # fmt: skip


def _by(id_: str, ja: str, en: str, mark: str) -> Counted:
    head = Words(ja, en)
    return Counted(
        id=id_, words=Words(f"{ja}ごと", f"By {en.lower()}"), source="group",
        rows=Axis(head=head, by=mark), numbers=_NUMBERS, every=True,
    )  # fmt: skip


REPORT = Report(
    id="salons",
    words=Words("通いの場の箇所数と参加者数", "salons"),
    help=Words(
        "いまの集まりを、内容・回数・地区ごとに数える。休止中・終了・準備中は入れない。",
        "Groups that meet now, by content, frequency and area; none that pause, ended or have yet to begin.",
    ),
    order=70,
    cut="whole",
    title=Words("通いの場の実施状況　{last}", "Salons on {last}"),
    by_area=True,
    parts=(
        _by("content", "おもな内容", "Main content", "content"),
        _by("often", "開催の回数", "How often", "often"),
        _by("area", "地区", "Area", "area"),
    ),
)
