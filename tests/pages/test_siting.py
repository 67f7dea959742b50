"""どこに増やすか: each real place with its own gain, and one press makes it a plan of that very gain."""

import re
import shutil

import pytest
from streamlit.testing.v1 import AppTest
from where import ROOT

from layers.served.register import register_now
from layers.served.town import VARIABLE
from surveys.store.plans import list_plans

SITING, PLANS = (ROOT / "pages" / f"{name}.py" for name in ("siting", "plans"))


@pytest.fixture
def register(filled_town, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(shutil.copytree(filled_town, tmp_path / "town")))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield register_now()
    register_now().engine.dispose()


def opened(file, **query):
    page = AppTest.from_file(str(file), default_timeout=120)
    for key, value in ({"lang": "ja"} | query).items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page


def texts(page):
    raw = [re.sub(r"<[^>]+>", "", one.proto.body) for one in page.get("html")]
    return " ".join(re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), one) for one in raw)


def test_the_best_place_is_said_first_and_its_plan_gains_as_many(register, monkeypatch):
    gone = []
    monkeypatch.setattr("streamlit.switch_page", lambda page, **more: gone.append((page, more)))
    page = opened(SITING)
    said = texts(page)
    gained = int(re.search(r"1\. [^:]+: ＋([\d,]+)人", said)[1].replace(",", ""))
    assert "足し算にならない" in said and "届くことと、通うことは同じではありません" in said
    page.button(key="si_plan_1").click().run()
    plan = list_plans(register)[0]  # the newest: the demo has its own
    assert [one.do for one in plan.changes] == ["add"] and plan.changes[0].name == plan.title
    ((to, more),) = gone
    assert to == "pages/plans.py" and more["query_params"]["plan"] == f"{plan.id}.1"
    assert f"新しく届くのは {gained:,}人で" in texts(opened(PLANS, plan=f"{plan.id}.1"))


def test_kinds_of_places_are_chosen(register):
    halls = texts(opened(SITING, park="off", shop="off", lent="off"))
    assert "（集会所など）" in halls and "（買い物先）" not in halls
