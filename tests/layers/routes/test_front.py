"""The first page by its own name."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from layers.routes.front import make_front_routes


@pytest.mark.parametrize(
    ("asked", "led"),
    [("/coverage", "/"), ("/coverage?lang=en", "/?lang=en"), ("/favicon.ico", "/favicon.png")],
)
def test_an_address_of_two_names_leads_to_the_one_that_answers(asked, led):
    client = TestClient(Starlette(routes=make_front_routes()), follow_redirects=False)
    assert client.get(asked).headers["location"] == led
