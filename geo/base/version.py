"""The version of this tool, as it was installed (版)."""

from importlib.metadata import version
from typing import Final

PACKAGE: Final = "kayoi-map"
# It stands in pyproject.toml alone.
VERSION: Final = version(PACKAGE)
