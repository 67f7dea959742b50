"""What the coordinator did besides walking: meetings, visits, calls (活動記録)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from surveys.demo.concerns import MOVED_TITLE
from surveys.demo.diary import COORDINATOR, Entry, make_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surveys.demo.diary import Diary
    from surveys.demo.ground import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One thing that was done on a day (したことひとつ).

    Attributes
    ----------
    ago
        Days before today; below 0 for one that is planned.
    site
        The place it was about, as (kind, name).
    concern
        The title of the concern it was about.
    next_in
        In how many days the next step is, from today.
    """

    name: str
    ago: int
    kind: str
    minutes: int
    area: tuple[str, ...]
    partner: str
    partner_kind: tuple[str, ...]
    note: str
    action: str = ""
    people: int = 0
    site: tuple[str, str] = ("", "")
    concern: str = ""
    next_in: int | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


ACTIVITIES: Final = (
    Done(name="みどり圏域協議体", ago=310, kind="meeting", minutes=120, area=("みどり圏域",),
        partner="自治会・民生委員・社協", partner_kind=("association", "welfare_officer", "welfare_council"), people=14,
        note="停留所を会館の前へ移すことが、会社から示された。", action="坂の途中で休む人の数を、地図で見せた。",
        concern=MOVED_TITLE),
    Done(name="移動販売の店との話しあい", ago=196, kind="moving", minutes=60, area=("緑ヶ丘三丁目",),
        partner="移動販売の店の店長", partner_kind=("company",), people=3,
        note="週に二回なら、会館の前に止まれるという。", action="買いものに困る人の声と、会館の広さを伝えた。",
        concern="丘の上に歩いて行ける店がない"),
    Done(name="訪問", ago=163, kind="salon_support", minutes=90, area=("駅南一丁目",), partner="体操の会の世話役",
        partner_kind=("group",), people=22, note="いすが足りず、三人は立ったままだった。",
        action="公民館のいすを借りる手続きを伝えた。"),
    Done(name="電話での相談", ago=141, kind="consult", minutes=20, area=("上野",), partner="地域包括支援センター",
        partner_kind=("support_centre",), note="近所に茶飲みの場がないかという問いあわせ。",
        action="上野えんがわの曜日を伝えた。"),
    Done(name="男の料理教室をつくる会", ago=118, kind="salon_founding", minutes=90, area=("新町一丁目",),
        partner="老人クラブ・公民館", partner_kind=("group", "town_hall"), people=9,
        note="月に一度、公民館の調理室で始めることになった。", action="ほかの市の教室のようすを話した。"),
    Done(name="生活支援コーディネーター連携会議", ago=95, kind="meeting", minutes=120, area=("汐見野市",),
        partner="圏域のコーディネーター・高齢福祉課", partner_kind=("town_hall", "welfare_council"), people=8,
        note="店まで歩けない人の数を、圏域ごとにくらべた。", action="緑ヶ丘の表を配った。",
        concern="丘の上に歩いて行ける店がない"),
    Done(name="冊子の原稿あつめ", ago=88, kind="directory", minutes=180, area=("汐見野市",), partner="サロンの世話役",
        partner_kind=("group",), note="曜日の変わった会が二つあった。", action="載せてよいかを、ひとつずつ聞いた。"),
    Done(name="隣の市への問いあわせ", ago=74, kind="other_town", minutes=30, area=("汐見野市",),
        partner="隣の市の担当課", partner_kind=("other_town",), note="電動シニアカーの通れる道の地図をつくったという。",
        action="つくり方を聞いた。"),
    Done(name="東町公園の夕方", ago=60, kind="local_body", minutes=45, area=("東町",), partner="民生委員・自治会",
        partner_kind=("welfare_officer", "association"), people=5, note="街灯の球が切れていた。",
        action="自治会から市へ届けることになった。", site=("park", "東町公園"), concern="夕方の東町公園が暗い"),
    Done(name="介護事業所の集まり", ago=47, kind="care_office", minutes=60, area=("中央圏域",),
        partner="ケアマネジャー", partner_kind=("care_office",), people=11, note="体操のあとに送れないかという声。",
        action="通いの場の一覧を配った。"),
    Done(name="商店会との話しあい", ago=33, kind="company", minutes=60, area=("本町一丁目",), partner="商店会",
        partner_kind=("company",), people=6, note="店先に二つ、いすを出せるという。",
        action="休む所のない道を地図で見せた。",
        concern="駅前から市役所まで休む所がない", next_in=3,
        more={"next_step": "いすを出した日に、見に行く"}),
    Done(name="訪問", ago=21, kind="resource_finding", minutes=40, area=("奥谷",), partner="よろずやの店主",
        partner_kind=("company",), note="荷物の配達を、週に一度している。", action="冊子に載せてよいかを聞いた。"),
    Done(name="電話", ago=9, kind="consult", minutes=15, area=("汐見団地",), partner="団地の住民",
        partner_kind=("resident",), note="ごみの当番が続いているという知らせ。",
        concern="団地のごみ置き場まで階段がつらい"),
    Done(name="担い手の勉強会", ago=-12, kind="meeting", minutes=120, area=("南圏域",), partner="社協・ボランティア",
        partner_kind=("welfare_council", "volunteer"), note="世話役を増やすための話を聞く。",
        concern="通いの場の世話役が足りない", more={"stage": "planned"}),
)  # fmt: skip


def write_activities(diary: Diary, ground: Ground) -> None:
    """Write what was done, and what is planned (活動記録を書く)."""
    for done in ACTIVITIES:
        answers: dict[str, Any] = {
            "name": done.name, "on": diary.day(done.ago).isoformat(), "kind": done.kind,
            "spent_min": done.minutes, "area": list(done.area), "partner": done.partner,
            "partner_kind": list(done.partner_kind), "note": done.note, **done.more,
        }  # fmt: skip
        if done.action:
            answers["action"] = done.action
        if done.people:
            answers["people_count"] = done.people
        if done.site[0]:
            answers["related_site"] = [ground.named(*done.site).id]
        if done.concern:
            answers["related_concern"] = [make_id("concern", done.concern)]
        if done.next_in is not None:
            answers["next_on"] = diary.day(-done.next_in).isoformat()
        diary.write("activity", make_id("activity", done.name, done.ago), Entry(
            ago=max(done.ago, 0), by=COORDINATOR, answers=answers,
        ))  # fmt: skip
