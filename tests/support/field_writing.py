"""A record written on the tablet by its buttons, sent, and looked for on the server."""

import json
import re

from browser_town import WAIT
from playwright.sync_api import expect


def begin(page, kind="ベンチ", name="木かげのベンチ"):
    """Open the form of a new record, and give it a name."""
    page.goto(re.sub("#.*", "", page.url) + "#/new")
    page.get_by_role("button", name=kind, exact=True).click()
    page.wait_for_function("() => location.hash.startsWith('#/draft/')", timeout=WAIT)
    page.get_by_label("名前", exact=True).fill(name)


def answer(page, question, choice):
    group = page.get_by_role("group", name=re.compile(question)).first
    group.get_by_role("button", name=choice, exact=True).click()


def save(page):
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_text("この端末に保存した").first).to_be_visible(timeout=WAIT)
    page.wait_for_function("() => location.hash.startsWith('#/saved/')", timeout=WAIT)


def open_sending(page):
    page.goto(re.sub("#.*", "", page.url) + "#/send")
    expect(page.get_by_role("button", name="今すぐ送る")).to_be_visible(timeout=WAIT)


def send_now(page):
    open_sending(page)
    page.get_by_role("button", name="今すぐ送る").click()


def wait_until_sent(page):
    send_now(page)
    expect(page.get_by_text("送っていないものはない")).to_be_visible(timeout=WAIT)
    expect(page.locator("#main .card.good").get_by_text("＝").first).to_be_visible(timeout=WAIT)


def received(field_town, named):
    """What the server has of the records of a name, with their payloads read."""
    rows = field_town.rows("select * from received order by received_at, id")
    return [
        one | {"payload": json.loads(one["payload"]), "faults": json.loads(one["faults"])}
        for one in rows
        if one["title"] == named
    ]
