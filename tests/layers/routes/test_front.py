"""The first page by its own name, and what was asked where the coverage stood once."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from layers.routes.front import make_front_routes


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/today", "/"),
        ("/today?lang=en", "/?lang=en"),
        ("/?people=75&within=10min&lang=en", "/coverage?people=75&within=10min&lang=en"),
        ("/?weekday=%E7%81%AB", "/coverage?weekday=%E7%81%AB"),
        ("/favicon.ico", "/favicon.png"),
    ],
)
def test_an_address_of_two_names_leads_to_the_one_that_answers(asked, led):
    client = TestClient(Starlette(routes=make_front_routes()), follow_redirects=False)
    assert client.get(asked).headers["location"] == led


@pytest.mark.parametrize("path", ["/", "/?lang=en", "/?site=s1"])
def test_the_first_page_itself_is_left_to_streamlit(path):
    client = TestClient(Starlette(routes=make_front_routes()), follow_redirects=False)
    assert client.get(path).status_code == 404
