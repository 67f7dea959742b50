"""Every record type, out of each store in every format and back into another, is the same."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from register_strategies import READ_BACK, files

from surveys.formats.format import FORMATS, dump_type
from surveys.imports.bring_in import bring_in
from surveys.imports.importing import apply_plan
from surveys.record.answers import all_photos
from surveys.record.portable import make_portable
from surveys.store.listing import SiteQuery, each_site
from surveys.store.register import open_register
from surveys.types import EVERY_TYPE

NOW = "2026-11-21T00:00:00.000Z"
_COUNT = itertools.count()


def new_id():
    return f"n{next(_COUNT)}"


def travellers(register, type_id):
    query = SiteQuery(types=(type_id,), statuses=())
    sites = list(each_site(register, query))
    versions = register.versions_of([site.id for site in sites])
    return {site.id: make_portable(site, versions[site.id]) for site in sites}


def take(register, type_id, data, name):
    plan, _ = bring_in(
        register, type_id, data, file=name, by="取りこみ係", on="", now=NOW, new_id=new_id
    )
    assert [str(one.reason.en) for row in plan.rows for one in row.problems] == []
    apply_plan(register, plan)
    return plan


def lay_photos(register, type_, sites):
    """Put a file where each photo is named: an import takes none that is nowhere."""
    for one in sites:
        for _, photo in all_photos(type_, one.answers):
            path = register.photos.path_of(photo["id"])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"no picture")


def facts(portable):
    """What must not change on the way; the short number and the versions are each register's own."""
    return replace(portable, number=0, due_on="", head=0, told="")


@pytest.mark.parametrize("format_id", READ_BACK)
@pytest.mark.parametrize("type_id", EVERY_TYPE)
def test_out_of_a_store_and_into_another_is_the_same(
    register, tmp_path_factory, type_id, format_id
):
    type_ = EVERY_TYPE[type_id]
    name = f"out{FORMATS[format_id].suffix}"

    @settings(
        # What a file holds does not hang on the database: a few there show that it is the same.
        max_examples=2 if register.engine.dialect.name == "postgresql" else 6,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(st.data())
    def check(data):
        folder = tmp_path_factory.mktemp("other")
        mark = new_id()
        drawn = data.draw(files(type_))
        made = [
            replace(one, id=f"{mark}{one.id}", answers={"name": f"地点{at}", **one.answers})
            for at, one in enumerate(drawn)
        ]
        lay_photos(register, type_, made)
        take(
            register,
            type_id,
            dump_type("geojson", type_, made, made_at=NOW, exact=True),
            "in.geojson",
        )
        kept = {
            key: one for key, one in travellers(register, type_id).items() if key.startswith(mark)
        }
        assert set(kept) == {one.id for one in made}
        for one in made:
            assert kept[one.id].answers == one.answers and kept[one.id].place == one.place
        out = dump_type(format_id, type_, list(kept.values()), made_at=NOW, exact=True)
        other = open_register(folder, f"sqlite:///{folder}/register/other.db")
        lay_photos(other, type_, made)
        try:
            take(other, type_id, out, name)
            back = travellers(other, type_id)
        finally:
            other.engine.dispose()
        assert {key: facts(one) for key, one in back.items()} == {
            key: facts(one) for key, one in kept.items()
        }
        again, _ = bring_in(register, type_id, out, file=name, by="", on="", now=NOW, new_id=new_id)
        assert [row.action for row in again.rows] == ["same"] * len(kept)

    check()
