"""Start, or stop, Kayoi Map by a double click (はじめる・とめる).

The standard library alone, since nothing is installed yet. This file is read by any Python 3, so
that one too old can be told in words; everything else is in ``starting/``.
"""

import sys

OLDEST = (3, 11)
TOO_OLD = """かよいマップには Python 3.11 より新しいものが要ります。いまのものは {0} です。
no-python.txt に、どこで手に入るかを書いてあります。
Kayoi Map needs Python 3.11 or newer; this one is {0}. See no-python.txt."""


def fits(version: tuple, largest: int) -> bool:
    """Say whether a Python of this version and largest size will do (使える Python か)."""
    return version >= OLDEST and largest > 2**32


def main() -> int:
    """Run what is asked for (実行)."""
    if sys.argv[1:] == ["--fits"]:
        return int(not fits(sys.version_info[:2], sys.maxsize))
    if not fits(sys.version_info[:2], sys.maxsize):
        sys.stderr.write(TOO_OLD.format(sys.version.split()[0]) + "\n")
        return 2
    from starting.main import run  # noqa: PLC0415 - an older Python cannot read it

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
