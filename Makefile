# Two commands do everything on a fresh machine: `make run` and `make test`.
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
VENV := .venv/bin/python
export PYTHONUNBUFFERED := 1

.PHONY: help run test test-fast check coverage environment test-environment

help:
	@echo "make run        the platform with its demo neighbourhood, on http://127.0.0.1:$(PORT) (PORT=8000)"
	@echo "make test       every test, on SQLite and on PostgreSQL with Redis, and in a real browser"
	@echo "make test-fast  the tests without a browser, on SQLite"
	@echo "make coverage   the same, and which lines and branches they miss"
	@echo "make check      types, style, layers, templates, migrations"

run: environment
	@BUURT_MODE=$${BUURT_MODE:-demo} exec $(VENV) -m tools.foreground $(VENV) manage.py serve --port $(PORT)

test: test-environment
	@$(VENV) -m tools.run_tests

test-fast: test-environment
	@$(VENV) -m tools.run_tests --fast

check: test-environment
	@$(VENV) -m tools.run_checks

coverage: test-environment
	@$(VENV) -m coverage run -m pytest -q --ignore=tests/browser -p no:playwright && $(VENV) -m coverage report

environment:
	@$(PYTHON) -m tools.environment run

test-environment:
	@$(PYTHON) -m tools.environment test
