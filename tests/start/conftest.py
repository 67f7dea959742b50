"""The scripts of start/, which stand outside the app."""

import sys

from where import ROOT

if str(ROOT / "start") not in sys.path:
    sys.path.insert(0, str(ROOT / "start"))
