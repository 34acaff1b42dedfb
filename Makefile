# Every target works on a fresh machine with Python 3.11 or later, make and git.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITEGEN := $(BIN)/sitegen
INSTALL := -m pip install --quiet --disable-pip-version-check
# Wheels only: pip builds a source distribution with build tools that no lock names.
LOCKED := $(INSTALL) --require-hashes --only-binary :all: --requirement
EDITABLE := $(INSTALL) --no-deps --no-build-isolation --editable .
COMPILE := $(VENV)/tools/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --annotation-style line --custom-compile-command "make update"
NPM_CI := npm ci --silent --no-audit --no-fund --ignore-scripts
NODE := tools/node

.PHONY: site preview admin check quick test audit sweep bench format update newest advisories clean

## site: build the website into public/
site: $(VENV)/site
	$(SITEGEN) build

## preview: show the website while you write, on this machine only; public/ stays as it is
preview: $(VENV)/site
	$(SITEGEN) serve

## admin: fetch forms for editors (Sveltia CMS) into node_modules/, for sitegen serve --admin
admin: $(VENV)/site node_modules/.package-lock.json

node_modules/.package-lock.json: $(NODE)/admin/package-lock.json
	sh tools/install_tools.sh npm
	mkdir -p $(VENV)/admin
	cp $(NODE)/admin/package.json $(NODE)/admin/package-lock.json $(VENV)/admin
	$(NPM_CI) --prefix $(VENV)/admin
	rm -rf node_modules
	mv $(VENV)/admin/node_modules node_modules
	touch $@

## check: report problems in the content, and write nothing
check: $(VENV)/site
	$(SITEGEN) check

PYTEST := $(BIN)/pytest -n auto --dist worksteal
UNIT_TESTS := $(addprefix tests/,audit authoring consent content core engine images lint markup pipeline site templating)

## quick: lint, types, import layers and the unit tests, without a browser: in less than a minute
quick: source
	$(PYTEST) -m "not audit and not slow" $(UNIT_TESTS)

## test: lint, types, import layers and all tests
test: source test-tools
	$(PYTEST)

.PHONY: source
source: $(VENV)/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

REPEATED_TESTS = $(shell grep -rl --include='test_*.py' tests.support.thorough tests)

## audit: slow checks: HTML checker, Lighthouse, headers of real servers, editors' forms, malicious files, fuzzing, a crash at every point, long histories of edits
audit: $(VENV)/dev audit-tools admin
	$(BIN)/pytest -m audit -n auto tests/external --ignore tests/external/test_lighthouse.py
	$(BIN)/pytest -m audit -rP tests/external/test_lighthouse.py
	$(BIN)/python tools/audit_forms.py
	SITEGEN_SWEEP=all $(PYTEST) $(REPEATED_TESTS)

## sweep: the random and repeated tests, with other examples each time: long histories of edits, odd texts (half an hour)
sweep: $(VENV)/dev
	SITEGEN_SWEEP=random $(PYTEST) $(REPEATED_TESTS)

## bench: measure sitegen and other generators on the same pages, in turn (an hour and a half; Linux)
bench: $(VENV)/dev
	sh tools/install_tools.sh npm
	$(BIN)/python -m benchmarks

## format: format the code
format: $(VENV)/dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

## update: renew the locks: requirements/*.txt and the npm locks in tools/node/
update: $(VENV)/tools/installed
	$(COMPILE) --group tools --output-file requirements/tools.txt
	$(COMPILE) --group build --extra dev --output-file requirements/dev.txt pyproject.toml
	$(COMPILE) --group build --constraint requirements/dev.txt --output-file requirements/runtime.txt pyproject.toml
	sh tools/install_tools.sh npm
	for each in audit admin; do \
	  npm update --silent --no-audit --no-fund --package-lock-only --omit-lockfile-registry-resolved \
	    --prefix $(NODE)/$$each || exit 1; \
	done

## newest: install the newest releases into .venv instead of the locked ones; run make test afterwards
newest: | $(VENV)/bin/python
	$(BIN)/python $(INSTALL) --upgrade --upgrade-strategy eager --editable '.[dev]'
	touch $(VENV)/site $(VENV)/dev

## advisories: look for known vulnerabilities of the locked packages
advisories: $(VENV)/tools/installed
	$(VENV)/tools/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off \
	  --requirement requirements/dev.txt --requirement requirements/tools.txt

## clean: remove everything that make created
clean:
	rm -rf $(VENV) public .sitegen .bench build dist node_modules

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: https://www.python.org/downloads/")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/site: pyproject.toml requirements/runtime.txt | $(VENV)/bin/python
	$(BIN)/python $(LOCKED) requirements/runtime.txt
	$(BIN)/python $(EDITABLE)
	touch $@

$(VENV)/dev: pyproject.toml requirements/dev.txt | $(VENV)/bin/python
	$(BIN)/python $(LOCKED) requirements/dev.txt
	$(BIN)/python $(EDITABLE)
	touch $@ $(VENV)/site

# A separate environment, because pip-audit installs its own pip.
$(VENV)/tools/installed: requirements/tools.txt | $(VENV)/bin/python
	$(BIN)/python -m venv $(VENV)/tools
	$(VENV)/tools/bin/python $(LOCKED) requirements/tools.txt
	touch $@

# Tools outside Python: a browser for pages, and exiftool for picture metadata.
.PHONY: test-tools audit-tools
test-tools:
	sh tools/install_tools.sh chromium exiftool strace

audit-tools: $(VENV)/dev $(VENV)/node/node_modules/.package-lock.json
	sh tools/install_tools.sh java strace chromium nginx caddy openssl

# No install scripts: that of vnu-jar downloads a Java runtime.
$(VENV)/node/node_modules/.package-lock.json: $(NODE)/audit/package-lock.json
	sh tools/install_tools.sh npm
	mkdir -p $(VENV)/node
	cp $(NODE)/audit/package.json $(NODE)/audit/package-lock.json $(VENV)/node
	$(NPM_CI) --prefix $(VENV)/node
	touch $@
