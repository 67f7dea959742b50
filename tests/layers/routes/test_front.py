"""The first page by its own name."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from layers.routes.front import make_front_routes


@pytest.mark.parametrize(("asked", "led"), [("/coverage", "/"), ("/coverage?lang=en", "/?lang=en")])
def test_coverage_leads_to_the_first_page_with_what_is_asked(asked, led):
    client = TestClient(Starlette(routes=make_front_routes()), follow_redirects=False)
    assert client.get(asked).headers["location"] == led
