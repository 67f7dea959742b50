"""A built town on disk: tables as Parquet, facts as JSON (街のフォルダ)."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.base.files import save_text
from geo.base.place import LONLAT, Plane
from geo.base.problems import InputError
from geo.base.words import Words
from geo.network.network import WalkNetwork, make_network
from geo.network.straight import no_streets, snapper_of
from geo.relief.relief import Relief, lay_samples
from geo.sources.editions import DATA, settle_next
from geo.tables.tables import check_areas, check_cells, check_sites
from geo.town import FORMAT, Credit, Town, snap_cells

if TYPE_CHECKING:
    from pathlib import Path

RELIEF = "relief.parquet"  # only of a town with heights


def save_town(folder: Path, town: Town, base: gpd.GeoDataFrame) -> None:
    """Write a town's data into an empty folder (街を書く).

    Parameters
    ----------
    base
        What the base map draws (`geo.network.extract.Extract.base`), EPSG:4326.
    """
    net = town.network
    nodes = pd.DataFrame({"node_id": net.node_id, "x_m": net.node_x_m, "y_m": net.node_y_m})
    nodes.to_parquet(folder / "nodes.parquet")
    vertex = np.column_stack([net.vertex_x_m, net.vertex_y_m])
    at = np.repeat(np.arange(net.edge_count), np.diff(net.edge_start))
    lines = shapely.linestrings(vertex, indices=at) if net.edge_count else np.zeros(0, dtype=object)
    edges = gpd.GeoDataFrame(
        {
            "u": net.edge_u,
            "v": net.edge_v,
            "metres": net.edge_m,
            "highway": np.array(net.kinds, dtype=object)[net.edge_kind],
            "way_id": net.edge_way,
            "flags": net.edge_flags,
        },
        geometry=lines,
        crs=town.plane.crs,
    )
    edges.to_parquet(folder / "edges.parquet")
    town.areas.to_parquet(folder / "areas.parquet")
    town.cells.to_parquet(folder / "cells.parquet")
    town.sites.to_parquet(folder / "sites.parquet")
    if town.relief is not None:
        _relief_table(town.relief).to_parquet(folder / RELIEF)
    border = gpd.GeoDataFrame({"name": [town.name]}, geometry=[town.border], crs=town.plane.crs)
    border.to_parquet(folder / "border.parquet")
    base.to_parquet(folder / "base.parquet")
    facts = {
        "format": FORMAT,
        "name": town.name,
        "plane": asdict(town.plane),
        "snap_limit_m": town.snap_limit_m,
        "people_division": town.people_division,
        "credits": [asdict(credit) for credit in town.credits],
        "facts": town.facts,
    }
    save_text(
        folder / "town.json", json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    )


def load_town(folder: Path) -> Town:
    """Read a built town (街を読む).

    Raises
    ------
    InputError
        When the folder holds no built town, or one that another version wrote.
    """
    data = folder / DATA
    settle_next(folder)
    if not (data / "town.json").is_file():
        raise InputError(
            Words(
                f"{folder} に、できあがった街がありません。先に kayoi build でつくってください",
                f"{folder} holds no built town; make one with kayoi build first",
            )
        )
    try:
        facts = json.loads((data / "town.json").read_text(encoding="utf-8"))
        return replace(_town(data, facts), built_at=read_built_at(folder))
    except (KeyError, ValueError, OSError) as error:
        raise InputError(
            Words(
                f"{folder} の街が読めません（{error}）。"
                f"kayoi build --recipe {folder / 'town.toml'} で作り直してください",
                f"cannot read the town in {folder} ({error}); build it again with kayoi build --recipe",
            )
        ) from error


def is_streetless(folder: Path) -> bool:
    """Say whether a folder holds a town built without streets, from its facts alone (道のない街か)."""
    try:
        told = json.loads((folder / DATA / "town.json").read_text(encoding="utf-8"))
        return bool(told["facts"]["streets"].get("none"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False  # `load_town` says what is wrong with it


def read_built_at(folder: Path) -> str:
    """Return when a town's data was written, to the second in UTC (いつつくった街か)."""
    written = (folder / DATA / "town.json").stat().st_mtime
    return datetime.fromtimestamp(written, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def load_base(folder: Path) -> gpd.GeoDataFrame:
    """Read what the base map draws, EPSG:4326 (下絵の材料)."""
    return gpd.read_parquet(folder / DATA / "base.parquet").to_crs(LONLAT)


def load_named_streets(folder: Path, town: Town) -> gpd.GeoDataFrame:
    """Read the streets that have a name: ``name`` and their lines on the town's plane (名前のある道)."""
    base = load_base(folder)
    kept = base["k"].isin(["road", "path", "steps"]) & (base["name"].fillna("").str.strip() != "")
    return base.loc[kept, ["name", "geometry"]].to_crs(town.plane.crs).reset_index(drop=True)


def _town(data: Path, facts: dict[str, object]) -> Town:
    if facts["format"] != FORMAT:
        raise ValueError(f"format {facts['format']}")
    network = _network(data)
    snapper = snapper_of(network)
    cells = check_cells(pd.read_parquet(data / "cells.parquet"))
    limit = float(str(facts["snap_limit_m"]))
    plane, credits_, counts = facts["plane"], facts["credits"], facts["facts"]
    assert isinstance(plane, dict) and isinstance(credits_, list) and isinstance(counts, dict)  # noqa: S101, PT018
    return Town(
        name=str(facts["name"]),
        plane=Plane(**plane),
        network=network,
        border=gpd.read_parquet(data / "border.parquet").geometry.iloc[0],
        areas=check_areas(gpd.read_parquet(data / "areas.parquet")),
        cells=cells,
        sites=check_sites(pd.read_parquet(data / "sites.parquet")),
        credits=tuple(Credit(**credit) for credit in credits_),
        people_division=str(facts["people_division"]),
        snap_limit_m=limit,
        facts=counts,
        snapper=snapper,
        cell_snaps=snap_cells(snapper, cells, limit_m=limit),
        relief=_relief(data / RELIEF, network) if (data / RELIEF).is_file() else None,
    )


def _relief_table(relief: Relief) -> pd.DataFrame:
    """Return a row for each sample; how far along it is follows from their number."""
    samples = np.diff(relief.start)
    return pd.DataFrame(
        {
            "edge": np.repeat(np.arange(samples.size, dtype=np.int32), samples),
            "height_m": relief.height_m,
            "kind": np.repeat(relief.kind, samples),
        }
    )


def _relief(path: Path, network: WalkNetwork) -> Relief:
    table = pd.read_parquet(path)
    edge = table["edge"].to_numpy(dtype=np.int64)
    samples = np.bincount(edge, minlength=network.edge_count)
    if samples.size != network.edge_count or (samples < 2).any() or (np.diff(edge) < 0).any():  # noqa: PLR2004 - its ends
        raise ValueError(f"{path.name}: samples of {samples.size} edges")
    start, along_m = lay_samples(network, samples - 1)
    return Relief(
        start=start,
        along_m=along_m,
        height_m=table["height_m"].to_numpy(dtype=float),
        kind=table["kind"].to_numpy(dtype=np.uint8)[start[:-1]],
    )


def _network(data: Path) -> WalkNetwork:
    nodes = pd.read_parquet(data / "nodes.parquet")
    edges = gpd.read_parquet(data / "edges.parquet")
    if edges.empty:
        return no_streets()
    vertex, at = shapely.get_coordinates(edges.geometry.to_numpy(), return_index=True)
    kinds = tuple(sorted(set(edges["highway"])))
    return make_network(
        node_x_m=nodes["x_m"].to_numpy(dtype=float),
        node_y_m=nodes["y_m"].to_numpy(dtype=float),
        node_id=nodes["node_id"].to_numpy(dtype=np.int64),
        edge_u=edges["u"].to_numpy(dtype=np.int64),
        edge_v=edges["v"].to_numpy(dtype=np.int64),
        edge_start=np.searchsorted(at, np.arange(len(edges) + 1)),
        vertex_x_m=np.ascontiguousarray(vertex[:, 0]),
        vertex_y_m=np.ascontiguousarray(vertex[:, 1]),
        edge_kind=np.searchsorted(kinds, edges["highway"].to_numpy(dtype=str)).astype(np.int64),
        kinds=kinds,
        edge_way=edges["way_id"].to_numpy(dtype=np.int64),
        edge_flags=edges["flags"].to_numpy(dtype=np.int64),
    )
