# Every target works on a fresh machine with Python 3.11 or later, make and git.

PYTHON ?= python3
NODE_TOOLS := lighthouse@12.8.2 vnu-jar
VENV := .venv
BIN := $(VENV)/bin
SITEGEN := $(BIN)/sitegen

.PHONY: site preview admin check test audit sweep bench format clean

## site: build the website into public/
site: $(VENV)/site
	$(SITEGEN) build

## preview: show the website while you write, on this machine only; public/ stays as it is
preview: $(VENV)/site
	$(SITEGEN) serve

## admin: fetch forms for editors (Sveltia CMS) into node_modules/, for sitegen serve --admin
admin: $(VENV)/site
	sh tools/install_tools.sh npm
	$(BIN)/python -c 'from sitegen import admin; print(admin.FETCH)' | sh

## check: say what is wrong with the content, and write nothing
check: $(VENV)/site
	$(SITEGEN) check

## test: lint, types, import layers and all tests
test: $(VENV)/dev test-tools
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto

## audit: the slow checks: HTML checker, Lighthouse, headers of real servers, editors' forms, hostile files, fuzzing, a crash at every point
audit: $(VENV)/dev audit-tools admin
	$(BIN)/pytest -m audit -n auto tests/audit --ignore tests/audit/test_lighthouse.py
	$(BIN)/pytest -m audit -rP tests/audit/test_lighthouse.py
	$(BIN)/python tools/audit_forms.py
	SITEGEN_SWEEP=all $(BIN)/pytest -n auto tests/test_crash.py

## sweep: long random histories of edits, other ones each time, every build against a clean one (a quarter of an hour)
sweep: $(VENV)/dev
	SITEGEN_SWEEP=all $(BIN)/pytest -n auto tests/test_incremental.py

## bench: sitegen and the other generators, on the same pages, in turn (an hour; Linux)
bench: $(VENV)/dev
	sh tools/install_tools.sh npm
	$(BIN)/python -m benchmarks

## format: put the code into its standard form
format: $(VENV)/dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

## clean: remove everything that make made
clean:
	rm -rf $(VENV) public .sitegen .bench build dist node_modules

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: https://www.python.org/downloads/")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/site: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@ $(VENV)/site

# Tools that are not Python's: a browser to look at pages with, and exiftool to look into pictures.
.PHONY: test-tools audit-tools
test-tools:
	sh tools/install_tools.sh chromium exiftool strace

audit-tools: $(VENV)/dev
	sh tools/install_tools.sh java npm strace chromium nginx caddy openssl
	test -d $(VENV)/node/node_modules/vnu-jar -a -d $(VENV)/node/node_modules/lighthouse \
	  || npm install --silent --no-audit --no-fund --prefix $(VENV)/node $(NODE_TOOLS)

