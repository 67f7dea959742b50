"""An area's sheet taken apart: its tables as they are read."""

import re

from sheet_fixtures import HTML, checked

from geo.say.masked import MASKED


def tables(page):
    """Each table of figures as rows of texts, its head first, by the heading over it."""
    root, found, head = checked(page), {}, ""
    for one in root.iter():
        if one.tag == f"{HTML}h2":
            head = (one.text or "").strip()
        if one.tag == f"{HTML}table" and "figures" in one.get("class", ""):
            found[head] = [
                ["".join(cell.itertext()).strip() for cell in row] for row in one.iter(f"{HTML}tr")
            ]
    return found


def number(text):
    """The count of a cell; None where it is masked."""
    if text == MASKED.ja:
        return None
    return int(re.fullmatch(r"([0-9,]+)人", text)[1].replace(",", ""))


def said(page):
    """The sentence that is read aloud."""
    root = checked(page)
    (box,) = [one for one in root.iter(f"{HTML}div") if one.get("class") == "say"]
    return ["".join(line.itertext()) for line in box]
