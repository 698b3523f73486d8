# 暖冬 Nuandong. `make` alone explains itself.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2

# What the tests need besides Python: a browser, and programs that open the documents we make.
PROGRAMS := chromium soffice pdftoppm
PACKAGES := chromium libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils

.DEFAULT_GOAL := help
.PHONY: help run test system lint types units bench lock migration procedure talks clean clean-demo

help: ## show what there is to make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'

run: $(VENV)/.runtime ## set everything up and serve the demo county on http://127.0.0.1:8080
	@exec $(BIN)/nuandong demo

test: system $(VENV)/.tests lint types units ## set up what the tests need; lint, types, all tests on SQLite and PostgreSQL

system: ## a browser and an office for the tests; as root on Debian it installs what is missing
	@missing=; \
	for program in $(PROGRAMS); do command -v $$program >/dev/null || missing="$$missing $$program"; done; \
	test -n "$$missing" || exit 0; \
	if test "$$(id -u)" != 0 || ! command -v apt-get >/dev/null; then \
	  echo "The tests need$$missing on the PATH. On Debian: sudo apt-get install --no-install-recommends $(PACKAGES)" >&2; \
	  exit 1; \
	fi; \
	echo "installing$$missing"; \
	apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(PACKAGES) >/dev/null

lint: $(VENV)/.tests ## style, and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.tests ## strict types
	$(BIN)/mypy

units: system $(VENV)/.tests ## all tests, in two processes; WORKERS=4 takes four
	$(BIN)/python -m pytest --numprocesses $(WORKERS)

talks: $(VENV)/.tests ## write what the bot says today into tests/talks; read the difference before you keep it
	$(BIN)/python -m pytest tests/bot/test_talks.py -k sqlite --rewrite-talks

procedure: $(VENV)/.runtime ## write docs/procedure.md from the table
	$(BIN)/python -m intake.procedure_doc > docs/procedure.md

bench: $(VENV)/.tests ## messages a second beside a bare handler, and what a kill -9 loses (nothing)
	$(BIN)/python -m benchmarks

lock: ## work the locked requirements out anew (needs uv on the PATH)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header requirements/runtime.in -o requirements/runtime.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header requirements/tests.in -o requirements/tests.txt

migration: $(VENV)/.runtime ## write a migration from the models: make migration m="What changes"
	NUANDONG_DATABASE_URL=sqlite:///var/draft.db $(BIN)/nuandong db upgrade
	NUANDONG_DATABASE_URL=sqlite:///var/draft.db $(BIN)/nuandong db draft "$(m)"

clean: ## remove the environment and all caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info

clean-demo: ## remove the demo's database; the next `make run` begins anew
	rm -f var/nuandong.db var/nuandong.db-wal var/nuandong.db-shm

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("暖冬 needs Python 3.11 or newer; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: $(VENV)/bin/python requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.tests: $(VENV)/.runtime requirements/tests.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/tests.txt
	@touch $@
