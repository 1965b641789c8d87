# Współpis: everything a person types. `make help` lists the targets.
SHELL := /bin/sh
PYTHON ?= python3
VENV ?= .venv
PY := $(VENV)/bin/python
PORT ?= 8000
.DEFAULT_GOAL := help
.PHONY: help run demo-reset test test-browser test-long check lint format types contracts messages \
	migration race door bench bench-drafting bench-text bench-outline tour pins clean

help: ## Show what can be typed here
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Współpis needs Python 3.11 or newer; name one: make PYTHON=python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.txt | $(VENV)/.python
	@echo "Installing libraries (once) …"
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements.txt | $(VENV)/.python
	@echo "Installing libraries and the tools for tests (once) …"
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime

run: $(VENV)/.runtime ## Start the town: web server and worker on http://127.0.0.1:8000 (PORT=…)
	@PORT=$(PORT) $(PY) -m app.serve

demo-reset: $(VENV)/.runtime ## Throw the demo town away and load it afresh
	@$(PY) -m flask --app wsgi demo-reset

test: $(VENV)/.dev ## Run the tests, with the browser where it is at hand (ARGS="…" for pytest)
	$(PY) -m pytest -n auto --dist loadgroup $(ARGS)

test-long: $(VENV)/.dev ## Run the laws of the legal text engine on at least 10,000 examples each
	HYPOTHESIS_PROFILE=long $(PY) -m pytest tests/legaltext -n auto

lint: $(VENV)/.dev ## Look for slips in style and code
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

format: $(VENV)/.dev ## Set the code in the house's style
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

types: $(VENV)/.dev ## Check the types
	$(VENV)/bin/mypy

contracts: $(VENV)/.dev ## Check that everything points downward
	$(VENV)/bin/lint-imports

check: lint types contracts test ## All of it: what every commit passes

messages: $(VENV)/.dev ## Collect the words to translate into app/translations
	$(PY) scripts/messages.py

migration: $(VENV)/.dev ## Write a migration for changed tables: make migration name="…"
	$(PY) -m flask --app wsgi db revision --autogenerate -m "$(name)"

race: $(VENV)/.dev ## Let 200 people ask for 30 places at once, on every database at hand
	$(PY) scripts/race.py

door: $(VENV)/.dev ## Let 200 people in at a door whose network is cut for a minute
	$(PY) scripts/door.py

bench: $(VENV)/.dev ## Measure the pages beside a bare Flask "hello"
	$(PY) scripts/bench.py

bench-drafting: $(VENV)/.dev ## Measure the workbench on 200 amendments and 500 changes
	$(PY) scripts/bench_drafting.py

bench-text: $(VENV)/.dev ## Measure comparing, aligning and merging legal text
	$(PY) scripts/bench_text.py
	$(PY) scripts/bench_merge.py

bench-outline: $(VENV)/.dev ## Score the importer on a folder of programmes
	$(PY) scripts/bench_outline.py

tour: $(VENV)/.dev ## Take the pictures for the README and docs/tour
	$(PY) scripts/tour.py

pins: ## Refresh requirements*.txt from pyproject.toml
	$(PYTHON) scripts/pins.py

clean: ## Remove what was built (the town's data in instance/ stays)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
