"""The report of a run, in Markdown."""

from __future__ import annotations

import math
from typing import Any, Final

from plan import OURS

_HOW: Final = """Figures are medians of rounds in which the engines take turns, each in its own \
warmed process; in brackets how many times as long as the first row of the table, as the median \
of the rounds' ratios. ~ marks a time scaled up from a part of the question. In T3 to T5 peers get \
the graph with its chains merged and, in T3, the sites joined to it, which is not in their time; \
this project joins them in its time. Errors are against networkx with the points put into the \
streets (2,000 people); engines that leave out the way between street and door are held against \
walks without it. T2 is held against Shapely, T3 against SciPy. MiB is the process's high-water \
mark. The floor of T3 is a plain breadth-first walk over the same links and junctions; that of T2 \
is the least bytes that must move (228 a person) over the bandwidth."""


def write_report(result: dict[str, Any]) -> str:
    """Return the whole report."""
    lines = ["# Benchmarks of the walking engine", "", *_preamble(result), ""]
    lines += ["## Cities", "", *_cities(result["cities"]), ""]
    if result["failures"]:
        lines += ["## Failures", "", *(f"- {each}" for each in result["failures"]), ""]
    for task in result["tasks"]:
        lines += [f"## {task['id']} {task['title']}", ""]
        for city in dict.fromkeys(row["city"] for row in task["rows"]):
            rows = [row for row in task["rows"] if row["city"] == city]
            lines += [f"### {city}, load {task['load'].get(city, '')}", "", *_table(rows), ""]
        if task["growth"]:
            told = ", ".join(f"{case}: {value:.2f}" for case, value in task["growth"].items())
            lines += [f"Time grows with nodes to the power (this project): {told}.", ""]
    lines += ["## T10 the whole process, from the file of streets to GeoJSON", ""]
    lines += [*_whole(result["whole"]), ""]
    return "\n".join(lines)


def _preamble(result: dict[str, Any]) -> list[str]:
    machine = result["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    return [
        (
            f"{machine['processor']}, {machine['cores']} cores, {machine['memory']}, "
            f"{machine['system']}, Python {machine['python']}; {versions}."
        ),
        "",
        (
            f"Memory bandwidth of one thread (NumPy triad): {result['bandwidth_gb_s']:.1f} GB/s. "
            f"Load average at the start {result['load'][0]}, at the end {result['load'][1]}; "
            f"{result['minutes']:.1f} minutes in all."
        ),
        "",
        _HOW,
    ]


def _cities(cities: dict[str, dict[str, Any]]) -> list[str]:
    columns = ["nodes", "edges", "junctions", "arms", "km", "islands", "made_s", "prepared_s"]
    heads = ["nodes in the file", "edges", "junctions once merged", "arms a junction", "km",
             "islands", "made in s", "prepared in s"]  # fmt: skip
    return [
        "| city | " + " | ".join(heads) + " |",
        "|" + "---|" * (len(heads) + 1),
        *(
            f"| {name} | " + " | ".join(_number(facts[key]) for key in columns) + " |"
            for name, facts in cities.items()
        ),
    ]


def _table(rows: list[dict[str, Any]]) -> list[str]:
    cases = list(dict.fromkeys(row["case"] for row in rows))
    engines = list(dict.fromkeys(row["engine"] for row in rows))
    heads = ["engine", "build s", *cases, "CPU/wall", "MiB", "wrong side of 500 m",
             "error median / p95 / most m", "note"]  # fmt: skip
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for engine in engines:
        mine = {row["case"]: row for row in rows if row["engine"] == engine}
        last = mine[cases[-1]]
        errors = last["errors"]
        cells = [engine, _number(last["build_s"], 2)]
        cells += [_time(mine[case]) for case in cases]
        cells += [_number(last["cpu_ratio"], 2), _number(last["mib"], 0)]
        cells += [f"{100 * errors['wrong_side']:.2f} %"] if errors.get("sided") else [""]
        told = ("median_m", "p95_m", "most_m")
        cells += [" / ".join(_number(errors[key], 3) for key in told) if errors else ""]
        lines.append("| " + " | ".join([*cells, _notes(mine, cases)]) + " |")
    return lines


def _notes(mine: dict[str, dict[str, Any]], cases: list[str]) -> str:
    notes = list(dict.fromkeys(mine[case]["note"] for case in cases if mine[case]["note"]))
    last = mine[cases[-1]]
    notes += [last["remark"]] if last["remark"] else []
    if last["engine"].startswith(OURS) and not math.isnan(last["floor_ratio"]):
        ratios = " · ".join(_number(mine[case]["floor_ratio"], 1) for case in cases)
        notes.append(f"times the floor: {ratios}")
    if last["first_s"] > max(1.5 * last["median_s"] / last["scaled"], 0.1):
        notes.append(f"the first answer took {_seconds(last['first_s'])}")
    if len(last["wall_s"]) > 20:
        notes.append(f"slowest {1000 * max(last['wall_s']):,.1f} ms of {len(last['wall_s'])}")
    return "; ".join(notes).replace("|", "/")


def _time(row: dict[str, Any]) -> str:
    if math.isnan(row["median_s"]):
        return "–"
    mark = "~" if row["scaled"] > 1 else ""
    return f"{mark}{_seconds(row['median_s'])} ({_number(row['ratio'], 2)})"


def _seconds(seconds: float) -> str:
    if seconds >= 1:
        return f"{seconds:.2f} s"
    return f"{1000 * seconds:.3g} ms"


def _whole(rows: list[dict[str, Any]]) -> list[str]:
    heads = ["city", "engine", "wall s", "× this project", "CPU s", "MiB", "within 500 m", "note"]
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for row in rows:
        share = f"{100 * row['share']:.2f} %" if row["share"] is not None else ""
        cells = [row["city"], row["engine"], _number(row["median_s"], 2), _number(row["ratio"], 2)]
        cells += [_number(row["cpu_s"], 2), _number(row["mib"], 0), share, row["note"]]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def _number(value: float, digits: int = 2) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return "" if math.isnan(value) else f"{value:,.{digits}f}"
