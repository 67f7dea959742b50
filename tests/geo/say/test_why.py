"""The sentence that says why people of an area are out of reach."""

import pandas as pd

from geo.analysis.why import Waiting, Why
from geo.base.words import Words
from geo.coverage.asking import parse_question
from geo.say.why import say_why, say_why_sentences

QUESTION = parse_question(
    division="町", people="65", walker="cane", within="500m", heights=True, rest="150"
)
NONE = {
    "off_network": 0, "why_slope": 0, "why_no_rest": 0, "why_not_open": 0, "why_far": 0,
    "why_no_way": 0, "why_together": 0, "nearest_id": "", "nearest_name": "",
    "nearest_m": float("nan"),
}  # fmt: skip
FULL = {
    "off_network": 12, "why_slope": 30, "why_no_rest": 10, "why_not_open": 103, "why_far": 1266,
    "why_no_way": 5, "why_together": 3, "nearest_id": "S", "nearest_name": "東町会館",
    "nearest_m": 820.4,
}  # fmt: skip
HALL = Waiting(site_id="p", name="西町公会堂", why=Words("休止", "paused"))


def made(*rows):
    areas = pd.DataFrame([{"area_id": name, "area_name": name, **row} for name, row in rows])
    total = {"area_id": "", "area_name": "", "outside": 1412, **FULL}
    waiting = {"": ((HALL, 103),)} | dict.fromkeys(areas["area_id"], ((HALL, 103),))
    return Why(areas=areas, totals=pd.DataFrame([total]), waiting=waiting)


def test_every_cause_is_told_once_and_the_counts_add_up():
    whole, west = say_why(made(("西町", {"outside": 1412, **FULL})), QUESTION)
    assert west.ja == (
        "西町: 届かない人 1,412人。ベンチがあれば届く人 10人、坂や階段がなければ届く人 30人、"
        "いまは数えない通いの場も数えれば届く人 103人（西町公会堂 休止 103人）、"
        "これらの二つ以上がそろえば届く人 3人、"
        "範囲に通いの場がない人 1,266人（いちばん近いのは 東町会館、半分の人が道のり820m以内。"
        "歩いて行く道がない人 5人）。ほかに、道につながらない人 12人"
    )
    assert "いちばん近い" not in whole.ja and "（歩いて行く道がない人 5人）" in whole.ja
    assert whole.ja.startswith("全体: 届かない人 1,412人") and whole.en.startswith("all areas: ")
    assert "within reach with benches 10; " in west.en and "half of them within 820 m" in west.en


def test_causes_nobody_has_and_areas_without_anybody_are_left_out():
    said = say_why(
        made(
            ("東町", {"outside": 2, **NONE, "why_far": 2, "why_no_way": 2}),
            ("西町", {"outside": 9, **NONE, "why_far": 9, "nearest_name": "えんがわ"}),
            ("仲町", {"outside": 0, **NONE}),
        ),
        QUESTION,
    )
    assert [one.ja for one in said[1:]] == [
        "西町: 届かない人 9人。範囲に通いの場がない人 9人（いちばん近いのは えんがわ）",
        "東町: 届かない人 2人。範囲に通いの場がない人 2人（歩いて行く道がない人 2人）",
    ]
    few = say_why(made(*((str(n), {"outside": n, **NONE}) for n in range(9))), QUESTION, first=5)
    assert [one.ja[0] for one in few[1:]] == ["8", "7", "6", "5", "4"]


def test_of_one_area_three_sentences_tell_how_many_why_and_what_is_nearest():
    why = made(("西町", {"outside": 1412, **FULL}))
    (row,) = why.areas.itertuples(index=False)
    first, second, third = say_why_sentences(why, row, QUESTION)
    assert first.ja == (
        "西町には、歩いて届かない人が 1,412人います（ほかに、道につながらない人が 12人）。"
    )
    assert second.ja == (
        "わけを分けると、範囲に通いの場がない人が 1,266人、"
        "いまは数えない通いの場も数えれば届く人が 103人、坂や階段がなければ届く人が 30人、"
        "ベンチがあれば届く人が 10人、これらの二つ以上がそろえば届く人が 3人です。"
    )
    assert third.ja == (
        "範囲にない人にいちばん近い通いの場は 東町会館で、そこまでの道のりは、半分の人が 820m以内です。"
        "いま数えていない通いの場では、西町公会堂（休止）で 103人に届きます。"
        "歩いて行く道がない人が 5人います。"
    )
    assert "1,266 no salon within range" in second.en


def test_where_no_salon_is_lacking_the_third_sentence_says_so():
    why = made(("西町", {"outside": 7, **NONE, "why_slope": 7}))
    (row,) = why.areas.itertuples(index=False)
    why.waiting["西町"] = ()
    said = say_why_sentences(why, row, QUESTION)
    assert said[1].ja == "わけを分けると、坂や階段がなければ届く人が 7人です。"
    assert said[2].ja.startswith("通いの場を足さなくても")
