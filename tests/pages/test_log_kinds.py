"""種類を決める on the page of the log, and what follows from it: `pages.parts.log.kinds`."""

import json
import shutil

import pytest
from register_fixtures import new_version
from streamlit.testing.v1 import AppTest
from where import ROOT

from layers.field.pack import make_pack, pack_tag
from layers.served.clock import now_in_japan
from layers.served.register import register_now
from layers.served.town import VARIABLE
from pages.parts.log.kinds import FIELD
from surveys.imports.bring_in import bring_in
from surveys.imports.importing import apply_plan
from surveys.record.own_choices import OwnChoice, declared_choices
from surveys.store.drafts import Draft, keep_draft
from surveys.store.log import LogQuery, each_entry
from surveys.store.own_choices import find_choices, keep_choices, type_of

TEN = declared_choices(FIELD)


@pytest.fixture
def register(small_town, tmp_path, monkeypatch):
    made = tmp_path / "town"
    shutil.copytree(small_town, made, ignore=shutil.ignore_patterns("register"))
    monkeypatch.setenv(VARIABLE, str(made))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    found = register_now()
    found.save(new_version("a", {"name": "協議体", "kind": "meeting"}, type="activity"))
    yield found
    found.engine.dispose()


def opened(page="activities", **asked):
    made = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=120)
    for key, value in {"lang": "ja", **asked}.items():
        made.query_params[key] = value
    made.run()
    assert not made.exception, made.exception
    return made


def said(page):
    return "\n".join(one.proto.body for one in page.get("html"))


def names(page):
    return [one.value for one in page.text_input if str(one.key).startswith("kind:")]


def press(page, key):
    page.button(key=key).click().run()
    assert not page.exception, page.exception
    return page


def call(page, id_, text):
    (box,) = [one for one in page.text_input if str(one.key).endswith(f":{id_}:ja")]
    box.set_value(text).run()
    assert not page.exception, page.exception
    return page


def kept(register):
    return [
        (one.id, one.ja, one.hidden) for one in find_choices(register, "activity", "kind").choices
    ]


def keep(register, wanted):
    mark = find_choices(register, "activity", "kind").mark
    return keep_choices(register, "activity", "kind", wanted, made_from=mark)


def test_the_way_to_the_list_stands_on_the_log_and_it_begins_with_the_ten(register):
    assert "/activities?kinds=1" in said(opened())
    page = opened(kinds="1")
    assert names(page) == [one.ja for one in TEN]
    assert "1件" in said(page) and page.button(key="kinds_save").disabled
    assert (
        page.button(key="kind_off_other").disabled
        and page.button(key="kind_up_resource_finding").disabled
    )


def test_a_kind_is_renamed_moved_hidden_and_added_with_one_press(register):
    page = opened(kinds="1")
    call(page, "meeting", "会合")
    press(page, "kind_down_resource_finding")
    press(page, "kind_off_company")
    press(page, "kinds_add")
    (new,) = [str(one.key).split(":")[2] for one in page.text_input if ":own_" in str(one.key)]
    call(page, new, "見守り")
    assert "まだ保存していません" in said(page)
    assert kept(register) == [(one.id, one.ja, False) for one in TEN], "saved before it was pressed"
    press(page, "kinds_save")
    assert "種類を保存しました" in said(page)
    now = kept(register)
    assert [one[0] for one in now[:2]] == ["salon_support", "resource_finding"]
    assert ("meeting", "会合", False) in now and [one for one, _, hidden in now if hidden] == [
        "company"
    ]
    assert now[-2:] == [(new, "見守り", False), ("other", "その他", False)]
    assert "会合" in said(opened()) and "会合" in said(opened(entry="a"))


def test_a_kind_without_a_name_is_told_and_nothing_is_kept(register):
    page = press(opened(kinds="1"), "kinds_add")
    press(page, "kinds_save")
    assert "名前のない種類があります" in said(page) and kept(register)[0][1] == TEN[0].ja
    press(page, "kinds_drop")
    assert names(page) == [one.ja for one in TEN]


