"""A built small town with a register, for tests of sheets and routes."""

import itertools
import re
import xml.etree.ElementTree as ET
from datetime import datetime
from html.parser import HTMLParser

import shapely
from town_fixtures import at

from geo.walk.walkers import WALKERS
from layers.sheets.parts.frame import Frame
from surveys.record.compose import KEEP, Written, compose
from surveys.record.history import NOTHING, Origin
from surveys.record.site import find_type
from surveys.store.photo_checks import photo_ids

HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
_NUMBERS = itertools.count(1)
HOSTILE = (
    "{{7*191}}", "{% for x in y %}", "{# ", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>',
    "${alert(1)}", "`x`", "' onmouseover='x", "</svg></style></title><b>", "&lt;b&gt; &amp;", "]]>", "100％の坂",
)  # fmt: skip


def put(register, type_id, site_id, answers=None, *, place=KEEP, seen=None, **more):
    """Write a version of a site as a person's form would; `seen` is the head its writer saw."""
    type_ = find_type(type_id)
    site = register.site(site_id, logs=True)
    before = site.state if site else NOTHING
    if seen is not None:
        before = register.state_at(site_id, seen)
    number = next(_NUMBERS)
    origin = Origin(
        source=more.pop("source", "surveyed"), sure=more.pop("sure", "sure"),
        by=more.pop("by", "民生委員"), on=more.pop("on", "2026-11-21"),
    )  # fmt: skip
    written = Written(
        version_id=f"v{number}", record_id=f"r{number}", site_id=site_id,
        kind=more.pop("kind", "visit"), origin=origin, made_at="2026-11-21T10:00:00Z",
        answers=answers, place=place, **more,
    )  # fmt: skip
    version, faults = compose(type_, before, written)
    assert faults == []
    for photo_id in photo_ids(list(version.patch.values())):
        _lay(register.photos.path_of(photo_id))
    return register.save(version)


def _lay(path):
    """Put a file where a photo is named: the door takes no photo that is nowhere."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"no picture")


def point(column, row):
    return shapely.Point(at(column, row))


def fill_texts(type_, text):
    """Answers of a type with `text` in every field that takes free text, items' too."""

    def fill(fields):
        out = {}
        for field in fields:
            if field.kind in ("text", "note"):
                out[field.id] = text
            elif field.kind == "areas":
                out[field.id] = [text]
            elif field.kind == "photos":
                out[field.id] = [{"id": "ab" * 32, "caption": text}]
            elif field.kind == "schedule":
                out[field.id] = [{"freq": "text", "text": text}]
            elif field.kind == "sites":
                out[field.id] = ["hostile"]
            elif field.item:
                out[field.id] = [{"_id": "a", **fill(field.item.fields)}]
        return out

    return fill(type_.fields)


def frame(folder, town, register, lang="ja"):
    return Frame(
        town_folder=folder, town=town, register=register, walker=WALKERS["elderly"],
        now=datetime(2026, 11, 25, 10, 42), lang=lang,  # noqa: DTZ001 - the reader's clock
    )  # fmt: skip


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]


def checked(page):
    """The page as XML, after the checks every sheet must pass."""
    tags = Tags()
    tags.feed(page)
    assert not {"script", "iframe", "object", "embed", "form", "link"} & set(tags.tags)
    assert not [one for one in tags.attributes if one[1].startswith("on")]
    # An SVG's drawing is used again by its own id; no other address but photos of our own.
    addresses = [value for _, name, value in tags.attributes if name in ("src", "href")]
    assert all(re.fullmatch(r"#kz-[\w-]+|/photos/[0-9a-f]{64}\.jpg", one) for one in addresses)
    # Every drawing of a page has an id of its own.
    ids = [value for _, name, value in tags.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    root = ET.fromstring(page)  # noqa: S314 - our own page
    # Path data may hold any digits: texts and what is read aloud may not.
    spoken = [value or "" for _, name, value in tags.attributes if name in ("alt", "aria-label")]
    assert "1337" not in "".join([*root.itertext(), *spoken])
    return root


def text_of(page):
    return "".join(checked(page).find(f"{HTML}body").itertext())
