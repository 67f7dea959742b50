"""Two pytest plugins: which lines each test comes by, and a chosen few tests in their order."""

import builtins
import time

import pytest

# Hypothesis has no public way to ask a decorated test for fewer examples.
_SETTINGS = "_hypothesis_internal_use_settings"
FEW = 5  # examples of a law are enough to see which lines it comes by


class Recorder:
    """Notes, test by test, the processor's seconds and the lines the marked modules tell."""

    def __init__(self):
        self.seconds, self.lines, self._shared, self._times = {}, {}, {}, {}
        self._into = set()
        builtins.came_by = lambda module, line: self._into.add((module, line))

    def pytest_collection_modifyitems(self, items):
        for item in items:
            asked = getattr(getattr(item, "obj", None), _SETTINGS, None)
            if asked is not None and asked.max_examples > FEW:
                setattr(item.obj, _SETTINGS, type(asked)(asked, max_examples=FEW))
                self._times[item.nodeid] = asked.max_examples / FEW

    def pytest_runtest_setup(self, item):
        # What a module's fixture runs, all its tests stand on.
        self._into = self._shared.setdefault(item.path, set())

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item):
        self._into = self.lines.setdefault(item.nodeid, set())
        before = time.process_time()
        try:
            return (yield)
        finally:
            took_s = time.process_time() - before
            self.seconds[item.nodeid] = took_s * self._times.get(item.nodeid, 1.0)

    def pytest_runtest_teardown(self, item):
        self.lines.setdefault(item.nodeid, set()).update(self._shared.get(item.path, ()))


class Chosen:
    """Runs the tests named, in their order, and remembers the first that failed."""

    def __init__(self, ids):
        self.place = {id_: at for at, id_ in enumerate(ids)}
        self.failed = ""

    def pytest_collection_modifyitems(self, items):
        items[:] = sorted(
            (one for one in items if one.nodeid in self.place),
            key=lambda one: self.place[one.nodeid],
        )

    def pytest_runtest_logreport(self, report):
        if report.failed and not self.failed:
            self.failed = report.nodeid

    def pytest_collectreport(self, report):
        if report.failed and not self.failed:
            self.failed = f"the import of {report.nodeid}"
