"""What the demo's coordinator did on days without a walk (活動記録)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from surveys.declaration.field import UNKNOWN
from surveys.demo.concerns import MOVED_TITLE
from surveys.demo.diary import COORDINATOR, Entry, make_id
from surveys.demo.kinds import PHONES

if TYPE_CHECKING:
    from surveys.demo.diary import Diary
    from surveys.demo.ground import Ground

_HILL: Final = ("緑ヶ丘一丁目", "緑ヶ丘二丁目", "緑ヶ丘三丁目")
_CENTRE: Final = ("本町一丁目", "本町二丁目", "仲町")
_SHOPLESS: Final = "丘の上に歩いて行ける店がない"
_FAR: Final = "西原は集まる所まで遠い"
_BENCHES: Final = "駅前から市役所まで休む所がない"
_HELPERS: Final = "通いの場の世話役が足りない"
_RUBBISH: Final = "団地のごみ置き場まで階段がつらい"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One line of the log (活動ひとつ).

    Attributes
    ----------
    partner
        By role and organisation, and its kind.
    people
        How many came, "約20" where nobody counted, "" for not said.
    site, concern
        A place as (kind, name), a concern's title.
    ahead
        Days before today of the next step (below 0: still to come), what it is, and how it stands.
    on_text
        The day as it was written, where the day itself is not known.
    wrote
        Days before today when it was written, of what lies ahead.
    """

    ago: int
    kind: str
    name: str
    note: str
    partner: tuple[str, str]
    areas: tuple[str, ...] = ()
    minutes: int = 60
    people: str = ""
    action: str = ""
    thought: str = ""
    site: tuple[str, str] = ("", "")
    concern: str = ""
    ahead: tuple[int, str, str] = (0, "", "")
    on_text: str = ""
    stage: str = "done"
    wrote: int | None = None


_RESIDENTS: Final = ("地域の住民", "resident")
_WELFARE: Final = ("民生委員", "welfare_officer")
_ASSOCIATION: Final = ("緑ヶ丘自治会", "association")
_COUNCIL: Final = ("社会福祉協議会", "welfare_council")
_SUPPORT: Final = ("地域包括支援センター", "support_centre")
_HALL: Final = ("高齢福祉課", "town_hall")
_CARE: Final = ("居宅介護支援事業所", "care_office")
_SHOP: Final = ("移動販売の店", "company")

