.DEFAULT_GOAL := help
.PHONY: help demo test lint check bench format clean venv office

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.stamp
PACKAGES := supervise screens db
PYTEST_ARGS ?= -n 4
# What the tests look at finished papers with; without them those tests are skipped.
OFFICE := libreoffice-writer poppler-utils fonts-noto-cjk

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: venv ## this month's notice on a fictitious ledger of twelve months, then the dashboard
	@$(BIN)/supervise demo

test: venv office ## run the tests
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: venv ## format, lint, types and import direction, without the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports --no-logo

check: lint test ## everything that must pass before a change is merged

bench: venv ## measure ours against the floor of each task
	$(BIN)/python -m benchmarks

format: venv ## format the code and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## remove the virtual environment and every cache
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	rm -rf .coverage htmlcov dist build snapshot_report.html
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

office:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	  ! { command -v soffice && command -v pdftotext && dpkg -s fonts-noto-cjk; } >/dev/null 2>&1; then \
	  echo "installing $(OFFICE) for the tests of papers"; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  { timeout 300 apt-get update -qq; \
	    timeout 900 apt-get install -qq -y --no-install-recommends $(OFFICE); } >/dev/null 2>&1 || true; \
	fi

venv: $(STAMP)

# Bytecode is compiled here, once: without it every first start pays a second for it.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	$(BIN)/python -m compileall -q -j 0 $(VENV)/lib $(PACKAGES) >/dev/null || true
	@touch $@
