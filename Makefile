# Every target installs what it needs by itself; a second run installs nothing again.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
MESO := $(PY) -m adapter.cli
READY := $(VENV)/.ready
WORKERS ?= 2
export PYTHONDONTWRITEBYTECODE := 1

.DEFAULT_GOAL := help
.PHONY: help demo serve test prove check fix lint types layers docs coverage bench validate profiles lock wheel clean

help: ## What can be made here
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@echo "Installing packages (once) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY) ## Run one MESO region from referral to closing, on an embedded database
	@$(MESO) demo

serve: $(READY) ## Serve the region that `make demo` left behind
	@$(MESO) serve --region .region

test: $(READY) ## All tests; what this machine cannot run is listed as skipped with the reason
	@$(PY) -m pytest -n $(WORKERS) --dist loadfile $(PYTEST)

prove: $(READY) ## The long runs: a hundred thousand strange inputs into every reader
	@MESO_PROVE_INPUTS=100000 $(PY) -m pytest -q -n $(WORKERS) --dist worksteal \
	  tests/mappings/test_any_input.py tests/fhir/test_sieve.py

check: lint types layers docs ## Lint, types, import layers, docs

lint: $(READY) ## Style and format
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check .

types: $(READY) ## mypy --strict
	@$(VENV)/bin/mypy

layers: $(READY) ## Who may import whom
	@$(VENV)/bin/lint-imports --no-logo 2>/dev/null || $(VENV)/bin/lint-imports

docs: $(READY) ## Docs and code agree
	@$(PY) -m pytest -q tests/docs

fix: $(READY) ## Format, and repair what can be repaired
	@$(VENV)/bin/ruff check --fix . ; $(VENV)/bin/ruff format .

coverage: $(READY) ## Branch coverage of the whole suite
	@$(PY) -m pytest -n $(WORKERS) --dist loadfile --cov --cov-report=term $(PYTEST)

bench: $(READY) ## Ratios against a baseline of the same run, one JSON object per line
	@$(PY) -m tests.performance.run

validate: $(READY) ## HAPI's validator over all that we write (needs Java, Maven, Node.js)
	@$(PY) -m tests.referee.sweep --demo

profiles: $(READY) ## Build the FHIR package, and renew what is made from it (needs Node.js)
	@$(PY) -m profiles.renew

lock: $(READY) ## Resolve requirements.lock anew: versions and hashes, no addresses
	@$(PY) -m pip install --quiet uv
	@$(VENV)/bin/uv pip compile pyproject.toml --all-extras --group dev --generate-hashes --universal \
	  --no-strip-extras --no-header --no-annotate --quiet --upgrade -o requirements.lock

wheel: $(READY) ## Build the package
	@$(PY) -m hatchling build -t wheel

clean: ## Remove what was made, the region included
	@rm -rf .venv .build .region dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