# Days ago, kind, title, what happened and the rest; what the demo's other records tell comes again here.
LOG: Final = (
    Done(ago=452, kind="resource_finding", name="商店会の聞き取り", note="配達をする店が三つあった。",
        partner=("本町商店会", "company"), areas=_CENTRE, minutes=120, action="配達の曜日を聞いて書きとめた。"),
    Done(ago=447, kind="meeting", name="第2層協議体（みどり圏域）", note="移動と買い物の困りごとを出し合った。",
        partner=_COUNCIL, areas=_HILL, minutes=120, people="18", concern=MOVED_TITLE),
    Done(ago=440, kind="salon_support", name="本町いきいき体操を訪問", note="初めての人が二人いた。",
        partner=("体操の会の世話役", "group"), areas=("本町一丁目",), minutes=90, people="約20",
        site=("salon", "本町いきいき体操")),
    Done(ago=431, kind="care_office", name="ケアマネジャーの連絡会", note="通いの場の一覧がほしいと言われた。",
        partner=_CARE, people="14", minutes=90),
    Done(ago=425, kind="consult", name="相談（ごみ出し）", note="階段がつらく、ごみを出せない日がある。",
        partner=_WELFARE, areas=("汐見団地",), minutes=30, concern=_RUBBISH,
        action="同じ棟の当番に聞いてみることにした。"),
    Done(ago=416, kind="local_body", name="民生委員の定例会", note="見守りの新聞配達を知る人が少なかった。",
        partner=_WELFARE, minutes=60, people="22"),
    Done(ago=404, kind="salon_founding", name="西原で集いの相談",
        note="公会堂まで遠く、月に一度なら来られるという。",
        partner=_RESIDENTS, areas=("西原",), minutes=90, people="7", concern=_FAR),
    Done(ago=396, kind="meeting", name="第1層協議体", note="世話役が足りない会が三つある。", partner=_HALL,
        areas=("全市",), minutes=120, people="16", concern=_HELPERS),
    Done(ago=388, kind="directory", name="支え合いの冊子の打ち合わせ",
        note="休んでいる会をのせるかで意見が分かれた。", partner=_HALL, minutes=60),
    Done(ago=379, kind="salon_support", name="仲町ふれあい茶話会を訪問", note="菓子代の集め方を変えた。",
        partner=("茶話会の世話役", "group"), areas=("仲町",), minutes=60, people="12",
        site=("salon", "仲町ふれあい茶話会")),
    Done(ago=371, kind="other_town", name="近隣の市との情報交換会",
        note="移動販売の止まる所を住民が決めている市があった。",
        partner=("近隣四市の生活支援コーディネーター", "other_town"), minutes=180, people="約30"),
    Done(ago=365, kind="moving", name="助け合い送迎の運転者の集まり",
        note="運転する人は四人。休む人が出ると回らない。", partner=("助け合い送迎の会", "volunteer"), areas=_HILL,
        minutes=90, people="6"),
    Done(ago=352, kind="company", name="配食の店と打ち合わせ", note="昼の弁当なら奥谷まで届けられる。",
        partner=("配食の店", "company"), areas=("奥谷",), minutes=60),
    Done(ago=344, kind="consult", name="相談（通院の足）", note="週に一度の通院に乗れる車がない。",
        partner=_SUPPORT,
        areas=("緑ヶ丘二丁目",), minutes=40, action="助け合い送迎につないだ。"),
    Done(ago=338, kind="salon_support", name="みなとカフェを訪問", note="男の人が四人になった。",
        partner=("カフェの世話役", "group"), areas=("港町",), minutes=60, people="15",
        site=("salon", "みなとカフェ")),
    Done(ago=331, kind="meeting", name="世話役の研修", note="体操の進め方を二つの会どうしで見せ合った。",
        partner=("各会の世話役", "group"), minutes=150, people="24", concern=_HELPERS),
    Done(ago=322, kind="resource_finding", name="奥谷の店の聞き取り", note="店の前のいすが、集まる所になっている。",
        partner=("奥谷の商店", "company"), areas=("奥谷",), minutes=60, site=("shop", "よろずや奥谷")),
    Done(ago=311, kind="moving", name="乗合タクシーの停留所の打ち合わせ",
        note="会館の入口の前まで車が入れると分かった。", partner=_HALL, areas=("緑ヶ丘一丁目",), minutes=90,
        concern=MOVED_TITLE, site=("bus_stop", "デマンド緑ヶ丘下")),
    Done(ago=300, kind="local_body", name="停留所を移した日の立ち会い",
        note="体操の帰りの人が、そのまま乗って帰った。", partner=_ASSOCIATION, areas=("緑ヶ丘一丁目",), minutes=60,
        people="9", concern=MOVED_TITLE, thought="坂が短くなるだけで、来る人が変わる。"),
    Done(ago=288, kind="consult", name="相談（買い物）", note="店が閉じて、米と水を買えない。", partner=_RESIDENTS,
        areas=("緑ヶ丘三丁目",), minutes=30, concern=_SHOPLESS),
    Done(ago=281, kind="local_body", name="丘の上の買い物を話す会", note="移動販売に来てほしいという声が多い。",
        partner=_ASSOCIATION, areas=_HILL, minutes=90, people="約40", concern=_SHOPLESS),
    Done(ago=273, kind="company", name="移動販売の店へ依頼", note="木曜の午前なら寄れるという返事。", partner=_SHOP,
        areas=("緑ヶ丘三丁目",), minutes=60, concern=_SHOPLESS),
    Done(ago=262, kind="meeting", name="第2層協議体（みどり圏域）", note="移動販売の止まる所を公園前に決めた。",
        partner=_COUNCIL, areas=_HILL, minutes=120, people="17", concern=_SHOPLESS, site=("park", "緑ヶ丘西公園")),
    Done(ago=255, kind="moving", name="移動販売の初日", note="三十分で列がなくならなかった。", partner=_SHOP,
        areas=("緑ヶ丘三丁目",), minutes=60, people="約25", concern=_SHOPLESS, site=("park", "緑ヶ丘西公園")),
    Done(ago=247, kind="directory", name="冊子の校正", note="曜日が変わった会が五つあった。", partner=_COUNCIL,
        minutes=120),
    Done(ago=239, kind="salon_support", name="ラジオ体操の会を訪問", note="雨の日の場所を探している。",
        partner=("体操の会の世話役", "group"), minutes=45, people="約20", site=("salon", "中央公園ラジオ体操の会")),
    Done(ago=228, kind="other", name="ベンチ調べのまとめ", note="八百メートルの間に座れる所は二か所。",
        partner=_WELFARE, areas=_CENTRE, minutes=90, concern=_BENCHES),
    Done(ago=219, kind="care_office", name="通所の事業所を訪問", note="卒業した人の行き先に通いの場を紹介したい。",
        partner=("通所介護事業所", "care_office"), areas=("駅南一丁目",), minutes=60),
    Done(ago=211, kind="meeting", name="第1層協議体", note="休む所の少ない道を地図で見た。", partner=_HALL,
        areas=("全市",), minutes=120, people="15", concern=_BENCHES),
    Done(ago=203, kind="consult", name="相談（介護する家族）", note="話せる所がほしい。", partner=_SUPPORT,
        areas=("仲町",), minutes=50, action="家族の会の日を伝えた。"),
    Done(ago=196, kind="salon_founding", name="巡回のサロンの下見", note="公会堂の鍵は区長会があずかる。",
        partner=("西原区長会", "association"), areas=("西原",), minutes=90, people="5", concern=_FAR),
    Done(ago=188, kind="resource_finding", name="図書館の聞き取り", note="朗読の会が出前に行けるという。",
        partner=("図書館", "town_hall"), minutes=60, site=("salon", "図書館で朗読を楽しむ会")),
    Done(ago=176, kind="local_body", name="民生委員の定例会", note="ひとり暮らしの見回りの分け方を決めた。",
        partner=_WELFARE, minutes=60, people="21"),
    Done(ago=167, kind="other_town", name="視察の受け入れ", note="停留所を移した話を聞きに来た。",
        partner=("県内の市の担当課", "other_town"), areas=("緑ヶ丘一丁目",), minutes=120, people="8",
        concern=MOVED_TITLE),
    Done(ago=158, kind="salon_founding", name="西原の巡回サロン 初回", note="月に一度で始めた。",
        partner=_RESIDENTS,
        areas=("西原",), minutes=120, people="11", concern=_FAR),
    Done(ago=151, kind="care_office", name="ケアマネジャーの連絡会", note="冊子の新しい版を配った。", partner=_CARE,
        minutes=90, people="16"),
    Done(ago=143, kind="consult", name="相談（見守り）", note="新聞がたまっていると近所から聞いた。",
        partner=_WELFARE, areas=("東町",), minutes=30, action="包括につなぎ、その日に訪問した。"),
    Done(ago=134, kind="company", name="薬店と打ち合わせ", note="待つ間のいすを店の外に出してくれる。",
        partner=("しおみ薬店", "medical"), minutes=45, concern=_BENCHES),
    Done(ago=126, kind="moving", name="送迎の試し乗り", note="会館から店まで十二分。",
        partner=("助け合い送迎の会", "volunteer"), areas=_HILL, minutes=90, people="6", concern=_SHOPLESS),
    Done(ago=118, kind="salon_support", name="緑ヶ丘ふもと体操を訪問", note="停留所から来る人が七人いた。",
        partner=("体操の会の世話役", "group"), areas=("緑ヶ丘一丁目",), minutes=90, people="19",
        site=("salon", "緑ヶ丘ふもと体操"), concern=MOVED_TITLE),
    Done(ago=109, kind="meeting", name="第2層協議体（中央圏域）", note="店先のいすの置き方を話した。",
        partner=_COUNCIL, areas=_CENTRE, minutes=120, people="14", concern=_BENCHES),
    Done(ago=101, kind="directory", name="冊子を窓口に置く", note="九つの窓口に三十冊ずつ。", partner=_HALL,
        minutes=60),
    Done(ago=93, kind="local_body", name="丘の上の買い物を話す会", note="止まる所をもう一つ、坂の上にほしい。",
        partner=_ASSOCIATION, areas=_HILL, minutes=90, people="約30", concern=_SHOPLESS,
        ahead=(80, "移動販売の店に時刻を聞く", "done")),
    Done(ago=86, kind="salon_support", name="本町いきいき体操を訪問", note="男の人向けの回を月に一度つくる。",
        partner=("体操の会の世話役", "group"), areas=("本町一丁目",), minutes=60, people="22",
        site=("salon", "本町いきいき体操")),
    Done(ago=79, kind="moving", name="移動販売の時刻の調整", note="木曜の十時四十分にうつす。", partner=_SHOP,
        areas=("緑ヶ丘三丁目",), minutes=40, concern=_SHOPLESS),
    Done(ago=71, kind="consult", name="相談（住まい）", note="二階へ上がるのがつらい。", partner=_SUPPORT,
        areas=("港町",), minutes=40),
    Done(ago=66, kind="meeting", name="世話役の研修", note="会計の引きつぎを練習した。",
        partner=("各会の世話役", "group"), minutes=150, people="19", concern=_HELPERS),
    Done(ago=61, kind="local_body", name="東町の夜の見回り", note="公園の出口の灯が一つ切れている。",
        partner=_WELFARE, areas=("東町",), minutes=60, people="8", concern="夕方の東町公園が暗い",
        ahead=(20, "公園管理係に灯の直る日を聞く", "")),
    Done(ago=51, kind="company", name="商店会の役員会", note="店先のいすは三店なら出せる。",
        thought="ベンチを置くより早い。",
        partner=("本町商店会", "company"), areas=_CENTRE, minutes=60, people="10", concern=_BENCHES,
        ahead=(3, "いすを出す三店の場所を地図にのせる", "")),
    Done(ago=44, kind="resource_finding", name="高校の聞き取り", note="ごみ出しを手伝う部活動がある。",
        thought="団地のごみ当番と組めそうだ。",
        partner=("高校の福祉部", "school"), areas=("汐見団地",), minutes=60, concern=_RUBBISH),
    Done(ago=37, kind="other_town", name="圏域の研修会", note="報告の様式を見せ合った。",
        partner=("近隣四市の生活支援コーディネーター", "other_town"), minutes=180, people="約35"),
    Done(ago=31, kind="care_office", name="小規模多機能の運営推進会議",
        note="近くの茶話会に行きたい人が二人いる。", action="茶話会の世話役につないだ。",
        partner=("小規模多機能の事業所", "care_office"), areas=("仲町",), minutes=90, people="11",
        site=("salon", "仲町ふれあい茶話会")),
    Done(ago=24, kind="meeting", name="第1層協議体", note="来年度に何をするかを三つにしぼった。", partner=_HALL,
        action="丘の上、駅前のベンチ、夜の集いを検討案にして見せた。", thought="人数で比べると話が早い。",
        concern=_BENCHES,
        areas=("全市",), minutes=120, people="17", ahead=(-12, "三つの案を圏域の協議体に伝える", "")),
    Done(ago=17, kind="salon_founding", name="団地の集会室の下見", note="平日の午前が空いている。",
        action="鍵と暖房の決まりを聞いた。",
        partner=("団地の自治会", "association"), areas=("汐見団地",), minutes=60, people="4",
        ahead=(1, "集会室の使い方を自治会に聞く", "")),
    Done(ago=10, kind="consult", name="相談（配食）", note="夕食だけ届けてほしい。", partner=_CARE, areas=("上野",),
        minutes=30, action="昼だけの地区なので、作り置きできる店を伝えた。"),
    Done(ago=6, kind="salon_support", name="みなとカフェを訪問", note="始まる時刻を早める。",
        thought="冬は日が暮れる前に帰りたい人が多い。",
        partner=("カフェの世話役", "group"), areas=("港町",), minutes=60, people="約15",
        site=("salon", "みなとカフェ"), ahead=(-5, "一覧の時刻を直す", "")),
    Done(ago=16, kind="salon_support", name="西町公会堂の屋根の直し", note="来春まで会場を使えないと連絡があった。",
        partner=("西町お達者クラブの世話役", "group"), areas=("西町",), minutes=40, site=("salon",
        "西町お達者クラブ"),
        action="休みのあいだ公園で続けられないか、世話役と話した。",
        thought="歩いて行ける会がほかにない人が百人ほどいる。",
        ahead=(-4, "西町公園を使えるか公園管理係に聞く", "")),
    Done(ago=12, kind="salon_support", name="駅南元気体操の再開", note="床がなおり、十七人がもどった。",
        partner=("体操の会の世話役", "group"), areas=("駅南一丁目",), minutes=60, people="17",
        site=("salon", "駅南元気体操")),
    Done(ago=58, kind=PHONES.id, name="スマートフォンの教室（本町）", note="乗合タクシーの予約を画面でしてみた。",
        partner=("高校の福祉部", "school"), areas=("本町一丁目",), minutes=90, people="13",
        action="高校生が一人ずつ横についた。", thought="家族の写真を見る使い方から始めると続く。"),
    Done(ago=9, kind=PHONES.id, name="スマートフォンの相談（団地）", note="見守りの連絡を入れる設定をした。",
        partner=_RESIDENTS, areas=("汐見団地",), minutes=45, people="5"),
    Done(ago=1, kind="consult", name="相談（夕方の外出）", note="東町公園の横を通るのがこわい。", partner=_WELFARE,
        areas=("東町",), minutes=20, concern="夕方の東町公園が暗い", action="灯の直る日を公園管理係に聞く。",
        ahead=(-2, "灯の直る日を民生委員に伝える", "")),
    Done(ago=-9, wrote=5, stage="planned", kind="meeting", name="第2層協議体（みどり圏域）",
        note="三つの検討案を地図で見る。", partner=_COUNCIL, areas=_HILL, minutes=120, concern=_SHOPLESS),
    Done(ago=4, wrote=4, stage="called_off", kind="other_town", name="近隣四市の情報交換会",
        note="大雨の警報のため中止。", partner=("近隣四市の生活支援コーディネーター", "other_town"), minutes=0),
    Done(ago=2, kind="local_body", name="社協との打ち合わせ", note="世話役の集まりを春に開く。",
        action="講師と会場の分けもちを決めた。", partner=_COUNCIL,
        minutes=60, concern=_HELPERS, ahead=(0, "会場を予約する", "")),
    Done(ago=420, kind="resource_finding", name="老人クラブの聞き取り", note="囲碁の集まりがほかにもある。",
        partner=("老人クラブ", "group"), areas=("東山",), on_text="月のはじめ"),
    Done(ago=270, kind="consult", name="電話の相談", note="曜日を教えてほしい。", partner=_RESIDENTS, minutes=15,
        on_text="日はひかえていない"),
    Done(ago=130, kind="company", name="銀行の窓口と話す", note="番号札の所に冊子を置ける。",
        partner=("銀行の支店", "company"), on_text="盆のころ"),
)  # fmt: skip


