"""The field app's shell: every file a device keeps, each by its address (野外アプリの部品).

The files are read once and served from memory: an address is looked up, never made into a path.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import surveys.field_app
from geo.schedule.grammar import PATH as GRAMMAR_TABLE
from layers.maps.base_map import ASSETS
from layers.maps.palette import PAPER
from surveys.photos.app_icon import ICON_GROUND, ICON_SIZES, draw_app_icon
from surveys.record.privacy_table import dump_privacy
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

APP: Final = Path(surveys.field_app.__file__).resolve().parent
HOME: Final = "/field/"
WORKER: Final = "/field/sw.js"
# The table of schedules as a module: a browser of some years ago imports no JSON.
GRAMMAR: Final = "/field/lib/schedule/grammar.js"
# What names are noticed by, as a module too.
PRIVACY: Final = "/field/lib/privacy/table.js"
LIBRARIES: Final = ("leaflet", "protomaps-leaflet", "pmtiles", "idb")
# Two places in sw.js, written there exactly so.
VERSION_MARK: Final = '/*SHELL_VERSION*/""'
FILES_MARK: Final = "/*SHELL_FILES*/[]"
# And one in index.html.
MODULES_MARK: Final = b"<!--MODULES-->"
# What is served, and as what; a file of any other kind is not.
_MEDIA: Final = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".json": "application/json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShellFile:
    """One file of the shell (部品ひとつ).

    Attributes
    ----------
    tag
        Its ETag, quotes and all.
    """

    body: bytes
    media: str
    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """All files by address, the worker among them (部品のすべて).

    Attributes
    ----------
    version
        Changes with the name or content of any file.
    """

    version: str
    files: dict[str, ShellFile]

    @property
    def kept(self) -> list[str]:
        """The addresses a device keeps: all but the worker's own, which the browser keeps (とっておく物)."""
        return [address for address in self.files if address != WORKER]


def load_shell(app: Path = APP, assets: Path = ASSETS) -> Shell:
    """Return the shell as it lies on the disk now (部品を読む)."""
    found = {HOME: app / "index.html", WORKER: app / "sw.js"}
    found |= _below(app, "/field/app/", leave=(app / "sw.js",))
    for name in LIBRARIES:
        found |= _below(assets / name, f"/field/lib/{name}/")
    found[GRAMMAR] = GRAMMAR_TABLE
    marks = [
        (address, path, path.stat().st_mtime_ns, path.stat().st_size)
        for address, path in sorted(found.items())
        if path.is_file()
    ]
    return _shell(tuple(marks))


def manifest() -> bytes:
    """Return the web app's manifest (アプリの目録)."""
    icons = [
        {"src": f"/field/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
        for size in ICON_SIZES
    ]
    whole = {"src": "/field/icon.svg", "sizes": "any", "type": "image/svg+xml"}
    masked = {**icons[-1], "purpose": "maskable"}
    facts = {
        "id": HOME, "name": "かよいマップ 野外", "short_name": "かよい野外", "lang": "ja",
        # The whole site: signing in again must not leave the app for a browser of its own.
        "start_url": HOME, "scope": "/", "display": "standalone",
        "background_color": PAPER, "theme_color": ICON_GROUND,
        "icons": [whole, *icons, masked],
    }  # fmt: skip
    return json.dumps(facts, ensure_ascii=False, indent=1).encode()


def icon_svg() -> bytes:
    """Return the app's icon: the salon's cup on the app's ground (アプリの絵)."""
    marker = RECORD_TYPES["salon"].marker
    return (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>"
        f"<path d='M0 0h32v32H0z' fill='{ICON_GROUND}'/>"
        f"<path d='{marker.glyph}' fill='#fff' fill-rule='evenodd'/>"
        f"<path d='{marker.strokes}' fill='none' stroke='#fff' stroke-linecap='round'"
        f" stroke-width='{marker.stroke_width}'/></svg>"
    ).encode()


def _below(folder: Path, prefix: str, leave: tuple[Path, ...] = ()) -> dict[str, Path]:
    root = folder.resolve()
    return {
        prefix + path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        # A link that leads out of the folder is not ours to serve.
        if path.suffix in _MEDIA and path not in leave and path.resolve().is_relative_to(root)
    }


@lru_cache(maxsize=2)
def _shell(marks: tuple[tuple[str, Path, int, int], ...]) -> Shell:
    bodies = {address: path.read_bytes() for address, path, _, _ in marks}
    if GRAMMAR in bodies:
        bodies[GRAMMAR] = b"export const GRAMMAR = " + bodies[GRAMMAR].strip() + b";\n"
    bodies[PRIVACY] = b"export const PRIVACY = " + _privacy() + b";\n"
    bodies |= {f"/field/icon-{size}.png": draw_app_icon(size) for size in ICON_SIZES}
    bodies |= {"/field/icon.svg": icon_svg(), "/field/manifest.webmanifest": manifest()}
    if HOME in bodies:
        bodies[HOME] = bodies[HOME].replace(MODULES_MARK, _preloads(bodies).encode())
    hashed = hashlib.sha256()
    for address, body in sorted(bodies.items()):
        hashed.update(f"{address}\n{hashlib.sha256(body).hexdigest()}\n".encode())
    version = hashed.hexdigest()[:16]
    if WORKER in bodies:
        kept = json.dumps(sorted(set(bodies) - {WORKER}))
        text = bodies[WORKER].decode()
        text = text.replace(VERSION_MARK, json.dumps(version)).replace(FILES_MARK, kept)
        bodies[WORKER] = text.encode()
    files = {address: _file(address, body) for address, body in sorted(bodies.items())}
    return Shell(version=version, files=files)


def _privacy() -> bytes:
    return json.dumps(dump_privacy(), ensure_ascii=False, separators=(",", ":")).encode()


def _preloads(bodies: Mapping[str, bytes]) -> str:
    """Return links that have every module fetched at once, not each when another names it."""
    modules = sorted(
        one for one in bodies if one.startswith("/field/app/js/") and one.endswith(".js")
    )
    modules += [one for one in (GRAMMAR, PRIVACY) if one in bodies]
    return "\n".join(f'<link rel="modulepreload" href="{one}">' for one in modules)


def _file(address: str, body: bytes) -> ShellFile:
    media = _MEDIA.get(Path(address).suffix, "application/manifest+json")
    return ShellFile(
        body=body,
        media="text/html" if address == HOME else media,
        tag=f'"{hashlib.sha256(body).hexdigest()[:32]}"',
    )
