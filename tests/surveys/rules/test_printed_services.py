"""Lists of services and of visits to parks under the headings that municipalities print."""

import pytest
from import_fixtures import counts, site_named
from register_fixtures import LATER

# Headings as they are printed, rows of our own; what is made of the row, and what is not used.
SERVICES = [
    (
        ("事業所名,住所,電話・FAX,サービスが利用できるエリア,サービス内容・料金,受付時間・定休日・受付方法,支払い方法\n"
        "梅の弁当,西町1-2,0234-11-2222／0234-11-3333,東町・西町,弁当の配達 1食500円,8:00～17:00 日曜休み,現金\n"),
        {
            "name": "梅の弁当", "address": "西町1-2", "office_phone": "0234-11-2222／0234-11-3333",
            "area": ["東町", "西町"], "activity": "弁当の配達 1食500円",
            "hours_note": "8:00～17:00 日曜休み", "payment": "現金",
        },
        (),
    ),
    (
        ("店舗・事業者名,電話・FAX,住所,サービスが利用できるエリア,サービス内容・料金,その他（定休日等）\n"
        "竹電器,0479-11-2222,ロ123,全市,訪問修理 出張料1000円,水曜定休\n"),
        {
            "name": "竹電器", "office_phone": "0479-11-2222", "address": "ロ123", "area": ["全市"],
            "activity": "訪問修理 出張料1000円", "note": "水曜定休",
        },
        (),
    ),
    (
        ("事業者名,住所・電話番号,対応エリア,サービス内容（料金・定休日・注意事項・サービスの特徴など）\n"
        "松の移動販売,東町12-3 TEL 0475-11-2222,市内全域,食料品の移動販売 月曜休み\n"),
        {
            "name": "松の移動販売", "address": "東町12-3", "office_phone": "0475-11-2222",
            "area": ["市内全域"], "activity": "食料品の移動販売 月曜休み",
        },
        (),
    ),
    (
        ("事業者名,サービス内容,営業時間,営業日,料金,特徴（対応エリアなど）,所在地,電話番号,FAX番号\n"
        "おでかけ梅号,送迎,9時～17時,月～金,1回200円（ガソリン代）,町の外へも行く,中町5,0855-11-2222,0855-11-3333\n"),
        {
            "name": "おでかけ梅号", "activity": "送迎", "hours_note": "9時～17時",
            "open_weekday": "月～金", "fee_yen": 200, "fee_note": "1回200円（ガソリン代）",
            "feature": "町の外へも行く", "address": "中町5", "office_phone": "0855-11-2222",
            "fax": "0855-11-3333",
        },
        (),
    ),
    (
        ("事業者名,住所・MAP情報,活動概要,対象者および対象エリア,有償・無償,参加費,開催日時,申し込み方法,TEL,携帯,FAX,Email\n"
        "梅の喫茶,北町2,茶話会,65歳以上 北小学校区,有償,100円／月,思いついた日,電話で,072-000-1111,,,\n"),
        {
            "name": "梅の喫茶", "address": "北町2", "activity": "茶話会",
            "target": "65歳以上 北小学校区", "paid": "paid", "fee_yen": 100, "fee_unit": "month",
            "fee_note": "100円／月", "schedule": [{"freq": "text", "text": "思いついた日"}],
            "application": "電話で", "office_phone": "072-000-1111",
        },
        ("携帯",),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "answers", "unused"), SERVICES)
def test_a_printed_list_of_services_comes_in_with_all_it_says(desk, text, answers, unused):
    _, reading = desk.read(text, type_id="resource", file="一覧.csv")
    assert reading.ignored == {"一覧": unused}
    made = desk.take(text, type_id="resource", file="一覧.csv")
    assert site_named(desk.book, answers["name"]).answers == answers
    told = {one.column for one in made.problems}
    assert told == ({"開催日時"} if "schedule" in answers else set())
    assert counts(desk.take(text, type_id="resource", file="一覧.csv", now=LATER)) == {"same": 1}


def test_a_kind_of_service_that_is_no_choice_stays_as_its_words(take, book):
    take(
        "事業者名,種類・ジャンル,開始年月\n梅の店,移動販売、買い物支援,むかし\n", type_id="resource"
    )
    answers = site_named(book, "梅の店").answers
    assert answers["subtype"] == "移動販売、買い物支援"
    assert answers["note"] == "開始年月：むかし"


def test_a_table_of_visits_to_parks_comes_in_with_their_size_and_surroundings(take, book):
    made = take(
        "場所,広さ,ベンチの数,トイレの有無,周辺状況,良いところ\n"
        "西町公園（西町1丁目）,約1200㎡,2,有,スーパーの隣,桜\n"
        "東町公園,テニスコート2面分,なし,無,坂の上,\n"
        "北緑地,0.3ha,1台,男女共用,車が多い,\n"
    )
    assert counts(made) == {"new": 3}
    west, east, north = (
        site_named(book, name).answers for name in ("西町公園", "東町公園", "北緑地")
    )
    assert (west["toilet"], east["toilet"], len(west["benches"])) == ("there", "none", 2)
    assert (west["address"], west["extent"], west["area_m2"]) == ("西町1丁目", "約1200㎡", 1200)
    assert (west["around"], west["good"]) == ("スーパーの隣", "桜")
    assert (east["extent"], east["benches"], "area_m2" in east) == ("テニスコート2面分", [], False)
    assert (north["area_m2"], north["note"]) == (3000, "トイレの有無：男女共用")