def write_activities(diary: Diary, ground: Ground) -> None:
    """Write the log (活動記録を書く)."""
    for done in LOG:
        answers = _answers(diary, ground, done)
        diary.write("activity", make_id("activity", done.ago, done.name), Entry(
            ago=done.ago if done.wrote is None else done.wrote, by=COORDINATOR, source="told", answers=answers,
            place=None,
        ))  # fmt: skip


def _answers(diary: Diary, ground: Ground, done: Done) -> dict[str, Any]:
    partner, partner_kind = done.partner
    answers: dict[str, Any] = {
        "name": done.name, "kind": done.kind, "note": done.note, "partner": partner,
        "partner_kind": [partner_kind], "spent_min": done.minutes, "stage": done.stage,
        "on": UNKNOWN if done.on_text else diary.day(done.ago).isoformat(),
    }  # fmt: skip
    if done.on_text:
        answers["on_text"] = done.on_text
    if done.areas:
        answers["area"] = list(done.areas)
    if done.people:
        answers["people_count"] = int(done.people.removeprefix("約"))
        if done.people.startswith("約"):
            answers["about"] = "yes"
    if done.site[0]:
        answers["related_site"] = [ground.named(*done.site).id]
    if done.concern:
        answers["related_concern"] = [make_id("concern", done.concern)]
    answers |= {key: said for key in ("action", "thought") if (said := getattr(done, key))}
    ago, step, state = done.ahead
    if step:
        answers |= {"next_step": step, "next_on": diary.day(ago).isoformat()}
        answers |= {"next_state": state} if state else {}
    return answers
