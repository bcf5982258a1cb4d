# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv/bin/python

.PHONY: help run test test-fast coverage check bench axe format messages environment test-environment python

help:
	@echo "make run        the platform with its demo neighbourhood, on http://localhost:$(PORT) (PORT=8000)"
	@echo "make test       every test, on SQLite and on PostgreSQL with Redis, and in a real browser"
	@echo "make test-fast  the tests without a browser, on SQLite"
	@echo "make coverage   the same, and which lines and branches they miss"
	@echo "make check      types, style, layers, templates, translations, migrations"
	@echo "make bench      what the promises of speed come to here, beside a floor measured in the same run (ONLY=chat)"
	@echo "make axe        every page as every role, theme, language and width, looked at by axe"
	@echo "make format     put code and templates in their form"
	@echo "make messages   bring the catalogues of translations up to date with the source"

# The server takes over this process (exec) and the terminal: Ctrl-C ends it well, and so make too.
run: environment
	@BUURT_MODE=$${BUURT_MODE:-demo} BUURT_URL=$${BUURT_URL:-http://localhost:$(PORT)} \
	  exec $(VENV) -m tools.foreground $(VENV) manage.py serve --port $(PORT)

test: test-environment
	@$(VENV) -m tools.run_tests

test-fast: test-environment
	@$(VENV) -m tools.run_tests --fast

coverage: test-environment
	@$(VENV) -m coverage run -m pytest -q --ignore=tests/browser -p no:playwright && $(VENV) -m coverage report

check: test-environment
	@$(VENV) -m tools.run_checks

# Servers of its own, bounded in time; compare ratios, not seconds.
bench: test-environment
	@$(VENV) -m tools.bench $(ONLY)

axe: test-environment
	@$(VENV) -m tools.axe

format: test-environment
	@$(VENV) -m ruff check --quiet --fix . ; $(VENV) -m ruff format .
	@find templates buurt requests matching notifications config -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2

messages: test-environment
	@$(VENV) -m tools.messages update && $(VENV) -m tools.messages compile

environment: python
	@$(PYTHON) -m tools.environment run

test-environment: python
	@$(PYTHON) -m tools.environment test

python:
	@command -v $(PYTHON) >/dev/null || { echo "No $(PYTHON) here. Run: apt-get install python3 python3-venv"; exit 1; }
