"""The page that writes down one site: drafts that are opened, and what a receipt says."""

import shutil

import pytest
import shapely
from register_fixtures import new_version
from streamlit.testing.v1 import AppTest
from town_fixtures import at
from where import ROOT

from layers.served.register import register_now
from layers.served.town import VARIABLE
from surveys.record.history import NOTHING
from surveys.store.drafts import list_drafts


@pytest.fixture
def register(small_town, tmp_path, monkeypatch):
    made = tmp_path / "town"
    shutil.copytree(small_town, made, ignore=shutil.ignore_patterns("register"))
    monkeypatch.setenv(VARIABLE, str(made))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    found = register_now()
    groups = [{"_id": "1", "schedule": [{"freq": "weekly", "weekdays": [1]}], "state": "paused"}]
    for site_id, status in (("S01", "active"), ("S02", "closed"), ("S03", "paused")):
        version = new_version(
            site_id, {"name": f"集い{site_id}", "activities": groups}, before=NOTHING, type="salon",
            place=shapely.Point(*at(1, 1)), status={"is": status},
        )  # fmt: skip
        found.save(version)
    yield found
    found.engine.dispose()


def opened(**asked):
    page = AppTest.from_file(str(ROOT / "pages" / "record.py"), default_timeout=120)
    for key, value in {"lang": "ja", **asked}.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page


def saved(page):
    """Press save on the form and return what the receipt says."""
    (id_,) = (
        [page.query_params["draft"]]
        if isinstance(page.query_params["draft"], str)
        else page.query_params["draft"]
    )
    page.button(key=f"save:{id_}").click()
    page.run()
    assert not page.exception, page.exception
    return " ".join(one.proto.body for one in page.get("html"))


def test_a_form_opened_three_times_is_one_untouched_draft_and_none_to_go_on_with(register):
    for _ in range(3):
        opened(site="S01")
    assert len(list_drafts(register)) == 1
    assert "続きから" not in [one.value for one in opened().subheader]


@pytest.mark.parametrize(("site_id", "told"), [("S01", True), ("S02", False), ("S03", True)])
def test_only_a_site_that_stands_is_told_when_to_come_again(register, site_id, told):
    said = saved(opened(site=site_id))
    assert "受付番号" in said and ("次に確認する日" in said) == told
