"""Trips a day are those one may get on, on the commonest weekday, Saturday and Sunday."""

import io
import zipfile

import pytest
from import_fixtures import diff, row_of

from surveys.formats.raw.gtfs_trips import count_departures

FEED = {
    "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\na,駅前,35.66,139.9\nb,会館,35.67,139.91\n",
    "routes.txt": "route_id,route_long_name,route_type\nr,みどり線,3\n",
    "trips.txt": (
        "route_id,service_id,trip_id,trip_headsign\nr,平日,t1,会館\nr,平日,t2,会館\nr,土日祝,t3,会館\n"
    ),
    "stop_times.txt": (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type\n"
        "t1,8:05:00,8:05:00,a,1,0\nt1,8:20:00,8:20:00,b,2,0\n"
        "t2,9:30:00,9:30:00,a,1,\nt2,9:45:00,9:45:00,b,2,\nt3,25:10:00,25:10:00,a,1,0\nt3,,,b,2,0\n"
    ),
    # 2026-11-23 is a Monday and a holiday.
    "calendar.txt": (
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
        "平日,1,1,1,1,1,0,0,20261101,20261130\n土日祝,0,0,0,0,0,1,1,20261101,20261130\n"
    ),
    "calendar_dates.txt": "service_id,date,exception_type\n平日,20261123,2\n土日祝,20261123,1\n",
}


def packed(**more):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in (FEED | more).items():
            archive.writestr(name, text)
    return out.getvalue()


def counted(**more):
    return count_departures({name: text.encode() for name, text in (FEED | more).items()})


def test_trips_are_counted_by_line_direction_and_kind_of_day():
    (one,) = counted()["a"]
    assert (one.line, one.direction) == ("みどり線", "会館")
    assert one.counts == {"weekday": 2, "saturday": 1, "holiday": 1}
    assert (one.first, one.last) == ("08:05", "09:30")
    assert "b" not in counted()  # every trip ends there


def test_where_nobody_may_get_on_no_trip_counts():
    told = FEED["stop_times.txt"].replace("a,1,0\nt1", "a,1,1\nt1")
    assert counted(**{"stop_times.txt": told})["a"][0].counts["weekday"] == 1


@pytest.mark.parametrize(
    "more",
    [
        {"frequencies.txt": "trip_id,start_time\nt1,6:00:00\n"},
        {"trips.txt": ""},
        {"calendar.txt": "", "calendar_dates.txt": ""},
    ],
)
def test_a_feed_that_does_not_tell_times_or_days_tells_no_trips(more):
    found = counted(**more)
    assert not any(any(one.counts.values()) for lines in found.values() for one in lines)


def test_a_stop_comes_in_with_its_trips(plan):
    made = plan(packed(), type_id="bus_stop", file="feed.zip")
    (key,) = {
        path.split("/")[1] for path in diff(row_of(made, "駅前")) if path.startswith("lines/")
    }
    held = diff(row_of(made, "駅前"))
    assert held[f"lines/{key}/weekday_count"] == 2 and held[f"lines/{key}/first_time"] == "08:05"
    assert not any(path.startswith("lines/") for path in diff(row_of(made, "会館")))
