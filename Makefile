# One command runs the demo, one passes the tests; both by pip alone.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
ARGS ?=
# A browser's test waits for its page a third of its time and more: on two cores, three are at work.
WORKERS ?= 3
# Compiled once, for every worker, server and command that tests start.
export PYTHONDONTWRITEBYTECODE =

.PHONY: demo test packages suite quick lint style types bench mutants advisories carry clean

demo: $(VENV)/.run
	$(BIN)/kayoi demo $(ARGS)

# Types are checked beside the tests: each is one core's work at first.
test: $(VENV)/.dev style
	$(MAKE) --no-print-directory -j 2 types suite

packages: $(VENV)/.dev

suite: $(VENV)/.dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

# Without a browser, a database server or real data, and without what is on tests/long_files.txt.
quick: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --dist worksteal -m 'not browser and not postgis and not data and not long' $(ARGS)

lint: style types

style: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python docs/make_advisories.py --check

types: $(VENV)/.dev
	$(BIN)/mypy

bench: $(VENV)/.dev
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -r benchmarks/requirements.txt
	$(BIN)/python benchmarks/run.py $(ARGS)

mutants: $(VENV)/.dev
	$(BIN)/python tests/mutants/try_faults.py $(ARGS)

# Asks what is known against the pinned packages; needs the network, and writes docs/advisories.json.
advisories: $(VENV)/.run
	$(PYTHON) -m venv $(VENV)-audit
	$(VENV)-audit/bin/python -m pip install -q --disable-pip-version-check pip-audit==2.10.1
	$(BIN)/python docs/make_advisories.py --auditor $(VENV)-audit/bin/pip-audit

# A set for a machine without internet: make carry ARGS="--system windows"; docs/start.md.
carry: $(VENV)/.run
	$(BIN)/python start/carry.py $(ARGS)

$(VENV)/.run: pyproject.toml constraints.txt layers/assets/package-lock.json $(wildcard layers/assets/src/*)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt --upgrade pip setuptools
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.dev: $(VENV)/.run
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) $(VENV)-audit layers/assets/dist layers/assets/node_modules
