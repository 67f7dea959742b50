"""The page that asks whether two are one place: a tap each, undone by a tap, told in words."""

from received_page import text_of, town_register  # noqa: F401 - a fixture
from register_fixtures import new_version
from shapely import Point
from streamlit.testing.v1 import AppTest
from where import ROOT

from geo.sources.town_folder import load_town
from layers.served.town import town_folder
from surveys.record.claim import Claim, fold_claims
from surveys.store.claims import keep_claims, list_claims

PLACE = "osm-n900"
AT = "2026-11-21T09:00:00.000Z"


def visit(**params):
    page = AppTest.from_file(str(ROOT / "pages" / "same.py"), default_timeout=60)
    for key, value in params.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page


def press(page, key):
    page.button(key=key).click().run()
    assert not page.exception, page.exception
    return page


def bench_near(register, id_="r1", dx=10.0, **answers):
    town = load_town(town_folder())
    own = town.sites[town.sites["site_id"] == PLACE].iloc[0]
    lon, lat = town.plane.to_lonlat([own.x_m + dx], [own.y_m])
    place = Point(float(lon[0]), float(lat[0]))
    register.save(new_version(id_, answers, type="bench", place=place))


def said(register):
    return fold_claims(list_claims(register))


def test_where_nothing_is_left_it_is_said_in_words(register):
    text = text_of(visit())
    assert "尋ねることはありません" in text and "記録あり 0・地図だけ 1" in text
    assert "Nothing to ask" in text_of(visit(lang="en"))


def test_a_tap_says_the_same_and_another_takes_it_back(register):
    bench_near(register)
    page = visit()
    text = text_of(page)
    assert "<b>1</b>組です" in text and "記録から西へ 10m" in text and "site=r1" in text
    press(page, f"sm_same_{PLACE}")
    assert said(register) == ({PLACE: "r1"}, frozenset())
    text = text_of(page)
    assert "同じ所としました" in text and "尋ねることはありません" in text
    assert "これまでの答え" in text
    press(page, "sm_undo")
    assert said(register) == ({}, frozenset()) and "<b>1</b>組です" in text_of(page)
    (kept,) = list_claims(register)
    press(page, f"sm_turn_{kept.id}")
    assert said(register) == ({PLACE: "r1"}, frozenset())


def test_an_answer_is_signed_only_by_who_said_who_they_are(register):
    bench_near(register)
    page = visit()
    press(page, f"sm_same_{PLACE}")
    assert [one.by for one in list_claims(register)] == [""]
    assert "生活支援コーディネーター" not in text_of(page)


def test_not_the_same_tells_what_is_asked_next_and_why_as_many_are_left(register):
    bench_near(register)
    bench_near(register, "r2", dx=20.0)
    page = visit()
    press(page, f"sm_other_{PLACE}")
    assert said(register) == ({}, {(PLACE, "r1")})
    text = text_of(page)
    assert "ちがう所としました" in text and "あと 1組のままです" in text
    assert "次に尋ねるのは、名前のないベンチと「ベンチ 4」（記録から西へ 20m）です" in text
    press(page, f"sm_other_{PLACE}")
    text = text_of(page)
    assert "尋ねることはありません" in text and "別々の所として数えます。これで全部です" in text
    press(page, "sm_undo")
    assert "取り消しました。</b><br>次に尋ねるのは" in text_of(
        page
    ) and "あと 1組になり" in text_of(page)


def test_later_is_told_kept_over_a_reload_and_taken_back(register):
    bench_near(register)
    page = visit()
    press(page, f"sm_same_{PLACE}")
    press(page, "sm_undo")
    press(page, f"sm_later_{PLACE}")
    text = text_of(page)
    assert "あとで答えます" in text and "一覧の終わりに回りました" in text
    assert "あとで答えます" in page.toast[0].value, "seen from a card far below, too"
    assert "同じ所としました" not in text, "what was said before is told no more"
    assert "「あとで」にした 1組は、終わりにあります" in text
    assert said(register) == ({}, frozenset())
    assert page.query_params["later"] == PLACE
    again = visit(later=[PLACE])
    assert "「あとで」にした 1組" in text_of(again), "the address brings it back"
    press(page, "sm_undo")
    assert "「あとで」にした" not in text_of(page) and "later" not in page.query_params
    assert "「あとで」にした" not in text_of(visit(later=["osm-n1"])), "of a place not asked about"


def test_two_benches_of_a_park_are_told_apart(register):
    town = load_town(town_folder())
    own = town.sites[town.sites["site_id"] == PLACE].iloc[0]

    def away(dx):
        lon, lat = town.plane.to_lonlat([own.x_m + dx], [own.y_m])
        return float(lon[0]), float(lat[0])

    benches = [{"_id": "a", "point": [*away(300.0)]}, {"_id": "b", "point": [*away(5.0)]}]
    answers = {"name": "西公園", "benches": benches}
    register.save(new_version("p1", answers, type="park", place=Point(away(30.0))))
    page = visit()
    text = text_of(page)
    assert "西公園のベンチ2" in text and "記録から西へ 5m　西公園の印から西へ 30m" in text
    press(page, f"sm_other_{PLACE}")
    assert "名前のないベンチ — <a target='_self' href='/karte?site=p1'>西公園のベンチ2" in text_of(
        page
    )


def test_names_are_shown_as_they_are_written(register):
    bench_near(register, name="<b>{{7*7}}</b>")
    text = text_of(visit(lang="en"))
    assert "<b>{{7*7}}" not in text and "10 m west of the record" in text


def test_answers_of_places_that_are_gone_are_told(register):
    bench_near(register, dx=500.0)
    one = Claim(id="c", place_id="osm-gone", site_id="r1", same=True, by="係", made_at=AT)
    keep_claims(register, [one])
    assert "地図にもうない所" in text_of(visit())
