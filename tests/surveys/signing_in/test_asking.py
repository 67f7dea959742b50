"""Who asks is known to whatever runs for them, and to nothing else."""

import asyncio

import pytest
from starlette.concurrency import run_in_threadpool

from surveys.signing_in import asking
from surveys.signing_in.asking import ask_pages, asked_by, sessions_asking


@pytest.fixture(autouse=True)
def _own_pages(monkeypatch):
    monkeypatch.setattr(asking, "_PAGES", {})


def test_what_a_request_has_done_in_a_thread_is_asked_for_by_its_session():
    async def run():
        with asked_by(["a"]):
            inside = await run_in_threadpool(sessions_asking)
        return inside, await run_in_threadpool(sessions_asking)

    assert asyncio.run(run()) == (["a"], None)


def test_two_requests_at_once_are_not_mixed_up():
    async def one(name):
        with asked_by([name]):
            await asyncio.sleep(0)
            return await run_in_threadpool(sessions_asking)

    async def run():
        return await asyncio.gather(one("a"), one("b"))

    assert asyncio.run(run()) == [["a"], ["b"]]


@pytest.mark.parametrize(("page", "told"), [(None, None), ([], []), (["p"], ["p"])])
def test_a_page_tells_its_own_sessions_and_none_is_not_nobody(page, told):
    ask_pages(lambda: page)
    assert sessions_asking() == told
    with asked_by(["r"]):
        assert sessions_asking() == ["r"]
