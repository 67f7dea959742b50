"""The page of imports asks why rows that name somebody stay (`pages.parts.imports.private`)."""

import shutil

import pytest
from streamlit.testing.v1 import AppTest
from where import ROOT

from layers.served.register import register_now
from layers.served.town import VARIABLE
from surveys.record.privacy import REASON
from surveys.store.log import LogQuery, each_entry


@pytest.fixture
def folder(small_town, tmp_path, monkeypatch):
    made = tmp_path / "town"
    shutil.copytree(small_town, made, ignore=shutil.ignore_patterns("register"))
    monkeypatch.setenv(VARIABLE, str(made))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield made
    register_now().engine.dispose()


def again(page):
    page.run()
    assert not page.exception, page.exception
    return page


def words(page):
    return " ".join(one.proto.body for one in page.get("html"))


LOG = "日程,事業・会議名等,経過・内容・主な事柄\n令和8年12月1日,電話,田中さんのごみ出し\n令和8年12月2日,協議体,買い物\n"


def test_a_log_that_names_somebody_is_taken_with_a_reason_alone(folder):
    page = AppTest.from_file(str(ROOT / "pages" / "imports.py"), default_timeout=120)
    page.query_params["lang"] = "ja"
    again(page)
    page.selectbox(key="in_type").set_value("activity")
    page.file_uploader[0].set_value(("活動記録.csv", LOG.encode(), "text/csv"))
    again(page)
    said = words(page)
    assert "2行目 「田中さん」" in said and "役職・年代・地区" in said
    assert page.button(key="in_take").disabled
    (box,) = [one for one in page.text_input if (one.key or "").startswith("in_reason:")]
    box.set_value("見守りの同意あり")
    again(page)
    page.button(key="in_take").click()
    again(page)
    found = {one.title: one.answers for one in each_entry(register_now(), LogQuery())}
    assert found["電話"][REASON] == "見守りの同意あり" and REASON not in found["協議体"]
    # What a log's import brought is seen on its own page: no list holds it.
    assert "/activities" in words(page)
