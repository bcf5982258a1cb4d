# Two commands do everything on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv/bin/python

.PHONY: help run test test-fast coverage check environment test-environment python

help:
	@echo "make run        the platform with its demo neighbourhood, on http://localhost:$(PORT) (PORT=8000)"
	@echo "make test       every test, on SQLite and on PostgreSQL with Redis, and in a real browser"
	@echo "make test-fast  the tests without a browser, on SQLite"
	@echo "make coverage   the same, and which lines and branches they miss"
	@echo "make check      types, style, layers, templates, migrations"

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

environment: python
	@$(PYTHON) -m tools.environment run

test-environment: python
	@$(PYTHON) -m tools.environment test

python:
	@command -v $(PYTHON) >/dev/null || { echo "No $(PYTHON) here. Run: apt-get install python3 python3-venv"; exit 1; }
