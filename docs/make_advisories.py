"""What is known against the pinned packages: asked for by a person, checked by everybody.

``make advisories`` asks (it needs the network, and pip-audit, which it installs beside) and writes
``docs/advisories.json``; ``python docs/make_advisories.py --check`` reads that file alone, so that
CI needs nobody. An advisory that does not concern Kayoi Map is accepted in the file by hand, with
the reason.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parent))

from read_pins import ROOT, plain, read_pins

OUT: Final = ROOT / "docs" / "advisories.json"
_SHORT: Final = 200


class NotAskedError(Exception):
    """The packages could not be asked about, or not all of them."""


def read_audit(told: dict[str, Any], pins: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    """Return what pip-audit says of each pin, ``{"name==version": advisories}``.

    Raises
    ------
    NotAskedError
        When a pinned package is not among those that were asked about: pip-audit says "no known
        vulnerabilities" of what it skipped as well.
    """
    found = {plain(one["name"]): one for one in told["dependencies"] if "skip_reason" not in one}
    wrong = [
        name
        for name, version in pins.items()
        if found.get(plain(name), {}).get("version") != version
    ]
    if wrong:
        raise NotAskedError("nothing was learnt of " + ", ".join(sorted(wrong, key=plain)))
    return {
        f"{plain(name)}=={version}": [
            {
                "id": one["id"],
                "aliases": sorted(one["aliases"]),
                "mended_in": one["fix_versions"],
                "about": one["description"].strip().splitlines()[0][:_SHORT],
            }
            for one in sorted(found[plain(name)]["vulns"], key=lambda one: str(one["id"]))
        ]
        for name, version in sorted(pins.items(), key=lambda pin: plain(pin[0]))
    }


def check(kept: dict[str, Any], pins: dict[str, str]) -> tuple[list[str], list[str]]:
    """Return what stops a release, and what is only told: pins nobody has asked about.

    An accepted advisory stops nothing as long as its reason stands in the file and it is known
    at all; one that is known no more must go.
    """
    known, accepted = kept["packages"], kept["accepted"]
    named = {f"{plain(name)}=={version}" for name, version in pins.items()}
    bad = [
        f"{pin}: {one['id']} ({', '.join(one['aliases']) or 'no other name'}): {one['about']}"
        f" - mended in {', '.join(one['mended_in']) or 'no release yet'}"
        for pin in sorted(named & set(known))
        for one in known[pin]
        if not str(accepted.get(one["id"], "")).strip()
    ]
    current = {one["id"] for pin in named & set(known) for one in known[pin]}
    bad += [
        f"{id_}: accepted, but of no package that is pinned"
        for id_ in sorted(set(accepted) - current)
    ]
    return bad, sorted(named - set(known))


def ask(auditor: str) -> None:
    """Ask about every pin and write the file; what was accepted stays accepted.

    Raises
    ------
    NotAskedError
        When not all were learnt of: the file stays as it was.
    """
    pins = read_pins()
    with tempfile.TemporaryDirectory() as folder:
        wanted, told = Path(folder) / "pins.txt", Path(folder) / "told.json"
        wanted.write_text("".join(f"{name}=={version}\n" for name, version in pins.items()))
        call = [auditor, "-r", wanted, "--no-deps", "--disable-pip", "-f", "json", "-o", told]
        done = subprocess.run(  # noqa: S603 - the auditor of the Makefile
            call, capture_output=True, text=True, check=False
        )
        if not told.is_file():
            raise NotAskedError(done.stderr.strip()[-_SHORT:])
        packages = read_audit(json.loads(told.read_text(encoding="utf-8")), pins)
    kept = json.loads(OUT.read_text(encoding="utf-8"))
    kept |= {"asked_on": datetime.now(UTC).date().isoformat(), "packages": packages}
    OUT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """Ask, or check; 1 when something stops a release or could not be asked."""
    made = argparse.ArgumentParser(description=__doc__)
    made.add_argument("--check", action="store_true", help="read the file alone")
    made.add_argument("--auditor", default="pip-audit", help="the pip-audit to ask with")
    given = made.parse_args()
    if not given.check:
        try:
            ask(given.auditor)
        except (NotAskedError, OSError) as error:
            sys.stderr.write(f"docs/advisories.json stays as it was: {error}\n")
            return 1
    kept = json.loads(OUT.read_text(encoding="utf-8"))
    bad, unasked = check(kept, read_pins())
    if unasked:
        when = kept["asked_on"] or "never"
        sys.stderr.write(
            f"advisories (asked: {when}): {len(unasked)} pinned packages were not asked about;"
            f" run `make advisories` where there is a network: {', '.join(unasked[:5])}"
            f"{' …' if len(unasked) > 5 else ''}\n"  # noqa: PLR2004 - enough to know which
        )
    sys.stderr.writelines(f"advisory: {line}\n" for line in bad)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