def test_the_later_save_is_told_and_what_was_typed_stays(register):
    page = call(opened(kinds="1"), "meeting", "会合")
    keep(register, [OwnChoice(id="own_aaaa", ja="見守り"), *TEN])
    press(page, "kinds_save")
    assert "ほかの人が種類を直して保存しました" in said(page) and "いまの種類：見守り・" in said(
        page
    )
    assert "会合" in names(page) and ("meeting", "会合", False) not in kept(register)
    press(page, "kinds_drop")
    assert names(page)[0] == "見守り" and "会合" not in names(page)


def test_a_list_is_taken_back_and_forth_and_to_the_ten(register):
    keep(register, [OwnChoice(id="own_aaaa", ja="見守り"), *TEN])
    page = press(opened(kinds="1"), "kinds_before")
    assert kept(register)[-1] == ("own_aaaa", "見守り", True) and "もとに戻しました" in said(page)
    press(page, "kinds_before")
    assert kept(register)[0] == ("own_aaaa", "見守り", False)
    press(page, "kinds_first")
    assert [one[0] for one in kept(register)] == [*(one.id for one in TEN), "own_aaaa"]


def test_hostile_words_are_shown_as_text(register):
    hostile = "<b>$x$ {{7*7}} [a](b)"
    keep(register, [OwnChoice(id="own_aaaa", ja=hostile), *TEN])
    register.save(new_version("b", {"name": "x", "kind": "meeting"}, type="activity"))
    for asked in ({}, {"kinds": "1"}, {"entry": "a"}):
        assert "<b>$x$" not in said(opened(**asked))


def kind_asked(page):
    (asked,) = [
        one
        for one in (*page.get("button_group"), *page.selectbox)
        if str(one.key).endswith(":kind")
    ]
    return asked


def test_the_form_offers_what_is_used_and_keeps_a_hidden_kind_where_it_stands(register):
    rows = [OwnChoice(id="own_aaaa", ja="見守り"), *TEN]
    keep(register, rows)
    keep(register, [one for one in rows if one.id not in ("company", "meeting")])
    draft = Draft(
        id="d1", type="activity", changed_at="2026-12-02T10:00:00Z", answers={"name": "x"}
    )
    keep_draft(register, draft)
    offered = str(kind_asked(opened("record", draft="d1")).proto)
    field = type_of(register, "activity").field("kind")
    assert "own_aaaa" in [one.id for one in field.offered]
    assert field.choice("own_aaaa").words.ja in offered
    assert "企業連携" not in offered and "会議・研修" not in offered
    page = opened("record", site="a")
    assert kind_asked(page).value == "meeting", "a hidden kind fell out of its entry"


def test_a_hidden_kind_in_use_is_still_a_filter_and_one_without_entries_is_none(register):
    keep(register, [one for one in TEN if one.id not in ("company", "meeting")])
    page = opened(kind="meeting")
    (box,) = [one for one in page.selectbox if one.key == "log_kind"]
    assert any("会議・研修" in one and "いまは使わない" in one for one in box.options)
    assert not any("企業連携" in one for one in box.options)
    assert "entry=a" in said(page)


def test_a_device_carries_the_offices_kinds_and_asks_anew_when_they_change(register):
    before = pack_tag("", now_in_japan())
    keep(
        register,
        [OwnChoice(id="own_aaaa", ja="見守り"), *(one for one in TEN if one.id != "company")],
    )
    assert pack_tag("", now_in_japan()) != before
    pack = json.loads(make_pack(None, now_in_japan()))
    (log,) = (one for one in pack["types"] if one["id"] == "activity")
    (kind,) = (one for one in log["fields"] if one["id"] == "kind")
    told = {one["id"]: one for one in kind["choices"]}
    assert told["own_aaaa"]["words"]["ja"] == "見守り" and told["company"]["hidden"]
    assert len(list(each_entry(register, LogQuery()))) == 1


def test_a_list_brought_in_is_counted_in_entries(register):
    plan, _ = bring_in(
        register, "activity", "事業・会議名等,日程\n訪問,2026-12-01\n".encode(), file="x.csv", by="", on="",
        now="2026-12-02T00:00:00Z", new_id=iter("pqrst").__next__,
    )  # fmt: skip
    apply_plan(register, plan)
    text = said(opened("imports"))
    assert "新しい記録 1件" in text and "1か所" not in text
    page = opened("imports")
    press(page, f"in_undo_{plan.batch_id}")
    assert "1件をもとに戻しました" in said(page)
